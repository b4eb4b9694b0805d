/** `flipside start`: synthesizes everything and shows a newcomer what there is. */
import { modelOf } from '../model/estate';
import type { EstateInput } from '../spec/input';
import { lossOf } from '../simulation/story';
import { clockFace } from '../simulation/timeline';
import { EXIT } from './answer';
import { type Synthesis, synthesize } from './synth';
import { sizeOf } from './tree';
import { colour, columns, plural } from './ui/text';

/** The verb. */
export async function start(root: string): Promise<number> {
  const started = performance.now();
  const synthesis = synthesize(root, {});
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { estates, difference } = synthesis;
  console.log(
    `${colour.bold('Flipside')}  ${plural(estates.length, 'estate')}, two regions each, no cloud needed\n`,
  );
  print(columns([HEADING, ...estates.map((input) => rowOf(input, synthesis))]));
  console.log(`\n  rendered in ${seconds} s, ${plural(sizeOf(difference), 'file')} changed in dist/`);
  print(placeholders(estates));
  await tellLoss(estates);
  console.log();
  print(nextSteps(synthesis));
  return EXIT.ok;
}

/** The estate whose loss is played, and the seed that decides how. */
const STORY = { estate: 'storefront', seed: 42 } as const;

/** Plays the loss of a region, so that a newcomer sees a flip before reading about it. */
async function tellLoss(estates: readonly EstateInput[]): Promise<void> {
  const input = estates.find(({ estate }) => estate.name === STORY.estate) ?? estates[0];
  if (!input) return;
  const { estate, lost, seed, lines, verdict } = await lossOf(modelOf(input), STORY.seed);
  const source = `simulated, AWS times from published figures, seed ${seed}`;
  console.log(`\n${colour.bold(`What if ${estate} loses ${lost}?`)} (${source})`);
  print(columns(lines.map(({ at, what, note }) => [clockFace(at), what, colour.dim(note)])));
  console.log();
  print(verdict.split('\n'));
}

/** Kubernetes objects; stacks and reports are no such thing. */
const OBJECTS = /^[^/]+\/(kubernetes|composed)\//;

const HEADING = ['estate', 'pattern', 'clusters', 'claims', 'services', 'objects', 'review'];

function rowOf(input: EstateInput, { rendered, reviews }: Synthesis): (string | number)[] {
  const { estate, services, claims } = input;
  const clusters = modelOf(input).clusters.map(({ name }) => name);
  const objects = [...rendered]
    .filter(([path]) => OBJECTS.test(path) && path.startsWith(`${estate.name}/`))
    .reduce((sum, [, text]) => sum + text.split('---\n').length, 0);
  const { errors = 0, waived = 0 } = reviews.get(estate.name) ?? {};
  const review = errors > 0 ? plural(errors, 'error') : waived > 0 ? `${waived} waived` : 'ok';
  return [estate.name, estate.pattern, clusters.join(' '), claims.length, services.length, objects, review];
}

const placeholders = (estates: readonly EstateInput[]) =>
  estates
    .filter(({ facts }) => Object.values(facts).some(({ placeholder }) => placeholder))
    .map(({ estate }) => estate.name)
    .reduce<string[]>(
      (lines, name) => [lines[0] ? `${lines[0]}, ${name}` : `facts are placeholders in ${name}`],
      [],
    )
    .map((line) => colour.yellow(`${line}: \`flipside facts\` fills them after a bootstrap`));

function nextSteps({ rendered }: Synthesis): string[] {
  const example = [...rendered.keys()].find(
    (path) => path.includes('/composed/') && path.endsWith('orders.yaml'),
  );
  return columns([
    [colour.bold('Next:'), 'see a claim become AWS resources', `dist/${example ?? ''}`],
    ['', 'see what Argo CD applies', 'dist/<estate>/kubernetes/<cluster>/<application>/'],
    ['', 'change something and look again', 'npx flipside synth --check'],
    ['', 'prove the flip under random faults', 'npx flipside drill --simulate'],
    ['', 'read what on-call does', 'runbooks/README.md'],
  ]);
}

const print = (lines: readonly string[]) => lines.forEach((line) => console.log(`  ${line}`));
