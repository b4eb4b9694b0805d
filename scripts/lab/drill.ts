/** `flipside drill --lab`: plays the scenarios on real control planes and writes a report. */
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EstatePlan, type EstatePlayed, playEstate } from '../../lab/drill/plan';
import { ledgerLine, markdownOf, reportOf, timelineOf } from '../../lab/drill/report';
import { elsewhere, scenarios, withProvider } from '../../lab/drill/scenarios';
import type { Scenario } from '../../lab/drill/drill';
import { EXIT, UserError } from '../answer';
import { estateNames } from '../flip/estate';
import { readEstateFiles } from '../estates';
import { complaintOf, exec } from '../exec';

/** What `drill --lab` is called with. */
export interface LabDrillOptions {
  readonly estate?: string;
  readonly scenario?: readonly string[];
  readonly withProvider?: string;
  readonly speed?: string;
  readonly record?: boolean;
}

/** The estate on which everything is played; the others are delivered, flipped and flipped back. */
const MAIN = 'storefront';
const SPEED = '5';

/** The verb. */
export async function labDrill(root: string, options: LabDrillOptions): Promise<number> {
  const started = performance.now();
  const tell = (line: string) =>
    console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);
  const speed = Number(options.speed ?? SPEED);
  const provider = options.withProvider === 'rds' ? 'rds' : 'stub';
  const estates: EstatePlayed[] = [];
  for (const plan of plansOf(root, options)) {
    estates.push(await playEstate(root, plan, { speed, provider }, tell));
  }
  const report = reportOf({ date: today(), commit: await commitOf(root), speed, provider }, estates);
  const dir = join(root, '.cache', 'drill');
  write(dir, {
    'report.json': JSON.stringify(report, null, 2),
    'report.md': markdownOf(report),
    'timeline.svg': timelineOf(report),
  });
  if (options.record) appendFileSync(join(root, 'docs', 'drills.md'), `${ledgerLine(report)}\n`);
  console.log(`\n${markdownOf(report)}\nreport: ${dir}`);
  return report.held ? EXIT.ok : EXIT.no;
}

function plansOf(root: string, { estate, scenario, withProvider: family }: LabDrillOptions): EstatePlan[] {
  const known = estateNames(readEstateFiles(root));
  if (estate !== undefined && !known.includes(estate)) {
    throw new UserError(
      `Cannot drill the estate "${estate}": no such folder, expected one of ${known.join(', ')}`,
      EXIT.usage,
    );
  }
  if (family !== undefined) return [{ estate: estate ?? MAIN, scenarios: withProvider }];
  const names = estate === undefined ? [MAIN, ...known.filter((one) => one !== MAIN)] : [estate];
  return names.map((name) => ({
    estate: name,
    scenarios: chosen(name === (estate ?? MAIN) ? scenarios : elsewhere, scenario),
  }));
}

function chosen(all: readonly Scenario[], names: readonly string[] | undefined): readonly Scenario[] {
  if (!names) return all;
  const unknown = names.filter((name) => !scenarios.some((one) => one.name === name));
  if (unknown.length > 0) {
    throw new UserError(
      `Cannot play "${unknown.join(', ')}": no such scenario, expected some of ${scenarios.map(({ name }) => name).join(', ')}`,
      EXIT.usage,
    );
  }
  return scenarios.filter(({ name }) => names.includes(name));
}

const today = () => new Date().toISOString().slice(0, 10);

async function commitOf(root: string): Promise<string> {
  const ran = await exec('git', ['-C', root, 'rev-parse', '--short', 'HEAD'], { timeout: 10_000 });
  return ran.ok ? ran.stdout.trim() : complaintOf(ran);
}

function write(dir: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(dir, `${name}.new`), text);
    renameSync(join(dir, `${name}.new`), join(dir, name));
  }
}
