import { type Edit, mutated } from './_mutant';

const FENCE = 'runtime/promote/fence.ts';
const MOVE = 'runtime/promote/move.ts';
const PROMOTE = 'runtime/promote/promote.ts';
const OBSERVE = 'runtime/beacon/observe.ts';
const EFFECTIVE = 'model/effective.ts';
const COMPOSE = 'platform/apis/primary-region/compose.ts';

/** Random schedules that a bug may hide from. */
const RUNS = 1_500;

const cases: Record<string, { reason: string; edits: Edit[]; found: string[] }> = {
  'no fence': {
    reason: 'a pod held up by an old epoch takes the writers back',
    edits: [
      { file: FENCE, from: 'if (higher.length > 0) throw superseded(higher, epoch);', to: '' },
      { file: FENCE, from: 'if (recorded(own) > epoch) throw superseded([store], epoch);', to: '' },
    ],
    found: ['a higher epoch stands', 'one region per epoch'],
  },
  'epochs compared the wrong way round': {
    reason: 'the older of spec and override counts',
    edits: [{ file: EFFECTIVE, from: 'override.epoch > spec.epoch', to: 'override.epoch < spec.epoch' }],
    found: ['what can finish finishes', 'a higher epoch stands', 'traffic follows data'],
  },
  'beacon before writer': {
    reason: 'the beacon believes the claim instead of AWS',
    edits: [{ file: OBSERVE, from: 'if (stores.length > 0) return', to: 'if (stores.length > 99) return' }],
    found: ['traffic follows data'],
  },
  'both regions promote': {
    reason: 'the region that is not the target acts too',
    edits: [
      {
        file: COMPOSE,
        from: 'effective.region === region && effective.epoch > 0',
        to: 'effective.epoch > 0',
      },
      {
        file: FENCE,
        from: '(effective.conflict || effective.region !== plan.region)',
        to: 'effective.conflict',
      },
    ],
    found: [
      'one region per epoch',
      'what can finish finishes',
      'a higher epoch stands',
      'traffic follows data',
    ],
  },
  'not idempotent after a timeout': {
    reason: 'AWS has done it, and is asked again as if it had not; its answer counts as a refusal',
    edits: [
      { file: MOVE, from: 'if (view.moving) return false;', to: '' },
      {
        file: MOVE,
        from: 'await call(flip, store, region, ports);',
        to: "await call(flip, store, region, ports).catch((e) => { throw new Verdict('Refused', [String(e)]); });",
      },
      {
        file: MOVE,
        from: "import { retry } from './retry';",
        to: "import { retry } from './retry'; import { Verdict } from './verdict';",
      },
    ],
    found: ['a refusal changes nothing', 'what can finish finishes'],
  },
  'override ignored': {
    reason: 'break-glass does nothing',
    edits: [{ file: EFFECTIVE, from: 'override !== undefined && override.epoch > spec.epoch', to: 'false' }],
    found: ['what can finish finishes'],
  },
  'refused after a change': {
    reason: 'the fence is written before the checks',
    edits: [
      {
        file: PROMOTE,
        from: "await recorder.step('preflight', () => check(",
        to: "await declare(plan, flip, ports); await recorder.step('preflight', () => check(",
      },
    ],
    found: ['a refusal changes nothing', 'a dry run changes nothing'],
  },
  'a dry run that acts': {
    reason: 'the checks pass and the flip goes on',
    edits: [{ file: PROMOTE, from: "if (flip.dryRun) return await recorder.finish('Checked', []);", to: '' }],
    found: ['a dry run changes nothing'],
  },
};

test.each(Object.entries(cases))('%s is found', async (_, { edits, found }) => {
  const { search } = await mutated(edits);
  const { failure } = await search({ seed: 1, runs: RUNS, shrink: false });
  expect(found).toContain(failure?.violations[0]?.property);
});
