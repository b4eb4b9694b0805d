/** Synthesis: the committed estates, then growing numbers of services beside the tools a user would pick. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Figure } from './figure';
import { generateEstate, generateHelm, generateKustomize, objectsOfOneService } from './generated';
import { flipside, installed, medianSeconds } from './time';

const RUNS = 5;

/** Every synthesis figure. */
export async function benchSynth(root: string): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'flipside-bench-'));
  try {
    const estates = medianSeconds(synth(root, root, join(dir, 'dist')), RUNS);
    const grown = [10, 100, 1000].map((count) => ({ count, seconds: services(root, dir, count) }));
    return [
      { what: 'synth of all estates', value: estates, unit: 's', limit: 1.5 },
      ...grown.map(({ count, seconds }) => ({
        what: `synth of ${count} services in two regions`,
        value: seconds,
        unit: 's' as const,
        ...(count === 1000 && { limit: 1.2 }),
      })),
      { what: '1,000 services against 100', value: ratio(grown), unit: 'x', limit: 11 },
      ...alternatives(root, dir),
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const synth = (root: string, input: string, output: string) =>
  flipside(root, 'synth', '--directory', input, '--output', output);

const ratio = (grown: readonly { count: number; seconds: number }[]) =>
  (grown[2]?.seconds ?? Number.NaN) / (grown[1]?.seconds ?? Number.NaN);

function services(root: string, dir: string, count: number): number {
  const input = join(dir, `services-${count}`);
  generateEstate(root, input, count);
  return medianSeconds(synth(root, input, join(input, 'dist')), RUNS);
}

/** The same services, one region, through other tools. Kustomize and stock cdk8s take minutes for 1,000. */
const COMPARED = 100;

function alternatives(root: string, dir: string): Figure[] {
  const rendered = join(
    dir,
    'services-100',
    'dist',
    'storefront',
    'kubernetes',
    'prod-us-east-1',
    'service-0',
  );
  const objects = objectsOfOneService(readFileSync(join(rendered, 'service-0.yaml'), 'utf8'));
  const kustomize = join(dir, 'kustomize');
  generateKustomize(kustomize, objects, COMPARED);
  return [
    stock(root, dir),
    tool(root, `kustomize: ${COMPARED} services, one region`, 'kustomize', ['build', kustomize]),
    ...[COMPARED, 1000].map((count) => {
      const chart = join(dir, `helm-${count}`);
      generateHelm(chart, objects, count);
      return tool(root, `helm: ${count} services, one region`, 'helm', ['template', 'bench', chart]);
    }),
  ];
}

function tool(root: string, what: string, name: string, args: readonly string[]): Figure {
  const program = installed(root, name);
  if (!program) return { what, value: Number.NaN, unit: 's', missing: 'not installed' };
  return { what, value: medianSeconds([program, ...args], RUNS), unit: 's' };
}

/** The stock way: one App with a Chart for each service, through the cdk8s command line. */
function stock(root: string, dir: string): Figure {
  const outfile = join(root, '.cache', 'bench', 'stock.cjs');
  buildSync({
    entryPoints: [join(root, 'scripts', 'bench', 'stock.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
  });
  const input = join(dir, `services-${COMPARED}`);
  writeFileSync(
    join(dir, 'cdk8s.yaml'),
    `language: typescript\napp: node ${outfile} ${input}\noutput: stock\n`,
  );
  const cli = join(root, 'node_modules', '.bin', 'cdk8s');
  const seconds = medianSeconds([cli, 'synth', '--check-upgrade=false'], RUNS, dir);
  return { what: `stock cdk8s synth: ${COMPARED} services, two regions`, value: seconds, unit: 's' };
}
