/** `--dry-run`: every check of a flip, in the region that would take over, without changing anything in AWS or Git. */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import type { Progress } from '../../runtime/promote/ports';
import { EXIT } from '../answer';
import { colour } from '../ui/text';
import { readinessLines } from './readiness';
import { progressOf, type Seen, type Sight } from './sight';
import type { Situation } from './situation';

const POLL_MS = 1_000;
/** A Job starts in seconds; images that are not there do not come in minutes. */
const LONGEST_MS = 180_000;

/** Checks and says what came out; gives the exit code. */
export async function dryRun(situation: Situation): Promise<number> {
  const { estate, wish, target, other, ports } = situation;
  const { region, mode } = wish;
  const { screen } = ports;
  screen.line(`${colour.bold(estate.name)}  ${region}, ${mode.toLowerCase()}: every check and no change`);
  readinessLines(target, other, ports.clock.now()).forEach((line) => screen.line(`  ${line}`));
  const result = await resultOf(situation);
  const { outcome = 'Running', reasons = [], steps = [] } = result ?? {};
  const exitCode = codeOf(outcome);
  verdictLines(outcome, region, reasons).forEach((line) => screen.line(line));
  screen.data({ estate: estate.name, region, mode, outcome, reasons, steps, exitCode });
  return exitCode;
}

/** Asks for one more run and waits; undefined when there is no result in time. */
async function resultOf({ wish, target, ports }: Situation): Promise<Progress | undefined> {
  const { clusters, clock } = ports;
  const { region, mode, timeout } = wish;
  const run = nextRun(target);
  await clusters.patch(region, { dryRun: { region, run, mode } });
  const deadline = clock.now() + Math.min(timeout, LONGEST_MS);
  while (clock.now() < deadline && !clock.interrupted()) {
    const result = finished(await clusters.look(region), run);
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

function finished(sight: Sight, run: number): Progress | undefined {
  const progress = sight.answers ? progressOf(sight, KEYS.dryRun(`dry-run-${run}`)) : undefined;
  return progress && progress.outcome !== 'Promoting' ? progress : undefined;
}

function codeOf(outcome: string): number {
  if (outcome === 'Running') return EXIT.undecided;
  return outcome === 'Checked' ? EXIT.ok : EXIT.no;
}

function verdictLines(outcome: string, region: string, reasons: readonly string[]): string[] {
  if (outcome === 'Checked') return [colour.green(`${region} would take over now`)];
  if (outcome === 'Running')
    return [
      colour.yellow(
        `${region} has given no result yet; in its context: kubectl -n flipside-system get jobs,pods`,
      ),
    ];
  return [
    colour.red(`${outcome}: ${region} would not take over`),
    ...reasons.map((reason) => `  - ${reason}`),
  ];
}
