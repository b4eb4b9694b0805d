/** `flipside start`: synthesizes everything and shows a newcomer what there is. */
import { modelOf } from '../model/estate';
import type { EstateInput } from '../spec/input';
import { EXIT } from './answer';
import { type Synthesis, synthesize } from './synth';
import { sizeOf } from './tree';
import { colour, columns, plural } from './ui/text';

/** The verb. */
export function start(root: string): number {
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
  console.log();
  print(nextSteps(synthesis));
  return EXIT.ok;
}

const HEADING = ['estate', 'pattern', 'clusters', 'claims', 'services', 'objects'];

function rowOf(input: EstateInput, { rendered }: Synthesis): (string | number)[] {
  const { estate, services, claims } = input;
  const clusters = modelOf(input).clusters.map(({ name }) => name);
  const objects = [...rendered]
    .filter(([path]) => path.startsWith(`${estate.name}/`))
    .reduce((sum, [, text]) => sum + text.split('---\n').length, 0);
  return [estate.name, estate.pattern, clusters.join(' '), claims.length, services.length, objects];
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
  ]);
}

const print = (lines: readonly string[]) => lines.forEach((line) => console.log(`  ${line}`));
