/** Where the images of a bootstrap come from. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answers,
  application,
  APPLICATIONS,
  type Bench,
  benchOf,
  bootstrapWith as bootstrapOn,
  foldersIn,
  WELL,
  withApplications,
} from './_bootstrap';
import { flipsideBeside } from './_cloud';

jest.setTimeout(120_000);

const OWN = '111111111111.dkr.ecr.us-east-1.amazonaws.com/flipside';

let bench: Bench;

beforeAll(async () => {
  bench = await benchOf();
});
afterAll(() => bench.cloud.close());

const bootstrapWith = (answers: Answers, ...args: string[]) => bootstrapOn(bench, answers, ...args);

test('every image comes from the registry of the region: a failover asks no other', async () => {
  const { calls } = await bootstrapWith(withApplications(APPLICATIONS.map((name) => application(name))));
  const argocd = readFileSync(join(bench.dir, '.cache/bootstrap/shop/prod-us-east-1/argocd.yaml'), 'utf8');
  expect([...argocd.matchAll(/image: (\S+)/g)].map(([, image]) => image)).toEqual([
    `${OWN}/argocd:v3.2.11`,
    `${OWN}/redis:8.2.2-alpine`,
  ]);
  const charts = calls.filter((call) => call.startsWith('helm template')).join('\n');
  for (const value of [
    `image.repository=${OWN}/crossplane`,
    ...['', 'webhook.', 'certController.'].map((part) => `${part}image.repository=${OWN}/external-secrets`),
  ])
    expect(charts).toContain(value);
});

test('images are pulled from where they are published only when asked to', async () => {
  const answers = withApplications(APPLICATIONS.map((name) => application(name)));
  const { calls } = await bootstrapWith(answers, '--public-images');
  expect(calls.some((call) => call.endsWith('/argocd/install.yaml'))).toBe(true);
  expect(calls.filter((call) => call.includes('.repository='))).toEqual([]);
});

test('an image that is kept nowhere is not installed', async () => {
  const chart = 'printf "kind: Deployment\\nspec:\\n  - image: docker.io/other/thing:1\\n"';
  const { err, code, calls } = await bootstrapWith({ ...WELL, 'helm template': chart });
  expect(err).toContain('Cannot install "docker.io/other/thing:1": not in 111111111111.dkr.ecr.us-east-1');
  expect(calls.some((call) => call.endsWith('/crossplane.yaml'))).toBe(false);
  expect(code).toBe(1);
});

test('S3-24: images and packages are copied with their tags into the registry that ECR replicates', async () => {
  const { out, code } = await flipsideBeside(
    ['images', '--estate', 'shop', '--directory', bench.dir, ...foldersIn(bench)],
    {},
  );
  const copies = [...out.matchAll(/^crane copy (\S+) (\S+)$/gm)].map(([, from, to]) => [from, to]);
  expect(copies).toContainEqual(['quay.io/argoproj/argocd:v3.2.11', `${OWN}/argocd:v3.2.11`]);
  expect(copies).toContainEqual([
    'xpkg.upbound.io/upbound/provider-aws-rds:v2.5.0',
    `${OWN}/provider-aws-rds:v2.5.0`,
  ]);
  expect(spawnSync('sh', ['-n'], { input: out, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  expect(code).toBe(0);
});
