/** `--dry-run`: every check of a flip, in the region that would take over, without changing anything in AWS or Git. */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import type { Progress } from '../../runtime/promote/ports';
import type { FlipMode } from '../../spec/claims';
import type { Ports } from './ports';
import { progressOf, type Seen, type Sight } from './sight';

const POLL_MS = 1_000;

/** What is checked. */
export interface DryRun {
  readonly region: string;
  readonly mode: FlipMode;
  /** Milliseconds. */
  readonly timeout: number;
}

/** Asks for one more run and waits for its result; undefined when there is none in time. */
export async function dryRun(
  { region, mode, timeout }: DryRun,
  target: Seen,
  { clusters, clock }: Ports,
): Promise<Progress | undefined> {
  const run = nextRun(target);
  await clusters.patch(region, { dryRun: { region, run, mode } });
  const deadline = clock.now() + timeout;
  while (clock.now() < deadline && !clock.interrupted()) {
    const result = resultOf(await clusters.look(region), run);
    if (result) return result;
    await clock.sleep(POLL_MS);
  }
  return undefined;
}

/** Results stay in the ConfigMap: a run that was ever asked for is not asked for again. */
function nextRun({ spec, data }: Seen): number {
  const runs = Object.keys(data).flatMap((key) => /^dry-run-(\d+)\.json$/.exec(key)?.[1] ?? []);
  return Math.max(0, spec.dryRun?.run ?? 0, ...runs.map(Number)) + 1;
}

function resultOf(sight: Sight, run: number): Progress | undefined {
  const progress = sight.answers ? progressOf(sight, KEYS.dryRun(`dry-run-${run}`)) : undefined;
  return progress && progress.outcome !== 'Promoting' ? progress : undefined;
}
