/** The regional claim's status: what the programs wrote, as people read it. */
import { primaryRegionKind } from '../../../platform/apis/primary-region';
import { compose } from '../../../platform/apis/primary-region/compose';
import type { Manifest, Observed } from '../../../platform/kind';
import { crdOf, xrd } from '../../../platform/xrd';
import { primaryRegionSchema } from '../../../spec/claims';
import type { Placement } from '../../../spec/placement';
import { home as placedHome, peer as placedPeer } from '../../helpers/placement';
import { validateAgainst } from '../../helpers/validate';
import { claimOf, HOME, homePlan, PEER, planOf } from '../../runtime/_plan';

const home: Placement = { ...placedHome, flip: homePlan() };
const peer: Placement = { ...placedPeer, flip: planOf() };

const progress = (change: object = {}) => ({
  epoch: 1,
  region: PEER,
  mode: 'Unplanned',
  outcome: 'Promoted',
  reasons: [],
  steps: [{ name: 'shop/orders', state: 'done', startedAt: 900, finishedAt: 41_000 }],
  startedAt: '2026-11-21T10:00:00.000Z',
  finishedAt: '2026-11-21T10:00:54.000Z',
  lagSeconds: 0.8,
  ...change,
});

const beacon = (writer: string, change: object = {}) => ({
  primary: writer === PEER,
  peerReady: true,
  stores: [{ name: 'shop/orders', writer, lagSeconds: 0.4, followerReady: true, at: 1_795_000_000_000 }],
  reasons: [],
  at: 1_795_000_000_000,
  ...change,
});

/** The ConfigMap as the programs left it. */
const wrote = (data: Readonly<Record<string, unknown>>): Observed => ({
  flip: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'flip' },
    data: Object.fromEntries(
      Object.entries(data).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  },
});

const failedJob: Manifest = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'promote-1' },
  status: { conditions: [{ type: 'Failed', status: 'True' }] },
};

const flipped = { region: PEER, epoch: 1 };
const rival = { region: HOME, epoch: 1, reason: 'a mistake' };

interface Case {
  readonly reason: string;
  readonly spec?: object;
  readonly placement?: Placement;
  readonly observed?: Observed;
  readonly status: object;
}

const cases: Record<string, Case> = {
  'never flipped': {
    reason: 'stores are where they were born',
    spec: {},
    observed: wrote({ 'beacon.json': beacon(HOME) }),
    status: { phase: 'Steady', primary: HOME, epoch: 0, peerReady: true, reason: '', steps: [] },
  },
  'nobody has reported': {
    reason: 'unknown is not ready',
    spec: {},
    status: { phase: 'Steady', peerReady: false, stores: [] },
  },
  'just flipped': {
    reason: 'the Job has not said anything',
    status: { phase: 'Starting', primary: PEER, epoch: 1 },
  },
  promoting: {
    reason: 'the Job reports',
    observed: wrote({ 'epoch-1.json': progress({ outcome: 'Promoting', finishedAt: undefined }) }),
    status: { phase: 'Promoting', startedAt: '2026-11-21T10:00:00.000Z', steps: [{ name: 'shop/orders' }] },
  },
  promoted: {
    reason: 'with the time it took and what may be lost',
    observed: wrote({ 'epoch-1.json': progress(), 'beacon.json': beacon(PEER) }),
    status: { phase: 'Promoted', took: '54s', lagAtFlip: '0.8s', finishedAt: '2026-11-21T10:00:54.000Z' },
  },
  refused: {
    reason: 'every reason stands in the status',
    observed: wrote({
      'epoch-1.json': progress({ outcome: 'Refused', reasons: ['45 s behind', 'no member'] }),
    }),
    status: { phase: 'Refused', reasons: ['45 s behind', 'no member'], reason: '45 s behind; no member' },
  },
  'the Job failed without a word': {
    reason: 'the message says where to look',
    observed: { 'promote-1': failedJob },
    status: { phase: 'Failed', reason: expect.stringContaining('logs job/promote-1') },
  },
  'the other region, before the writers moved': {
    reason: 'it only follows',
    placement: home,
    observed: wrote({ 'beacon.json': beacon(HOME) }),
    status: { phase: 'Following', primary: PEER },
  },
  'the other region, after': {
    reason: 'its own beacon has seen it',
    placement: home,
    observed: wrote({ 'beacon.json': beacon(PEER) }),
    status: { phase: 'Promoted' },
  },
  'one epoch, two regions': {
    reason: 'nothing acts until people choose',
    spec: { ...flipped, override: rival },
    status: { phase: 'Conflict', reason: expect.stringContaining('raise the epoch') },
  },
  'unreadable progress': {
    reason: 'it may be of another release',
    observed: wrote({ 'epoch-1.json': '{"epoch":', 'beacon.json': 'x' }),
    status: { phase: 'Starting', peerReady: false },
  },
  'an override': {
    reason: 'people see where the flip stands',
    spec: { override: { ...flipped, reason: 'Git is down' } },
    status: { source: 'override', primary: PEER, epoch: 1 },
  },
  'dry runs': {
    reason: 'the last one counts',
    spec: { dryRun: { region: PEER, run: 12 } },
    observed: wrote({
      'dry-run-9.json': progress({ outcome: 'Refused', reasons: ['no'] }),
      'dry-run-12.json': progress({ outcome: 'Checked' }),
    }),
    status: { phase: 'Steady', dryRun: { run: 12, outcome: 'Checked', reasons: [] }, history: [] },
  },
  'the automatic trigger': {
    reason: 'what it decided, and by what evidence',
    observed: wrote({
      'watch.json': {
        at: '2026-11-21T10:00:00.000Z',
        why: 'dead for 20 s of 60 s',
        evidence: { entry: false },
        memory: {},
      },
    }),
    status: {
      watch: { at: '2026-11-21T10:00:00.000Z', why: 'dead for 20 s of 60 s', evidence: { entry: false } },
    },
  },
};

const composedOf = ({ spec = flipped, placement = peer, observed = {} }: Partial<Case>) =>
  compose(claimOf(spec), observed, placement);

test.each(Object.entries(cases))('%s', (_, one) => {
  expect(composedOf(one).status).toMatchObject(one.status);
});

test('history holds the last five epochs, the newest first', () => {
  const epochs = [1, 2, 3, 4, 5, 6, 10];
  const data = Object.fromEntries(epochs.map((epoch) => [`epoch-${epoch}.json`, progress({ epoch })]));
  const { status } = composedOf({ spec: { region: PEER, epoch: 10 }, observed: wrote(data) });
  expect(status['history']).toMatchObject([10, 6, 5, 4, 3].map((epoch) => ({ epoch })));
});

const conditionsOf = (spec: object) => composedOf({ spec }).conditions;

test('a conflict is a condition too', () => {
  expect(conditionsOf({ ...flipped, override: rival })).toMatchObject([{ type: 'Conflict', status: 'True' }]);
  expect(conditionsOf(flipped)).toMatchObject([{ type: 'Conflict', status: 'False' }]);
});

/** An API server drops fields that a schema does not name, so a status must be named in full. */
test('every status fits the schema that the API server holds', () => {
  const crd = crdOf(xrd(primaryRegionKind, primaryRegionSchema));
  const schema = strict(crd.spec.versions[0]?.schema.openAPIV3Schema.properties?.['status']);
  for (const one of Object.values(cases)) {
    const status = JSON.parse(JSON.stringify(composedOf(one).status)) as unknown;
    expect(validateAgainst(schema, status)).toEqual([]);
  }
});

type Schema = { properties?: Record<string, Schema>; items?: Schema; [keyword: string]: unknown };

const strict = (schema: Schema = {}): Schema => ({
  ...schema,
  ...(schema.items && { items: strict(schema.items) }),
  ...(schema.properties && {
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, strict(property)]),
    ),
  }),
});
