/** Where the work is done, from witnesses who may disagree. */
import fc from 'fast-check';
import { currentOf, type Known } from '../../../runtime/watch/current';
import { HOME, PEER } from '../_plan';

const claim = (region: string, epoch: number, conflict = false) => ({ region, epoch, conflict });

/** The peer asks; everything is at home, at epoch 0. */
const born: Known = {
  region: PEER,
  claims: [claim(HOME, 0), claim(HOME, 0)],
  fences: { [HOME]: 0, [PEER]: 0 },
  writers: [HOME],
};

const cases: Record<string, { reason: string; known: Partial<Known>; want: object }> = {
  'nothing ever flipped': { reason: 'stores are born at home', known: {}, want: claim(HOME, 0) },
  'a flip that only the other cluster knows': {
    reason: 'the higher epoch counts',
    known: { claims: [claim(HOME, 0), claim(PEER, 1)], writers: [PEER] },
    want: claim(PEER, 1),
  },
  'a flip that only the fences remember': {
    reason: 'an override is gone with its cluster, tags stay',
    known: { fences: { [HOME]: 0, [PEER]: 4 }, writers: [PEER] },
    want: claim(PEER, 4),
  },
  'a flip back that only the other region’s fence remembers': {
    reason: 'the next epoch must be higher than that',
    known: { claims: [claim(PEER, 1)], fences: { [HOME]: 2, [PEER]: 1 }, writers: [HOME] },
    want: claim(HOME, 2),
  },
  'a flip to here that is under way': {
    reason: 'a second one would only disturb it',
    known: { claims: [claim(PEER, 3)], writers: [HOME, PEER] },
    want: claim(PEER, 3),
  },
  'a flip to there that has not moved anything': {
    reason: 'all writers are still here',
    known: { claims: [claim(HOME, 2)], fences: { [PEER]: 1 }, writers: [PEER, PEER] },
    want: claim(PEER, 2),
  },
  'a promotion by hand': {
    reason: 'AWS knows better than any claim',
    known: { writers: [PEER] },
    want: claim(PEER, 0),
  },
  'AWS does not answer': {
    reason: 'the claim is what is left',
    known: { writers: [undefined] },
    want: claim(HOME, 0),
  },
  'an estate without stores': { reason: 'the claim decides', known: { writers: [] }, want: claim(HOME, 0) },
  'a claim in conflict': {
    reason: 'people have to choose',
    known: { claims: [claim(HOME, 1, true)] },
    want: { epoch: 1, conflict: true },
  },
  'one epoch, two regions': {
    reason: 'two clusters were told different things',
    known: { claims: [claim(HOME, 1), claim(PEER, 1)] },
    want: { epoch: 1, conflict: true },
  },
  'an old conflict below the highest epoch': {
    reason: 'it is settled',
    known: { claims: [claim(HOME, 1, true), claim(HOME, 2)] },
    want: claim(HOME, 2),
  },
};

test.each(Object.entries(cases))('%s', (_, { known, want }) => {
  expect(currentOf({ ...born, ...known })).toMatchObject(want);
});

const region = fc.constantFrom(HOME, PEER);
const epoch = fc.nat({ max: 5 });
const claims = fc.array(fc.record({ region, epoch, conflict: fc.constant(false) }), {
  minLength: 1,
  maxLength: 3,
});
const fences = fc.record({ [HOME]: epoch, [PEER]: epoch });
const writers = fc.array(fc.option(region, { nil: undefined }), { maxLength: 3 });

test('the epoch is never below one that anybody knows', () => {
  fc.assert(
    fc.property(claims, fences, writers, (told, marked, writing) => {
      const found = currentOf({ region: PEER, claims: told, fences: marked, writers: writing });
      expect(found.epoch).toBe(Math.max(...told.map((one) => one.epoch), ...Object.values(marked)));
    }),
  );
});

test('a region that all writers are in never takes over', () => {
  fc.assert(
    fc.property(claims, fences, (told, marked) => {
      expect(currentOf({ region: PEER, claims: told, fences: marked, writers: [PEER, PEER] }).region).toBe(
        PEER,
      );
    }),
  );
});
