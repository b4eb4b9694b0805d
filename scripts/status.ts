/** `flipside status`: both regions of an estate side by side, readable when one of them is dead. */
import { EXIT } from './answer';
import { readEstateFiles } from './estates';
import { endingOf } from './flip/ending';
import { estateNames, type FlipEstate, flipEstate, regions } from './flip/estate';
import { follow } from './flip/follow';
import { type MakePorts, realPorts } from './flip/real';
import { overviewRow, OVERVIEW, sideBySide } from './flip/side-by-side';
import type { Sight } from './flip/sight';
import { type Stand, standOf } from './flip/stand';
import { type CommonOptions, timeoutOf } from './flip/wish';
import { UserError } from './answer';
import { columns } from './ui/text';

/** Options of `flipside status`. */
export interface StatusOptions extends CommonOptions {
  readonly estate?: string;
  readonly follow?: boolean;
}

/** One estate as it stands. */
export interface Standing {
  readonly estate: FlipEstate;
  readonly sights: readonly Sight[];
  readonly stand: Stand;
}

/** The verb. */
export async function status(
  root: string,
  options: StatusOptions,
  makePorts: MakePorts = realPorts,
): Promise<number> {
  const [only, ...more] = options.estate ? [options.estate] : estateNames(readEstateFiles(root));
  if (only === undefined)
    throw new UserError('Cannot find an estate: none, expected estates/<name>/estate.yaml');
  if (options.follow && more.length > 0)
    throw new UserError('Cannot follow every estate: several, expected --estate <name>', EXIT.usage);
  if (options.follow) return followed(root, only, options, makePorts);
  if (more.length > 0) return overview(root, [only, ...more], options, makePorts);
  return one(root, only, options, makePorts);
}

async function standing(root: string, name: string, options: StatusOptions, makePorts: MakePorts) {
  const estate = flipEstate(root, name);
  const ports = makePorts(root, estate, options);
  const sights = await Promise.all(regions(estate).map((region) => ports.clusters.look(region)));
  return { ports, estate, sights, stand: standOf(estate, sights) };
}

async function one(
  root: string,
  name: string,
  options: StatusOptions,
  makePorts: MakePorts,
): Promise<number> {
  const { ports, ...found } = await standing(root, name, options, makePorts);
  const { screen, clock } = ports;
  sideBySide(found, clock.now()).forEach((line) => screen.line(line));
  const exitCode = codeOf(found);
  screen.data({ ...dataOf(found), exitCode });
  return exitCode;
}

async function overview(
  root: string,
  names: readonly string[],
  options: StatusOptions,
  makePorts: MakePorts,
): Promise<number> {
  const all = await Promise.all(names.map((name) => standing(root, name, options, makePorts)));
  const codes = all.map(codeOf);
  const exitCode = Math.max(...codes);
  const screen = all[0]?.ports.screen;
  columns([OVERVIEW, ...all.map(overviewRow)]).forEach((line) => screen?.line(`  ${line}`));
  screen?.data({ estates: all.map(dataOf), exitCode });
  return exitCode;
}

/** 1 when a flip ended badly or two regions are named, 3 when nobody can tell or it still runs. */
function codeOf({ stand, sights }: Standing): number {
  const bad = ['Refused', 'Superseded', 'Conflict', 'Failed'].includes(stand.outcome ?? '');
  if (bad || stand.conflict) return EXIT.no;
  const told =
    sights.some(({ answers }) => answers) && (stand.outcome === 'Promoted' || stand.outcome === 'Steady');
  return told ? EXIT.ok : EXIT.undecided;
}

const dataOf = ({ estate, sights, stand }: Standing) => ({
  estate: estate.name,
  ...stand,
  regions: sights.map((sight) =>
    sight.answers
      ? {
          region: sight.region,
          answers: true,
          effective: sight.effective,
          status: sight.status,
          beacon: sight.beacon,
        }
      : sight,
  ),
});

async function followed(
  root: string,
  name: string,
  options: StatusOptions,
  makePorts: MakePorts,
): Promise<number> {
  const { ports, estate, sights, stand } = await standing(root, name, options, makePorts);
  const { screen, clock } = ports;
  sideBySide({ estate, sights, stand }, clock.now()).forEach((line) => screen.line(line));
  screen.line('');
  const { region, epoch } = stand.current;
  const end = await follow({ estate, region, epoch, timeout: timeoutOf(options) }, ports);
  const { code, lines } = endingOf(estate, stand.current, end);
  ['', ...lines].forEach((line) => screen.line(line));
  screen.data({ estate: estate.name, ...stand.current, ...end, exitCode: code });
  return code;
}
