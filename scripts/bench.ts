/** `flipside bench`: prints each budget with its limit and, in the same run, what a user would otherwise pick. */
import { cpus, totalmem } from 'node:os';
import { benchCompose } from './bench/compose';
import type { Figure } from './bench/figure';
import { benchReview } from './bench/review';
import { benchSimulation } from './bench/simulation';
import { benchStacks } from './bench/stacks';
import { benchSynth } from './bench/synth';
import { EXIT } from './answer';
import { colour, columns } from './ui/text';

/** The verb. Figures are printed, never asserted: a slow machine is not a failure. */
export async function bench(root: string, options: { json?: boolean }): Promise<number> {
  const figures: Figure[] = [];
  for (const [part, measure] of PARTS) {
    process.stderr.write(colour.dim(`measuring ${part} …\n`));
    figures.push(...(await measure(root)));
  }
  if (options.json) console.log(JSON.stringify({ machine: machine(), figures }, null, 2));
  if (!options.json) print(figures);
  return EXIT.ok;
}

/** The longest of them, the review of 1,000 services, takes minutes. */
const PARTS: readonly (readonly [string, (root: string) => Figure[] | Promise<Figure[]>])[] = [
  ['synthesis', benchSynth],
  ['stacks', benchStacks],
  ['review', benchReview],
  ['the function', benchCompose],
  ['the simulation', benchSimulation],
];

const machine = () =>
  `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

function print(figures: readonly Figure[]): void {
  console.log(`\n${machine()}; medians of whole processes\n`);
  columns([['what', 'value', 'limit', ''], ...figures.map(rowOf)]).forEach((line) =>
    console.log(`  ${line}`),
  );
}

function rowOf({ what, value, unit, limit, missing }: Figure): string[] {
  if (missing) return [what, missing, '', ''];
  const verdict = limit === undefined ? '' : value <= limit ? colour.green('ok') : colour.red('over');
  return [what, `${round(value)} ${unit}`, limit === undefined ? '' : `${limit} ${unit}`, verdict];
}

const round = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
