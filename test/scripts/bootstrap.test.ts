/** `flipside bootstrap`. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationsIn, isWhole } from '../../scripts/bootstrap/applications';
import { lay, scratch } from '../helpers/cli';
import { change, estateFiles } from '../helpers/estate';
import {
  type Answers,
  application,
  APPLICATIONS,
  type Bench,
  benchOf,
  bootstrapWith as bootstrapOn,
  ENDPOINT,
  WELL,
  withApplications,
} from './_bootstrap';
import { flipsideBeside } from './_cloud';

jest.setTimeout(120_000);

let bench: Bench;

beforeAll(async () => {
  bench = await benchOf();
});
afterAll(() => bench.cloud.close());

const bootstrapWith = (answers: Answers, ...args: string[]) => bootstrapOn(bench, answers, ...args);

describe('--dry-run', () => {
  test('prints every command and object in order, and applies nothing where nothing answers', async () => {
    const { out, calls, code } = await bootstrapWith(
      { aws: 'exit 1', kubectl: 'echo no context >&2; exit 1', helm: 'exit 1' },
      '--dry-run',
    );
    const heads = [
      'Is it prod-us-east-1?',
      'Namespaces',
      'Nodes',
      'Argo CD v',
      'Crossplane v',
      'External Secrets v',
    ];
    const places = [...heads, 'Hand over to Git'].map((head) => out.indexOf(`\n${head}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(out).toContain('--field-manager=flipside-root');
    expect(out).toContain('Application root');
    expect(out).toContain('    Cannot run "helm template');
    expect(calls.filter((call) => call.startsWith('kubectl apply'))).toEqual([]);
    expect(code).toBe(0);
  });

  test('lets the API server try, where it answers', async () => {
    const { calls, out } = await bootstrapWith(
      { ...WELL, 'kubectl apply': 'echo application/root serverside-applied "(server dry run)"' },
      '--dry-run',
    );
    const applies = calls.filter((call) => call.startsWith('kubectl apply'));
    expect(applies.length).toBeGreaterThan(5);
    expect(applies.every((call) => call.includes('--dry-run=server'))).toBe(true);
    expect(calls.filter((call) => /rollout restart|accept-transit/.test(call))).toEqual([]);
    expect(out).toContain('(server dry run)');
  });
});

describe('a run', () => {
  test('applies in order, hands over, and ends when every application is healthy', async () => {
    const answers = withApplications(APPLICATIONS.map((name) => application(name)));
    const { out, err, code, calls } = await bootstrapWith(answers);
    expect(err).not.toContain('Cannot');
    expect(code).toBe(0);
    expect(out).toContain('Every application is synced and healthy');
    const applied = calls.flatMap((call) => /^kubectl apply.*--filename=(\S+)/.exec(call)?.[1] ?? []);
    expect(applied.map((path) => path.replace(`${bench.dir}/`, ''))).toEqual([
      '.cache/bootstrap/shop/prod-us-east-1/namespaces.yaml',
      'dist/shop/kubernetes/prod-us-east-1/nodes',
      '.cache/bootstrap/shop/prod-us-east-1/argocd.yaml',
      '.cache/bootstrap/shop/prod-us-east-1/crossplane.yaml',
      'eso/crds/bundle.yaml',
      '.cache/bootstrap/shop/prod-us-east-1/external-secrets.yaml',
      'dist/shop/kubernetes/prod-us-east-1/root',
    ]);
    expect(calls.every((call) => !call.startsWith('kubectl apply') || call.includes('--server-side'))).toBe(
      true,
    );
  });

  test('settings have another owner than the installation, so that installing again leaves them', async () => {
    const { calls } = await bootstrapWith(withApplications(APPLICATIONS.map((name) => application(name))));
    const ownerOf = (path: string) =>
      calls.flatMap((call) => (call.endsWith(path) ? (/--field-manager=(\S+)/.exec(call)?.[1] ?? []) : []));
    expect(ownerOf('/argocd.yaml')).not.toEqual(ownerOf('/root'));
    expect(ownerOf('/nodes')).toEqual(['argocd-controller']);
  });

  test('a chart is rendered without the dependencies that would have to be fetched', async () => {
    await bootstrapWith(withApplications(APPLICATIONS.map((name) => application(name))));
    const chart = join(bench.dir, '.cache/bootstrap/shop/prod-us-east-1/external-secrets/Chart.yaml');
    expect(readFileSync(chart, 'utf8')).not.toContain('bitwarden');
  });
});

describe('a run that does not get there', () => {
  test('applications that are not healthy in time are no failure and no success', async () => {
    const some = APPLICATIONS.map((name) =>
      application(name, 'Synced', name === 'web' ? 'Progressing' : 'Healthy'),
    );
    const { out, code } = await bootstrapWith(withApplications(some), '--timeout', '1s');
    expect(out).toMatch(/web +Synced +Progressing/);
    expect(code).toBe(3);
  });

  test('a stage that fails ends it, with the command to look at', async () => {
    const { err, code, calls } = await bootstrapWith({
      ...WELL,
      'kubectl rollout status deployment/argocd-repo-server': 'echo "exceeded its deadline" >&2; exit 1',
    });
    expect(err).toContain('Cannot finish "Argo CD');
    expect(err).toContain('exceeded its deadline');
    expect(calls.some((call) => call.startsWith('helm'))).toBe(false);
    expect(code).toBe(1);
  });
});

const wrong: Record<string, { reason: string; answers: Answers; says: string }> = {
  'another account': {
    reason: 'the credentials are not those of the estate',
    answers: { ...WELL, 'aws sts': 'echo 999999999999' },
    says: 'wrong      account: 999999999999, expected 111111111111',
  },
  'another cluster': {
    reason: 'a context may bear the right name and lead elsewhere',
    answers: { ...WELL, 'kubectl config': 'printf https://other.example.com' },
    says: `wrong      address of the context: https://other.example.com, expected ${ENDPOINT}`,
  },
  'no answer': {
    reason: 'a private endpoint without a way to it',
    answers: { ...WELL, 'kubectl get --raw=/readyz': 'echo "connection refused" >&2; exit 1' },
    says: 'not known  API server: kubectl: connection refused',
  },
};

test.each(Object.entries(wrong))('%s: nothing is applied', async (_, { answers, says }) => {
  const { out, code, calls } = await bootstrapWith(answers);
  expect(out).toContain(says);
  expect(code).toBe(1);
  expect(calls.filter((call) => /kubectl apply|helm/.test(call))).toEqual([]);
});

test('placeholder facts and a missing render are told at once', async () => {
  const other = scratch();
  lay(other, estateFiles(change('facts/prod-us-east-1.yaml', /^/, 'placeholder: true\n')));
  mkdirSync(join(other, 'dist'));
  const { err, code } = await flipsideBeside(
    ['bootstrap', '--estate', 'shop', '--region', 'us-east-1', '--directory', other],
    {},
  );
  expect(err).toContain('placeholder values');
  expect(err).toContain('npx flipside synth');
  expect(code).toBe(1);
});

const ATTACHMENT = 'tgw-attach-0123456789abcdef0';
const states: Record<string, { reason: string; state: string; accepted: boolean; code: number }> = {
  pendingAcceptance: { reason: 'the first run', state: 'pendingAcceptance', accepted: true, code: 0 },
  available: { reason: 'a later run', state: 'available', accepted: false, code: 0 },
  rejected: { reason: 'somebody said no', state: 'rejected', accepted: false, code: 1 },
};

test.each(Object.entries(states))('a peering that is %s', async (_, { state, accepted, code }) => {
  bench.cloud.stacks['us-east-1/shop-prod-us-east-1-peering'] = {
    status: 'CREATE_COMPLETE',
    outputs: { PeeringAttachmentId: ATTACHMENT },
  };
  const items = APPLICATIONS.map((name) => application(name));
  const answers = { ...withApplications(items), 'aws ec2 describe-transit': `echo ${state}` };
  const run = await bootstrapWith(answers, '--region', 'eu-west-1');
  expect(run.calls.some((call) => call.includes(`accept`) && call.includes(ATTACHMENT))).toBe(accepted);
  expect(run.code).toBe(code);
});

describe('applications', () => {
  test('the root alone is not everything', () => {
    const seen = applicationsIn(JSON.stringify({ items: [application('root')] }));
    expect(isWhole(seen, ['root'])).toBe(true);
    expect(isWhole(seen, ['root', 'apis'])).toBe(false);
  });

  test('one that has not been looked at yet is not healthy', () => {
    const seen = applicationsIn(JSON.stringify({ items: [{ metadata: { name: 'root' } }] }));
    expect(isWhole(seen, ['root'])).toBe(false);
  });
});
