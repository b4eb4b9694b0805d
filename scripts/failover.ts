/** `flipside failover`: brings the writers of an estate to another region by flipping one claim. */
import { EXIT, UserError } from './answer';
import { deliver, checkRepository, push, refreshed } from './flip/deliver';
import { dryRun } from './flip/dry-run';
import { changeLines } from './flip/edit';
import { endingOf } from './flip/ending';
import { type FlipEstate, flipEstate } from './flip/estate';
import { expectedTime, lossOf } from './flip/expected';
import { follow, type Followed } from './flip/follow';
import type { Ports } from './flip/ports';
import { askRegion } from './flip/question';
import { readinessLines } from './flip/readiness';
import { type MakePorts, realPorts } from './flip/real';
import { row } from './flip/show';
import type { Seen, Sight } from './flip/sight';
import { type Intent, intentOf, type Stand, standOf } from './flip/stand';
import { duration } from './flip/duration';
import { type FailoverOptions, type Wish, wishOf } from './flip/wish';
import { colour } from './ui/text';

/** All that the steps of one failover share. */
interface Failover {
  readonly root: string;
  readonly estate: FlipEstate;
  readonly options: FailoverOptions;
  readonly wish: Wish;
  readonly target: Seen;
  readonly other: Sight;
  readonly stand: Stand;
  readonly intent: Intent;
  readonly ports: Ports;
}

/** The verb. */
export async function failover(
  root: string,
  options: FailoverOptions,
  makePorts: MakePorts = realPorts,
): Promise<number> {
  const estate = flipEstate(root, options.estate);
  const wish = wishOf(estate, options);
  const ports = makePorts(root, estate, options);
  const [target, other] = await Promise.all([wish.region, wish.other].map(ports.clusters.look));
  const seen = assertSeen(target, other, options);
  const stand = standOf(estate, [seen, ...(other ? [other] : [])]);
  const intent = intentOf(stand, wish.region, wish.mode);
  const all: Failover = {
    root,
    estate,
    options,
    wish,
    target: seen,
    other: other ?? unasked(wish),
    stand,
    intent,
    ports,
  };
  if (options.dryRun) return checked(all);
  if (isDone(all)) return nothingToDo(all);
  announce(all);
  return options.breakGlass ? throughCluster(all) : throughGit(all);
}

const unasked = ({ other }: Wish): Sight => ({
  answers: false,
  region: other,
  silent: false,
  why: 'was not asked',
});

/** The region that takes over has to be seen: everything that is decided here is decided from what it says. */
function assertSeen(target: Sight | undefined, other: Sight | undefined, { estate }: FailoverOptions): Seen {
  if (target?.answers) return target;
  const both = other && !other.answers ? [`${other.region} ${other.why}`] : [];
  const lines = [
    `Cannot see the region that should take over: ${target?.region} ${target?.why}, expected an answer; nothing was changed`,
    ...both,
    ...(both.length > 0 ? ['Neither region answers: look at your own network, VPN and login first'] : []),
    `See what answers: flipside status --estate ${estate}`,
  ];
  throw new UserError(lines.join('\n'), EXIT.undecided);
}

const isDone = ({ intent, target, options }: Failover) =>
  intent.settled && (options.breakGlass || (intent.recorded && target.spec.epoch >= intent.flip.epoch));

function nothingToDo({ estate, intent, ports }: Failover): number {
  const { region, epoch } = intent.flip;
  ports.screen.line(`${estate.name} is written in ${region} since epoch ${epoch} already: nothing to do`);
  ports.screen.data({
    estate: estate.name,
    region,
    epoch,
    outcome: 'Promoted',
    changed: false,
    exitCode: EXIT.ok,
  });
  return EXIT.ok;
}

/** What a person reads before they say yes. */
function announce({ estate, wish, target, other, stand, intent, options, ports }: Failover): void {
  const { flip, raised } = intent;
  const print = (lines: readonly string[]) => lines.forEach((line) => ports.screen.line(line && `  ${line}`));
  const from = stand.writer ?? (stand.current.region === flip.region ? wish.other : stand.current.region);
  if (!raised) {
    ports.screen.line(
      `${colour.bold(estate.name)}  epoch ${flip.epoch} to ${flip.region} is asked for already: carrying on`,
    );
    return;
  }
  ports.screen.line(
    `${colour.bold(estate.name)}  ${from} -> ${flip.region}   epoch ${stand.current.epoch} -> ${flip.epoch}   ${lossOf(estate, flip.mode, target)}`,
  );
  print(['', ...readinessLines(target, other, ports.clock.now()), ...needsBoth(wish, other)]);
  print([
    expectedTime(
      estate,
      flip.mode,
      [target, other].filter((sight) => sight.answers),
    ),
    '',
  ]);
  print(
    options.breakGlass
      ? [`+   override: epoch ${flip.epoch} in ${flip.region} (no Git)`, '']
      : [...changeLines(stand.git, flip), ''],
  );
}

function needsBoth({ mode }: Wish, other: Sight): string[] {
  if (mode === 'Unplanned' || other.answers) return [];
  return [
    colour.yellow(
      `a planned flip needs ${other.region} too and is refused without it; if the region is lost: --unplanned --accept-data-loss`,
    ),
  ];
}

/** The usual way: a commit that both regions receive. */
async function throughGit(all: Failover): Promise<number> {
  const { root, estate, intent, stand, target, options, ports } = all;
  const { clock, screen } = ports;
  if (target.spec.epoch >= intent.flip.epoch) return followed(all, undefined);
  const { unpushed } = await checkRepository(estate, ports.git);
  if (intent.raised && !options.yes) await askRegion(intent.flip.region, ports);
  const since = clock.now();
  const [left] = unpushed;
  const id = await delivered();
  if (id) screen.line(row(`pushed ${id}`, duration(clock.now() - since)));
  return followed(all, intent.raised ? since : undefined, id);

  async function delivered(): Promise<string | undefined> {
    if (!intent.recorded) return deliver(root, estate, intent.flip, stand, ports);
    if (left) return push(estate, left.id, ports);
    await refreshed(estate, ports);
    return undefined;
  }
}

/** The way without Git: a patch in the region that takes over. */
async function throughCluster(all: Failover): Promise<number> {
  const { intent, target, options, ports } = all;
  const { region, epoch, mode } = intent.flip;
  if (intent.raised && !options.yes) await askRegion(region, ports);
  const since = ports.clock.now();
  if (target.effective.epoch < epoch || intent.raised) {
    const reason = options.reason ?? `flipside failover --break-glass by ${ports.user}`;
    const acceptDataLoss = mode === 'Unplanned';
    await ports.clusters.patch(region, { override: { region, epoch, mode, acceptDataLoss, reason } });
    ports.screen.line(row(`override in ${region}`, duration(ports.clock.now() - since)));
  }
  const code = await followed(all, since);
  ports.screen.line(
    colour.yellow('Git does not know: once it is back, run the same command without --break-glass'),
  );
  return code;
}

async function followed(all: Failover, since: number | undefined, commit?: string): Promise<number> {
  const { estate, intent, wish, ports } = all;
  const { region, epoch, mode } = intent.flip;
  const end = await follow({ estate, region, epoch, timeout: wish.timeout, ...(since && { since }) }, ports);
  const ending = endingOf(estate, intent.flip, end);
  ['', ...ending.lines].forEach((line) => ports.screen.line(line));
  ports.screen.data({
    estate: estate.name,
    region,
    epoch,
    mode,
    changed: intent.raised,
    ...dataOf(end),
    ...(commit && { commit }),
    exitCode: ending.code,
  });
  return ending.code;
}

/** The ending for a program. */
const dataOf = ({ outcome, reasons, progress, beacon }: Followed) => ({
  outcome,
  reasons,
  ...(beacon !== undefined && { beacon }),
  steps: progress?.steps ?? [],
  ...(progress && {
    startedAt: progress.startedAt,
    finishedAt: progress.finishedAt,
    lagSeconds: progress.lagSeconds,
  }),
});

async function checked({ estate, wish, target, other, ports }: Failover): Promise<number> {
  const { region, mode, timeout } = wish;
  const { screen } = ports;
  screen.line(`${colour.bold(estate.name)}  ${region}, ${mode.toLowerCase()}: every check and no change`);
  readinessLines(target, other, ports.clock.now()).forEach((line) => screen.line(`  ${line}`));
  const result = await dryRun({ region, mode, timeout: Math.min(timeout, DRY_RUN_MS) }, target, ports);
  const code = codeOf(result?.outcome);
  screen.data({
    estate: estate.name,
    region,
    mode,
    outcome: result?.outcome ?? 'Running',
    reasons: result?.reasons ?? [],
    steps: result?.steps ?? [],
    exitCode: code,
  });
  linesOf(result?.outcome, region, result?.reasons ?? []).forEach((line) => screen.line(line));
  return code;
}

/** A Job starts in seconds; images that are not there do not come in minutes. */
const DRY_RUN_MS = 180_000;

function codeOf(outcome: string | undefined): number {
  if (outcome === undefined) return EXIT.undecided;
  return outcome === 'Checked' ? EXIT.ok : EXIT.no;
}

function linesOf(outcome: string | undefined, region: string, reasons: readonly string[]): string[] {
  if (outcome === undefined)
    return [
      colour.yellow(
        `No result yet: kubectl --namespace flipside-system get jobs,pods (context of ${region})`,
      ),
    ];
  if (outcome === 'Checked') return [colour.green(`${region} would take over now`)];
  return [
    colour.red(`${outcome}: ${region} would not take over`),
    ...reasons.map((reason) => `  - ${reason}`),
  ];
}
