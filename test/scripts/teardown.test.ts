/** `flipside stacks` and `flipside teardown`: what they print for the committed estates. */
import { spawnSync } from 'node:child_process';
import { readEstates } from '../../scripts/estates';
import { modelOf } from '../../model/estate';
import { stackParameters } from '../../model/outputs';
import { deploymentOf } from '../../scripts/aws/order';
import { flipside, type Run, root } from '../helpers/cli';

jest.setTimeout(120_000);

const ESTATES = ['storefront', 'capstone', 'pilot-light', 'warm-standby', 'global-tables'];

const runs = new Map<string, Run>();

/** Each command is run once. */
function said(...args: string[]): Run {
  const key = args.join(' ');
  const run = runs.get(key) ?? flipside(args);
  runs.set(key, run);
  return run;
}

const planOf = (estate: string, ...args: string[]) =>
  said('teardown', '--estate', estate, '--even-with-data', ...args).out.split('\n');

/** Line numbers on which a pattern stands. */
const linesOf = (lines: readonly string[], pattern: RegExp) =>
  lines.flatMap((line, index) => (pattern.test(line) ? [index] : []));

/** Every line of the first stands above every line of the second, and both are there. */
function isBefore(lines: readonly string[], first: RegExp, second: RegExp): boolean {
  const [before, after] = [linesOf(lines, first), linesOf(lines, second)];
  return before.length > 0 && after.length > 0 && Math.max(...before) < Math.min(...after);
}

const isShell = (text: string) => spawnSync('sh', ['-n'], { input: text, encoding: 'utf8' });

test('without being told it prints no command, and names everything that holds data or is protected', () => {
  const { out, code } = flipside(['teardown', '--estate', 'warm-standby']);
  expect(code).toBe(1);
  expect(out).toContain('rds.Cluster prod-us-east-1-warm-standby-shop-orders in us-east-1');
  expect(out).toContain('rds.GlobalCluster prod-warm-standby-shop-orders');
  expect(out).toContain('elasticache.GlobalReplicationGroup');
  expect(out).toContain('s3.Bucket prod-us-west-2-warm-standby-shop-content');
  expect(out).toContain('stack warm-standby-prod-us-east-1-network in us-east-1: protected');
  expect(out).not.toMatch(/^(aws|kubectl) /m);
});

const environments: Record<string, string[]> = { capstone: ['prod', 'staging', 'dev'] };

test.each(ESTATES)('%s: a plan for each environment, in a shell’s own words', (estate) => {
  for (const environment of environments[estate] ?? ['prod']) {
    const args = environment === 'prod' ? [] : ['--environment', environment];
    const text = planOf(estate, ...args).join('\n');
    expect(text).toContain('delete-stack');
    expect(isShell(text)).toMatchObject({ status: 0, stderr: '' });
  }
});

const orders: Record<string, { estate: string; reason: string; order: readonly RegExp[] }> = {
  'nobody brings anything back': {
    estate: 'warm-standby',
    reason: 'Argo CD would make a claim again, and a claim its store',
    order: [/delete applications/, /delete postgresdatabases/, /delete-db-cluster /, /nodepools/],
  },
  'no store goes while a controller may still want it': {
    estate: 'warm-standby',
    reason: 'it would be made again, empty',
    order: [/get managed/, /delete-db-cluster /],
  },
  'the follower goes before the writer, and what joined them last': {
    estate: 'warm-standby',
    reason: 'a global database with members cannot be deleted',
    order: [
      /remove-from-global-cluster .*us-west-2/,
      /delete-db-cluster .*--region us-west-2/,
      /remove-from-global-cluster .*us-east-1/,
      /delete-db-cluster .*--region us-east-1/,
      /delete-global-cluster/,
    ],
  },
  'a member leaves before its instances go': {
    estate: 'warm-standby',
    reason: 'a cluster without instances cannot leave a global database',
    order: [
      /remove-from-global-cluster .*us-east-1/,
      /delete-db-instance .*us-east-1/,
      /delete-db-cluster .*--region us-east-1/,
    ],
  },
  'a global datastore is taken apart first': {
    estate: 'warm-standby',
    reason: 'a member cannot be deleted',
    order: [/disassociate-global/, /delete-global-replication-group/, /delete-replication-group/],
  },
  'a table leaves a backup, then its replicas go, then itself': {
    estate: 'global-tables',
    reason: 'the last copy is kept',
    order: [/create-backup/, /Delete=\{RegionName/, /dynamodb delete-table/],
  },
  'stacks in reverse': {
    estate: 'warm-standby',
    reason: 'what another stack uses goes after it; a cluster holds its network',
    order: [
      /delete-stack .*us-east-1-routes/,
      /delete-stack .*us-east-1-peering/,
      /eks delete-cluster .*us-east-1/,
      /delete-stack .*us-east-1-network/,
      /delete-stack .*us-east-1-data$/,
    ],
  },
};

test.each(Object.entries(orders))('%s', (_, { estate, order }) => {
  const lines = planOf(estate);
  const pairs = order.slice(1).map((after, index) => [order[index] ?? after, after] as const);
  expect(pairs.filter(([first, second]) => !isBefore(lines, first, second))).toEqual([]);
});

test('no backup, snapshot or vault is ever deleted', () => {
  for (const estate of ESTATES) {
    const text = planOf(estate).join('\n');
    expect(text).not.toMatch(
      /delete-(?:backup|recovery-point|[\w-]*snapshot|[\w-]*vault)|skip-final|force-delete/,
    );
    expect(text).not.toMatch(/ --delete-automated-backups|s3 rm|rb --force|delete-objects/);
  }
});

test('it asks who is signed in before the first deletion', () => {
  expect(isBefore(planOf('pilot-light'), /sts get-caller-identity.*= \d{12}$/, / delete[- ]/)).toBe(true);
});

const models = readEstates(root).map(modelOf);

test('stacks are deployed after whatever they take a value from', () => {
  for (const model of models) {
    for (const environment of new Set(model.clusters.map((one) => one.environment))) {
      const planned = deploymentOf(model, environment);
      const place = new Map(planned.map(({ name }, index) => [name, index]));
      for (const { name, after } of planned) {
        for (const one of after)
          expect([name, one, (place.get(one) ?? 1e9) < (place.get(name) ?? -1)]).toEqual([name, one, true]);
      }
    }
  }
});

test('every parameter of every stack is given by a command', () => {
  for (const model of models) {
    const { out } = said('stacks', '--estate', model.estate.name);
    const prod = model.clusters.filter(({ environment }) => environment === 'prod');
    const wanted = prod.flatMap((cluster) => stackParameters(model, cluster));
    for (const { parameter } of wanted) expect(out).toContain(`--parameters "${parameter}=$(`);
    expect(out.match(/--parameters /g)).toHaveLength(wanted.length);
    expect(isShell(out)).toMatchObject({ status: 0, stderr: '' });
  }
});

test('the peering is accepted after it was asked for and before anything is routed through it', () => {
  const lines = said('stacks', '--estate', 'warm-standby').out.split('\n');
  expect(
    isBefore(
      lines,
      /deploy warm-standby-prod-us-east-1-peering/,
      /accept-transit-gateway-peering-attachment/,
    ),
  ).toBe(true);
  expect(isBefore(lines, /accept-transit-gateway-peering-attachment/, /deploy \S+-routes/)).toBe(true);
});

test('an environment that the estate has not is a wrong call', () => {
  for (const verb of ['stacks', 'teardown']) {
    const { err, code } = flipside([verb, '--estate', 'storefront', '--environment', 'dev']);
    expect(err).toContain('expected one of prod');
    expect(code).toBe(2);
  }
});
