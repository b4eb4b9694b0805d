/** Random schedules: what breaks and what people do, as data that fast-check makes smaller when one fails. */
import fc from 'fast-check';
import { type Action, BROKEN, type Schedule, type Side, STRUCK } from './action';

/** Everything starts within this many seconds … */
const WINDOW = 600;
/** … and what breaks is mended after at most this many. */
const LONGEST = 900;

/** Trouble comes together: half of everything happens within half a minute of one of a few instants. */
const at = fc.oneof(
  fc.integer({ min: 0, max: WINDOW }),
  fc
    .tuple(fc.constantFrom(0, 100, 300), fc.integer({ min: 0, max: 30 }))
    .map(([instant, later]) => instant + later),
);
const side = fc.constantFrom<Side>('home', 'peer');
const mode = fc.constantFrom('Planned' as const, 'Unplanned' as const);
const lasting = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 5, max: 120 }) },
  { weight: 1, arbitrary: fc.integer({ min: 120, max: LONGEST }) },
);

const breaks = fc.record({ kind: fc.constantFrom(...BROKEN), at, side, for: lasting });
const link = fc.record({ kind: fc.constant('link' as const), at, for: lasting });
const strikes = fc.record({ kind: fc.constantFrom(...STRUCK), at, side });
const flips = fc.record({
  kind: fc.constant('flip' as const),
  at,
  to: side,
  mode,
  via: fc.oneof(
    { weight: 3, arbitrary: fc.constant('git' as const) },
    { weight: 2, arbitrary: fc.constantFrom<Side>('home', 'peer') },
    { weight: 2, arbitrary: fc.constant('both' as const) },
  ),
  raise: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constantFrom(0, 2) }),
});
const people = fc.oneof(
  fc.record({ kind: fc.constant('dry-run' as const), at, to: side, mode }),
  fc.record({ kind: fc.constant('catch-up' as const), at }),
  fc.record({ kind: fc.constant('again' as const), at }),
  fc.record({ kind: fc.constant('rewind' as const), at, commits: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('by-hand' as const), at, to: side }),
);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: flips },
  { weight: 5, arbitrary: breaks },
  { weight: 2, arbitrary: strikes },
  { weight: 1, arbitrary: link },
  { weight: 1, arbitrary: people },
);

/** Any schedule. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  stores: fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 2 }) },
  ),
  routing: fc.constantFrom('failover' as const, 'latency' as const),
  compute: fc.constantFrom('hot' as const, 'warm' as const, 'cold' as const),
  automatic: fc.oneof(
    { weight: 3, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  actions: fc
    .array(action, { minLength: 1, maxLength: 10 })
    .map((all) => all.toSorted((a, b) => a.at - b.at)),
});
