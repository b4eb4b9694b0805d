/** `flipside review`: what a change does, one verdict for each thing, before it is merged. */
import { renameSync, writeFileSync } from 'node:fs';
import cloudFormation from '../imports/cloudformation-replacement.json';
import provider from '../imports/force-new.json';
import { markdownOf } from '../review/change/markdown';
import { changedFiles } from '../review/change/diff';
import { type ChangeReview, changeReview, type Side } from '../review/change/review';
import { type OutputFiles, renderedEstate } from '../review/rendered';
import type { EstateInput } from '../spec/input';
import { formatProblems } from '../spec/format';
import { loadEstates } from '../spec/load';
import { EXIT, UserError } from './answer';
import { type Compared, compareWith, type Files } from './review/base';
import { type Figures, FIGURES } from './review/figures';
import { textOf } from './review/text';
import { colour, plural } from './ui/text';

/** What `review` is called with. */
export interface ReviewOptions {
  readonly base: string;
  readonly estate?: string;
  readonly format?: string;
  readonly output?: string;
}

const FORMATS = ['text', 'markdown', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

/** After this long somebody wonders whether anything happens. */
const PATIENCE_MS = 2000;
/** Columns where there is no terminal. */
const WIDTH = 140;

/** The verb. 1 when somebody has to decide, else 0. */
export async function review(
  root: string,
  options: ReviewOptions,
  figures: Figures = FIGURES,
): Promise<number> {
  const started = performance.now();
  const format = formatOf(options, figures);
  const compared = await compareWith(root, options.base);
  const reviews = reviewsOf(compared, options.estate, figures, progress(started));
  const text = formatted(reviews, format, figures);
  if (options.output) writeAside(options.output, text);
  else process.stdout.write(text);
  if (format === 'text' && !options.output) console.log(ending(options, compared, reviews, started));
  return reviews.some(({ severity }) => severity === 'error') ? EXIT.no : EXIT.ok;
}

function formatOf({ format = 'text' }: ReviewOptions, { html }: Figures): Format {
  const known = FORMATS.find((one) => one === format && (one !== 'html' || html));
  if (known) return known;
  const expected = FORMATS.filter((one) => one !== 'html' || html).join(', ');
  throw new UserError(`Cannot answer as "${format}": not known, expected one of ${expected}`, EXIT.usage);
}

/** One review for each estate of which anything differs. Throws a UserError when what people wrote is not valid. */
export function reviewsOf(
  { base, head }: Compared,
  only: string | undefined,
  figures: Figures,
  tell: (estate: string) => void = () => {},
): ChangeReview[] {
  const after = loadEstates(below(head, 'estates/'));
  if (after.problems.length > 0) throw new UserError(formatProblems(after.problems));
  // A commit of long ago may not be valid any more: its output can still be compared.
  const before = loadEstates(below(base, 'estates/'));
  return estatesOf(base, head, only).map((name) => {
    tell(name);
    const sides = [sideOf(name, base, before.inputs), sideOf(name, head, after.inputs)] as const;
    const [from, to] = sides.map((side) => priced(side, sides, figures));
    return changeReview(name, from ?? sides[0], to ?? sides[1], { provider, cloudFormation });
  });
}

const below = (files: Files, folder: string): Files =>
  new Map([...files].filter(([path]) => path.startsWith(folder)));

/** Those with a file that is not the same on both sides. */
function estatesOf(base: Files, head: Files, only: string | undefined): string[] {
  const paths = [...new Set([...base.keys(), ...head.keys()])];
  const names = new Set(paths.map((path) => path.split('/')[1] ?? ''));
  if (only !== undefined && !names.has(only))
    throw new UserError(
      `Cannot find the estate "${only}": neither now nor before, expected one of ${[...names].join(', ')}`,
      EXIT.usage,
    );
  const differing = new Set(
    paths.filter((path) => base.get(path) !== head.get(path)).map((path) => path.split('/')[1]),
  );
  return [...names].filter((name) => differing.has(name) && (only ?? name) === name).toSorted();
}

function sideOf(name: string, files: Files, inputs: readonly EstateInput[]): Side {
  const input = inputs.find(({ estate }) => estate.name === name);
  const root = `dist/${name}/`;
  const own: OutputFiles = new Map(
    [...below(files, root)].map(([path, bytes]) => [path.slice(root.length), textOfBytes(bytes)]),
  );
  return { files: own, ...(input && { input }) };
}

/** Equal bytes give the same text without being read twice. */
const TEXTS = new WeakMap<Buffer, string>();

function textOfBytes(bytes: Buffer): string {
  const known = TEXTS.get(bytes) ?? bytes.toString('utf8');
  TEXTS.set(bytes, known);
  return known;
}

/** Figures take the whole estate; nothing that is equal on both sides moves them. */
function priced(side: Side, [base, head]: readonly [Side, Side], { cost, assess }: Figures): Side {
  const isSame = changedFiles({ base: base.files, head: head.files }).length === 0;
  if (!side.input || isSame || !(cost ?? assess)) return side;
  const estate = renderedEstate(side.input, side.files);
  return { ...side, ...(cost && { cost: cost(estate) }), ...(assess && { assessment: assess(estate) }) };
}

function formatted(reviews: readonly ChangeReview[], format: Format, { html }: Figures): string {
  const forms: Record<Format, () => string> = {
    text: () => `${textOf(reviews, process.stdout.columns ?? WIDTH).join('\n')}\n`,
    markdown: () => markdownOf(reviews),
    json: () => `${JSON.stringify({ estates: reviews }, null, 2)}\n`,
    html: () => html?.(reviews) ?? '',
  };
  return forms[format]();
}

function writeAside(path: string, text: string): void {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text);
  renameSync(aside, path);
}

function progress(started: number): (estate: string) => void {
  return (estate) => {
    if (performance.now() - started > PATIENCE_MS)
      process.stderr.write(colour.dim(`comparing ${estate} …\n`));
  };
}

function ending(
  { base }: ReviewOptions,
  { commit }: Compared,
  reviews: readonly ChangeReview[],
  started: number,
): string {
  const files = reviews.reduce((sum, { compared }) => sum + compared.files, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return colour.dim(
    `compared with ${base} (${commit.slice(0, 7)}) in ${seconds} s: ${plural(files, 'file')} of the output differ`,
  );
}
