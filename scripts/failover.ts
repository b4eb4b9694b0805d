/** `flipside failover`: brings the writers of an estate to another region by flipping one claim. */
import { EXIT } from './answer';
import { announce } from './flip/announce';
import { checkRepository, deliver, push } from './flip/deliver';
import { dryRun } from './flip/dry-run';
import { duration } from './flip/duration';
import { endingOf } from './flip/ending';
import { follow, type Followed } from './flip/follow';
import type { Unpushed } from './flip/ports';
import { askRegion } from './flip/question';
import { type MakePorts, realPorts } from './flip/real';
import { row } from './flip/show';
import { type Situation, situationOf } from './flip/situation';
import type { FailoverOptions } from './flip/wish';
import { colour } from './ui/text';

/** The verb. */
export async function failover(
  root: string,
  options: FailoverOptions,
  makePorts: MakePorts = realPorts,
): Promise<number> {
  const situation = await situationOf(root, options, makePorts);
  if (options.dryRun) return dryRun(situation);
  if (isDone(situation)) return nothingToDo(situation);
  announce(situation);
  return options.breakGlass ? throughCluster(situation) : throughGit(situation);
}

/** Git has delivered the flip to the region that takes over. */
const arrived = ({ target, intent }: Situation) => intent.recorded && target.spec.epoch >= intent.flip.epoch;

const isDone = (situation: Situation) =>
  situation.intent.settled && (situation.options.breakGlass || arrived(situation));

function nothingToDo({ estate, intent, ports }: Situation): number {
  const { region, epoch, mode } = intent.flip;
  const exitCode = EXIT.ok;
  ports.screen.line(`${estate.name} is written in ${region} already, epoch ${epoch}: nothing to do`);
  ports.screen.data({
    estate: estate.name,
    region,
    epoch,
    mode,
    changed: false,
    outcome: 'Promoted',
    exitCode,
  });
  return exitCode;
}

/** The usual way: a commit that both regions receive. */
async function throughGit(situation: Situation): Promise<number> {
  const { estate, intent, ports } = situation;
  if (arrived(situation)) return watched(situation, undefined);
  const { unpushed } = await checkRepository(estate, ports.git);
  await confirmed(situation);
  const since = ports.clock.now();
  const id = await brought(situation, unpushed);
  await refreshed(situation);
  if (id) ports.screen.line(row(`pushed ${id}`, duration(ports.clock.now() - since)));
  return watched(situation, intent.raised ? since : undefined, id);
}

/** Does what is missing of edit, commit and push. Gives the commit, if there was one to push. */
async function brought(
  { root, estate, intent, stand, ports }: Situation,
  [left]: readonly Unpushed[],
): Promise<string | undefined> {
  if (!intent.recorded) return deliver(root, estate, intent.flip, stand, ports);
  return left && push(left.id, ports);
}

/** Argo CD looks by itself only every few minutes. A region that does not answer would only be waited for. */
async function refreshed({ target, other, ports }: Situation): Promise<void> {
  const regions = [target, other].filter(({ answers }) => answers).map(({ region }) => region);
  await Promise.all(regions.map(ports.clusters.refresh));
}

/** The way without Git: a patch in the region that takes over. */
async function throughCluster(situation: Situation): Promise<number> {
  const { intent, target, options, ports } = situation;
  const { region, epoch, mode } = intent.flip;
  await confirmed(situation);
  const since = ports.clock.now();
  if (intent.raised || target.effective.epoch < epoch) {
    const reason = options.reason ?? `flipside failover --break-glass by ${ports.user}`;
    const override = { region, epoch, mode, acceptDataLoss: mode === 'Unplanned', reason };
    await ports.clusters.patch(region, { override });
    ports.screen.line(row(`override in ${region}`, duration(ports.clock.now() - since)));
  }
  const code = await watched(situation, since);
  ports.screen.line(
    colour.yellow('Git does not know: once it is back, run the same command without --break-glass'),
  );
  return code;
}

async function confirmed({ intent, options, ports }: Situation): Promise<void> {
  if (intent.raised && !options.yes) await askRegion(intent.flip.region, ports);
}

async function watched(situation: Situation, since: number | undefined, commit?: string): Promise<number> {
  const { estate, intent, wish, ports } = situation;
  const { region, epoch, mode } = intent.flip;
  const { timeout } = wish;
  const end = await follow({ estate, region, epoch, timeout, ...(since !== undefined && { since }) }, ports);
  const { code, lines } = endingOf(estate, intent.flip, end);
  ['', ...lines].forEach((line) => ports.screen.line(line));
  ports.screen.data({
    estate: estate.name,
    region,
    epoch,
    mode,
    changed: intent.raised,
    commit,
    ...dataOf(end),
    exitCode: code,
  });
  return code;
}

/** The ending for a program. */
const dataOf = ({ outcome, reasons, progress, beacon }: Followed) => ({
  outcome,
  reasons,
  beacon,
  steps: progress?.steps ?? [],
  startedAt: progress?.startedAt,
  finishedAt: progress?.finishedAt,
  lagSeconds: progress?.lagSeconds,
});
