/** Floors, copies and routing are those of the pattern that the estate names. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { estateSpot } from './_read';

/** A name that does not fit raises hopes that the configuration does not keep. */
export const patternMatches: Check = {
  id: 'pattern-matches',
  title: 'Floors, copies and routing are those of the pattern',
  severity: 'error',
  reference:
    'S4-87; https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html (2026-08)',
  run: (estate, report) =>
    [...routing(estate), ...floors(estate), ...copies(estate)].map(([path, message]) =>
      report({
        message: `${message} in an estate of pattern ${estate.input.estate.pattern}`,
        path,
        remedy: 'Change the value, or name the pattern that it is',
      }),
    ),
};

type Mismatch = readonly [path: string, message: string];

/** Both regions serve at once only where both are asked for. */
function routing(estate: RenderedEstate): Mismatch[] {
  const { pattern, traffic } = estate.input.estate;
  const active = pattern === 'active-active';
  if (active !== (traffic.routing === 'failover')) return [];
  const expected = active ? 'latency or weighted' : 'failover';
  return [[estateSpot(estate, 'traffic.routing'), `Routing is ${traffic.routing}, expected ${expected}`]];
}

const floors = ({ input }: RenderedEstate): Mismatch[] =>
  input.services.flatMap(({ name, scale }): Mismatch[] => {
    const standby = scale.peer.min ?? scale.min;
    const problem = floorProblem(input.estate.pattern, standby, scale.peer.promoted);
    return problem
      ? [[`estates/${input.estate.name}/services/${name}.yaml#scale.peer`, `${name} ${problem}`]]
      : [];
  });

function floorProblem(
  pattern: RenderedEstate['input']['estate']['pattern'],
  standby: number,
  promoted: number | undefined,
): string | undefined {
  if (pattern === 'pilot-light' && standby > 0) return `runs ${standby} pods in the standby, expected 0`;
  if (pattern === 'pilot-light' && !promoted) return 'names no floor for a takeover, expected at least 1';
  if (pattern !== 'pilot-light' && standby === 0)
    return 'runs no pod in the second region, expected at least 1';
  return undefined;
}

/** Every pattern but backup and restore keeps a copy of the data in both regions. */
const copies = ({ input }: RenderedEstate): Mismatch[] =>
  input.claims.flatMap((claim): Mismatch[] => {
    const { name, namespace } = claim.metadata;
    const path = `estates/${input.estate.name}/claims/${namespace}/${name}.yaml`;
    if (claim.kind !== 'Bucket' || claim.spec.replication !== 'none') return [];
    return [[`${path}#spec.replication`, `Bucket ${namespace}/${name} has no copy in the other region`]];
  });
