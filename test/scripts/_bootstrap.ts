/** A bootstrap of the small estate. The programs it runs are stand-ins on the PATH that write down how they were called. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lay, scratch } from '../helpers/cli';
import { estateFiles } from '../helpers/estate';
import { type FakeCloud, fakeCloud, flipsideBeside } from './_cloud';

export const ENDPOINT = 'https://0123.gr7.us-east-1.eks.amazonaws.com';

/** What a test file works on: the rendered estate, the parts that are installed, and an AWS that answers. */
export interface Bench {
  readonly cloud: FakeCloud;
  readonly dir: string;
}

/** Lays it out; end its cloud after the tests. */
export async function benchOf(): Promise<Bench> {
  const cloud = await fakeCloud();
  const dir = scratch();
  lay(dir, estateFiles());
  await flipsideBeside(['synth', '--directory', dir, '--output', join(dir, 'dist')], {});
  lay(dir, parts());
  return { cloud, dir };
}

/** Folders as the modules publish them, as small as they can be. */
function parts(): Map<string, Uint8Array> {
  const files = {
    'imports/sources.yaml': readFileSync(join(__dirname, '..', '..', 'imports', 'sources.yaml'), 'utf8'),
    'argocd/install.yaml': INSTALL,
    'crossplane/Chart.yaml': 'name: crossplane\nversion: 0.0.1\n',
    'eso/crds/bundle.yaml': 'kind: CustomResourceDefinition\nmetadata: { name: externalsecrets }\n',
    'eso/charts/external-secrets/Chart.yaml': 'name: external-secrets\ndependencies: [{ name: bitwarden }]\n',
  };
  return new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

const INSTALL = `apiVersion: apps/v1
kind: Deployment
metadata: { name: argocd-server }
spec:
  template:
    spec:
      containers:
        - image: quay.io/argoproj/argocd:v3.2.11
          name: server
        - name: redis
          image: public.ecr.aws/docker/library/redis:8.2.2-alpine
`;

/** What the stand-ins answer, by the first words of the call; the rest succeeds and says nothing. */
export type Answers = Readonly<Record<string, string>>;

export const WELL: Answers = {
  'aws sts': 'echo 111111111111',
  'aws eks': `echo ${ENDPOINT}`,
  'kubectl config': `printf %s ${ENDPOINT}`,
  'kubectl get --raw=/readyz': 'printf ok',
  'helm template': 'printf "kind: Deployment\\nmetadata: { name: rendered }\\n"',
};

/** Puts the stand-ins in a folder of their own; their calls come one to a line. */
function standIns({ cloud }: Bench, answers: Answers) {
  const bin = scratch();
  const log = join(bin, 'calls');
  for (const program of ['aws', 'kubectl', 'helm']) {
    const cases = Object.entries(answers).map(([call, does]) => `"${call}"*) ${does};;`);
    const script = [
      '#!/bin/sh',
      `echo "${program} $*" >> ${log}`,
      `case "${program} $*" in`,
      ...cases,
      '*) ;;',
      'esac',
    ];
    writeFileSync(join(bin, program), `${script.join('\n')}\n`);
    chmodSync(join(bin, program), 0o755);
  }
  const calls = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  return { env: { ...cloud.env, PATH: `${bin}:${process.env['PATH']}` }, calls };
}

/** Options that name the folders of the parts. */
export const foldersIn = ({ dir }: Bench): string[] =>
  Object.entries({
    '--argocd-manifests': 'argocd',
    '--crossplane-chart': 'crossplane',
    '--external-secrets': 'eso',
  }).flatMap(([option, folder]) => [option, join(dir, folder)]);

/** Runs it, and gives what was called. */
export function bootstrapWith(bench: Bench, answers: Answers, ...args: string[]) {
  const { env, calls } = standIns(bench, answers);
  const run = flipsideBeside(
    'bootstrap --estate shop --region us-east-1 --directory'
      .split(' ')
      .concat(bench.dir, foldersIn(bench), args),
    env,
  );
  return run.then((ran) => ({ ...ran, calls: calls() }));
}

export const application = (name: string, sync = 'Synced', health = 'Healthy') => ({
  metadata: { name },
  status: { sync: { status: sync }, health: { status: health } },
});

export const APPLICATIONS = [
  'root',
  'apis',
  'catalog',
  'claims-sales',
  'crossplane',
  'flip',
  'function',
  'nodes',
].concat(['primary-region', 'team-sales', 'web']);

/** Answers as a cluster in which these applications stand. */
export function withApplications(items: readonly object[]): Answers {
  const file = join(scratch(), 'applications.json');
  writeFileSync(file, JSON.stringify({ items }));
  return { ...WELL, 'kubectl get applications.argoproj.io --namespace=argocd --output=json': `cat ${file}` };
}
