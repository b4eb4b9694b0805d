/** `flipside synth`: renders the estates into `dist/`, or says how `dist/` differs from them. */
import { createTwoFilesPatch } from 'diff';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, type Rendered } from '../main';
import type { EstateInput } from '../spec/input';
import { jsonSchemas } from '../spec/jsonschema';
import { modelOf } from '../model/estate';
import { missingFacts } from '../model/missing-facts';
import { missingBeaconFacts } from '../platform';
import { formatProblems } from '../spec/format';
import { EXIT, UserError } from './answer';
import { readEstates } from './estates';
import { awsFiles } from './render/aws';
import { type Reviewed, reviewOf } from './render/review';
import { apply, compare, type Difference, sizeOf } from './tree';
import { colour, plural } from './ui/text';

/** What `synth` is called with. */
export interface SynthOptions {
  readonly estate?: string;
  readonly check?: boolean;
  readonly output?: string;
}

/** What a synth made. */
export interface Synthesis {
  readonly estates: readonly EstateInput[];
  readonly rendered: Rendered;
  /** By estate. */
  readonly reviews: ReadonlyMap<string, Reviewed>;
  readonly difference: Difference;
}

/** Lines of differences that `--check` prints before it only counts. */
const MAX_LINES = 200;

/** Renders and writes. Throws a UserError with every problem; then nothing was written. */
export function synthesize(root: string, { estate, output, check }: SynthOptions): Synthesis {
  const estates = readEstates(root, estate);
  assertFacts(estates);
  const applied = new Map([...render(estates), ...estates.flatMap((input) => awsFiles(root, input))]);
  const reviews = new Map(estates.map((input) => [input.estate.name, reviewOf(root, input, applied)]));
  const rendered = new Map([...applied, ...[...reviews.values()].flatMap(({ files }) => files)]);
  const dir = outputOf(root, output);
  const difference = compare(dir, rendered, (path) => !estate || path.startsWith(`${estate}/`));
  if (!check) apply(dir, rendered, difference);
  return { estates, rendered, reviews, difference };
}

/** Facts that only the model can miss. */
function assertFacts(estates: readonly EstateInput[]): void {
  const problems = estates
    .map(modelOf)
    .flatMap((model) => [...missingFacts(model), ...missingBeaconFacts(model)]);
  if (problems.length > 0) throw new UserError(formatProblems(problems));
}

/** `cdk8s synth` names its output folder in the environment of the app it runs. */
const outputOf = (root: string, output?: string) =>
  output ?? process.env['CDK8S_OUTDIR'] ?? join(root, 'dist');

/** The verb. */
export function synth(root: string, options: SynthOptions): number {
  const started = performance.now();
  const { rendered, difference } = synthesize(root, options);
  const schemas = options.output ? 0 : syncSchemas(root, options.check ?? false);
  if (!options.check) {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`rendered ${plural(rendered.size, 'file')} in ${seconds} s, ${changed(difference)} in dist/`);
    return EXIT.ok;
  }
  return report(outputOf(root, options.output), rendered, difference) + schemas === 0 ? EXIT.ok : EXIT.no;
}

const changed = (difference: Difference) => `${plural(sizeOf(difference), 'file')} changed`;

/** Editors read the JSON Schemas beside the estates; they are rendered like everything else. */
function syncSchemas(root: string, check: boolean): number {
  const dir = join(root, 'schemas');
  const tree = new Map([...jsonSchemas()].map(([path, text]) => [path.replace(/^schemas\//, ''), text]));
  const difference = compare(dir, tree);
  if (!check) apply(dir, tree, difference);
  if (check && sizeOf(difference) > 0) console.log(`schemas/ differs: ${changed(difference)}`);
  return sizeOf(difference);
}

function report(dir: string, rendered: Rendered, difference: Difference): number {
  const count = sizeOf(difference);
  if (count === 0) {
    console.log(`dist/ is what the estates render: ${plural(rendered.size, 'file')}`);
    return 0;
  }
  const lines = [...difference.added, ...difference.changed, ...difference.removed]
    .flatMap((path) => patch(dir, path, rendered.get(path) ?? ''))
    .map(tinted);
  console.log(lines.slice(0, MAX_LINES).join('\n'));
  if (lines.length > MAX_LINES) console.log(`… ${plural(lines.length - MAX_LINES, 'more line')}`);
  console.log(
    `\n${plural(count, 'file')} in dist/ differ from what the estates render; run: npx flipside synth`,
  );
  return count;
}

function patch(dir: string, path: string, wanted: string): string[] {
  const file = join(dir, path);
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return createTwoFilesPatch(`dist/${path}`, `dist/${path}`, present, wanted, 'committed', 'rendered')
    .split('\n')
    .slice(1);
}

function tinted(line: string): string {
  if (line.startsWith('+')) return colour.green(line);
  if (line.startsWith('-')) return colour.red(line);
  return line;
}
