import { newsIn } from '../../../runtime/beacon/news';
import { type Answer, SILENT } from '../../../runtime/beacon/observe';

const store = { name: 'shop/orders', writer: 'us-east-1', lagSeconds: 0.4, followerReady: true, at: 1 };
const answer: Answer = { ...SILENT, primary: true, stores: [store], at: 1 };

test.each<[string, Partial<Answer>]>([
  ['a lag that moves', { stores: [{ ...store, lagSeconds: 0.9 }] }],
  ['the time of the answer', { at: 2, stores: [{ ...store, at: 2 }] }],
  ['a reason that counts seconds', { reasons: ['AWS has not answered for 12 s'] }],
])('%s is no news', (_, change) => {
  expect(newsIn({ ...answer, ...change })).toBe(newsIn(answer));
});

test.each<[string, Partial<Answer>]>([
  ['the region lost the writers', { primary: false }],
  ['a store is written elsewhere', { stores: [{ ...store, writer: 'eu-west-1' }] }],
  ['the peer could take over', { peerReady: true }],
  ['another epoch', { claimed: { region: 'eu-west-1', epoch: 3, conflict: false } }],
])('%s is news', (_, change) => {
  expect(newsIn({ ...answer, ...change })).not.toBe(newsIn(answer));
});
