import { handle } from '../../../runtime/compose/handle';
import { type Ask, requestFor } from '../../../runtime/compose/ask';
import { READY, SEVERITY, STATUS } from '../../../runtime/compose/protocol';
import { home } from '../../helpers/placement';
import { claimOf, offers } from './offers';

const run = (ask: Partial<Ask>) =>
  handle(offers, requestFor({ claim: claimOf('Steady'), input: home, ...ask }));

const { peer: _, home: __, ...homeless } = home;

// What cannot be composed is a fatal result that says what to do.
const cases: Record<string, { reason: string; ask: Partial<Ask>; says: readonly string[]; outcome: string }> =
  {
    'unknown kind': {
      reason: 'an older function may meet a kind of a newer platform',
      ask: { claim: claimOf('Warehouse') },
      says: ['Cannot compose Warehouse "shop/orders"', 'expected one of Steady, Patient, Broken, Echo'],
      outcome: 'refused',
    },
    'kind named like a property of every object': {
      reason: 'a lookup in a plain object would find it',
      ask: { claim: claimOf('constructor') },
      says: ['constructor is no kind of this function'],
      outcome: 'refused',
    },
    'no composite at all': {
      reason: 'a broken caller gets an answer, not a crash',
      ask: { claim: {} },
      says: ['undefined is no kind of this function'],
      outcome: 'refused',
    },
    'two mistakes in the spec': {
      reason: 'all problems at once, each with its path',
      ask: { claim: claimOf('Steady', { size: 'huge', count: 9 }) },
      says: ['Cannot use spec.size "huge": expected one of', 'Cannot use spec.count "9": expected'],
      outcome: 'refused',
    },
    'unknown field': {
      reason: 'the API server prunes it; a claim of an older XRD may still hold one',
      ask: { claim: claimOf('Steady', { size: 'small', colour: 'red' }) },
      says: ['Cannot use spec.colour: unknown field'],
      outcome: 'refused',
    },
    'no placement': {
      reason: 'a Composition without input',
      ask: { input: undefined },
      says: ["the region's facts", 'platform team'],
      outcome: 'refused',
    },
    'placement without home': {
      reason: 'facts that bootstrap has not filled in',
      ask: { input: homeless },
      says: ['Cannot use home: expected object'],
      outcome: 'refused',
    },
    'compose throws': {
      reason: 'a bug must not crash the server that all other claims use',
      ask: { claim: claimOf('Broken') },
      says: ['a bug in Flipside, nothing was changed', 'cannot read the endpoint of nothing', 'the stack'],
      outcome: 'failed',
    },
  };

test.each(Object.entries(cases))('%s', (_name, { ask, says, outcome }) => {
  const handled = run(ask);
  const [result] = handled.response.results;
  expect(handled.outcome).toBe(outcome);
  expect(result?.severity).toBe(SEVERITY.fatal);
  for (const part of says) expect(result?.message).toContain(part);
});

test('keeps what earlier steps wanted, so that nothing is deleted', () => {
  const prior = { before: { manifest: { apiVersion: 'v1', kind: 'Secret', metadata: {} }, ready: true } };
  const { desired } = run({ claim: claimOf('Broken'), prior }).response;
  expect(Object.keys(desired?.resources ?? {})).toEqual(['before']);
});

test('hands the thrown error to the log', () => {
  expect(run({ claim: claimOf('Broken') }).bug).toBeInstanceOf(TypeError);
});

test('labels metrics with no name that a caller made up', () => {
  expect(run({ claim: claimOf('Warehouse') }).kind).toBe('unknown');
});

test('echoes the tag and asks to be called again within a minute', () => {
  const { meta } = run({ tag: 'abc' }).response;
  expect(meta).toEqual({ tag: 'abc', ttl: { seconds: 60, nanos: 0 } });
});

test('says of each resource whether it is ready', () => {
  const resources = run({}).response.desired?.resources ?? {};
  expect(resources['done']?.ready).toBe(READY.yes);
  expect(resources['begun']?.ready).toBe(READY.no);
});

test('sends no undefined, which the protocol would turn into null', () => {
  const resources = run({}).response.desired?.resources ?? {};
  expect(Object.keys(resources['done']?.resource?.['data'])).toEqual(['right']);
});

test('sets status and nothing else of the claim', () => {
  const composite = run({}).response.desired?.composite;
  expect(composite?.resource).toEqual({ status: { reason: '', endpoint: 'db.example.com' } });
});

test('keeps resources, status and context of earlier steps', () => {
  const request = requestFor({
    claim: claimOf('Steady'),
    input: home,
    context: { 'apiextensions.crossplane.io/environment': { region: 'us-east-1' } },
    prior: { before: { manifest: { apiVersion: 'v1', kind: 'Secret', metadata: {} }, ready: false } },
  });
  const composite = { resource: { status: { step: 1 } }, connectionDetails: {}, ready: READY.unspecified };
  const desired = { resources: request.desired?.resources ?? {}, composite };
  const { response } = handle(offers, { ...request, desired });
  expect(Object.keys(response.desired?.resources ?? {})).toEqual(['before', 'done', 'begun']);
  expect(response.desired?.resources['before']?.ready).toBe(READY.no);
  expect(response.desired?.composite?.resource?.['status']).toEqual({
    step: 1,
    reason: '',
    endpoint: 'db.example.com',
  });
  expect(response.context).toEqual(request.context);
});

test('a claim that waits says so and is not ready', () => {
  const { response, outcome } = run({ claim: claimOf('Patient') });
  expect(outcome).toBe('waiting');
  expect(response.results).toMatchObject([{ severity: SEVERITY.normal, message: 'waiting for home' }]);
  expect(response.desired?.composite?.ready).toBe(READY.no);
});

test('a claim that waits for nothing leaves its readiness to what it composes', () => {
  const { response, outcome } = run({});
  expect(outcome).toBe('ready');
  expect(response.results).toEqual([]);
  expect(response.desired?.composite?.ready).toBe(READY.unspecified);
});

test('passes conditions on', () => {
  expect(run({}).response.conditions).toMatchObject([
    { type: 'Replicated', status: STATUS.False, reason: 'RuleMissing', message: 'Nothing is copied yet' },
  ]);
});

test('gives compose the claim without what Crossplane added, defaults filled in', () => {
  const observed = { cluster: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} } };
  const { response } = run({ claim: claimOf('Echo'), observed });
  expect(response.desired?.composite?.resource?.['status']).toMatchObject({
    claim: {
      kind: 'Echo',
      metadata: { name: 'orders', namespace: 'shop', labels: { 'crossplane.io/composite': 'orders' } },
      spec: { size: 'small', count: 1 },
    },
    keys: ['cluster'],
    position: 'home',
  });
});

test('does not change the request, which the caller may send again', () => {
  const request = requestFor({ claim: claimOf('Steady'), input: home });
  const before = JSON.stringify(request);
  handle(offers, request);
  expect(JSON.stringify(request)).toBe(before);
});
