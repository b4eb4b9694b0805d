/** `flipside facts`, with the real SDK against what AWS answers on the wire. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { lay, root, scratch } from '../helpers/cli';
import { estateFiles } from '../helpers/estate';
import { deployedShop, type FakeCloud, fakeCloud, flipsideBeside } from './_cloud';

jest.setTimeout(120_000);

const HOME = 'estates/shop/facts/prod-us-east-1.yaml';
const PEER = 'estates/shop/facts/prod-eu-west-1.yaml';
const NETWORK = 'us-east-1/shop-prod-us-east-1-network';

let cloud: FakeCloud;
let dir: string;

beforeAll(async () => {
  cloud = await fakeCloud();
});
afterAll(() => cloud.close());

beforeEach(() => {
  cloud.account = '111111111111';
  cloud.stacks = deployedShop();
  dir = scratch();
  lay(dir, estateFiles());
});

/** A prefix is given: that of eu-west-1 is not in the table. */
const facts = (...args: string[]) =>
  flipsideBeside(
    ['facts', '--estate', 'shop', '--directory', dir, '--global-prefix', 'ldgnf', ...args],
    cloud.env,
  );
const textOf = (path: string) => readFileSync(join(dir, path), 'utf8');
const valueOf = (path: string) => parse(textOf(path)) as Record<string, unknown>;

const fixture = (path: string) => parse(new TextDecoder().decode(estateFiles().get(path)));

describe('what the stacks say', () => {
  test('becomes the files of both regions, in place of placeholders', async () => {
    writeFileSync(join(dir, HOME), 'placeholder: true\n');
    rmSync(join(dir, PEER));
    const { code, err } = await facts();
    expect(err).not.toContain('Cannot');
    expect(code).toBe(0);
    expect(valueOf(HOME)).toEqual(fixture(HOME));
    expect(valueOf(PEER)).toEqual(fixture(PEER));
    expect(textOf(HOME)).toMatch(/^# yaml-language-server: \$schema=..\/..\/..\/schemas\/facts.json\n/);
  });

  test('is written as the formatter leaves it', async () => {
    rmSync(join(dir, HOME));
    await facts();
    const prettier = join(root, 'node_modules', '.bin', 'prettier');
    const args = ['--check', '--config', join(root, '.prettierrc.json'), join(dir, HOME)];
    expect(() => execFileSync(prettier, args, { stdio: 'pipe' })).not.toThrow();
  });

  test('read again changes no byte; the same meaning in other words stays as people wrote it', async () => {
    const before = textOf(HOME);
    const { out } = await facts();
    expect(out).toContain(`${HOME}: is what the stacks say`);
    expect(textOf(HOME)).toBe(before);
  });

  test('a region alone leaves the other file alone', async () => {
    rmSync(join(dir, HOME));
    rmSync(join(dir, PEER));
    expect((await facts('--region', 'eu-west-1')).code).toBe(0);
    expect(existsSync(join(dir, HOME))).toBe(false);
    expect(existsSync(join(dir, PEER))).toBe(true);
  });

  test('--check prints the difference, writes nothing and exits 1', async () => {
    const stack = cloud.stacks[NETWORK];
    if (stack) stack.outputs['VpcId'] = 'vpc-0123456789abcdef0';
    const before = textOf(HOME);
    const { code, out } = await facts('--check');
    expect(code).toBe(1);
    expect(out).toContain('+  id: vpc-0123456789abcdef0');
    expect(textOf(HOME)).toBe(before);
  });

  test('--json tells what is new', async () => {
    rmSync(join(dir, PEER));
    const { out } = await facts('--json');
    const { clusters } = JSON.parse(out);
    expect(clusters).toMatchObject([
      { cluster: 'prod-us-east-1', changed: false },
      { cluster: 'prod-eu-west-1', changed: true, facts: { region: 'eu-west-1' } },
    ]);
  });
});

interface Trouble {
  readonly reason: string;
  readonly arrange: () => void;
  readonly args?: readonly string[];
  readonly code: number;
  readonly says: readonly string[];
}

const edit = (stack: string, change: (outputs: Record<string, string>) => void) => () => {
  const found = cloud.stacks[stack];
  if (!found) throw new Error(`Cannot edit the stack "${stack}": there is none`);
  change(found.outputs);
};

const troubles: Record<string, Trouble> = {
  'another account': {
    reason: 'before anything else is asked',
    arrange: () => {
      cloud.account = '999999999999';
      cloud.stacks = {};
    },
    code: 1,
    says: ['signed in to account 999999999999, expected 111111111111'],
  },
  'a landscape half deployed': {
    reason: 'every missing and unsettled stack at once, each with what to do',
    arrange: () => {
      delete cloud.stacks['us-east-1/shop-prod-us-east-1-entry'];
      const [network, cluster] = ['network', 'cluster'].map(
        (part) => cloud.stacks[`us-east-1/shop-prod-us-east-1-${part}`],
      );
      if (network) network.status = 'UPDATE_IN_PROGRESS';
      if (cluster) cluster.status = 'UPDATE_ROLLBACK_COMPLETE';
    },
    code: 1,
    says: [
      'Cannot read the stack "shop-prod-us-east-1-entry": there is none',
      'Cannot use the stack "shop-prod-us-east-1-network": UPDATE_IN_PROGRESS',
      'Cannot use the stack "shop-prod-us-east-1-cluster": UPDATE_ROLLBACK_COMPLETE',
      'nothing was written',
    ],
  },
  'outputs missing': {
    reason: 'a stack deployed from another commit; all are named with their stack',
    arrange: () => {
      edit(NETWORK, (outputs) => {
        delete outputs['VpcId'];
        delete outputs['DataSubnets'];
      })();
    },
    code: 1,
    says: [
      'Cannot find the output "VpcId" of the stack "shop-prod-us-east-1-network"',
      'Cannot find the output "DataSubnets" of the stack "shop-prod-us-east-1-network"',
    ],
  },
  'values of another shape': {
    reason: 'what the schema would refuse is told by the output it came from',
    arrange: edit(NETWORK, (outputs) => {
      outputs['VpcId'] = 'eipalloc-1';
      outputs['PublicSubnets'] = 'subnet-00000000000000011,subnet-00000000000000012';
    }),
    code: 1,
    says: [
      'Cannot use the output "VpcId" of the stack "shop-prod-us-east-1-network": "eipalloc-1", expected an id like vpc-',
      '2 subnets, expected three',
    ],
  },
  'a key of another region': {
    reason: "the loader's rules hold for what is read",
    arrange: edit('us-east-1/shop-prod-us-east-1-data', (outputs) => {
      outputs['DataKeyArn'] = 'arn:aws:kms:eu-west-1:111111111111:key/mrk-1';
    }),
    code: 1,
    says: ['of another region or account'],
  },
  'a region that the estate has not': {
    reason: 'usage',
    arrange: () => {},
    args: ['--region', 'eu-west-3'],
    code: 2,
    says: ['expected one of prod-us-east-1, prod-eu-west-1'],
  },
};

test.each(Object.entries(troubles))('%s writes nothing', async (_, { arrange, args = [], code, says }) => {
  arrange();
  rmSync(join(dir, HOME));
  rmSync(join(dir, PEER));
  const run = await facts(...args);
  for (const text of says) expect(run.err).toContain(text);
  expect(run.code).toBe(code);
  expect(existsSync(join(dir, HOME)) || existsSync(join(dir, PEER))).toBe(false);
});

test('AWS that does not answer is not a no', async () => {
  const env = { ...cloud.env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  const run = await flipsideBeside(['facts', '--estate', 'shop', '--directory', dir], env);
  expect(run.err).toContain('Cannot ask AWS who is signed in');
  expect(run.code).toBe(3);
});

test('a prefix that no table has is asked for, then kept', async () => {
  const env = cloud.env;
  const run = (...args: string[]) =>
    flipsideBeside(['facts', '--estate', 'shop', '--directory', dir, '--region', 'eu-west-1', ...args], env);
  rmSync(join(dir, PEER));
  const asked = await run();
  expect(asked.err).toContain('--global-prefix <five letters>');
  await run('--global-prefix', 'ldgnf');
  expect((await run('--check')).code).toBe(0);
});

test('placeholders make an estate renderable before anything is deployed, and are written once', async () => {
  rmSync(join(dir, HOME));
  rmSync(join(dir, PEER));
  const args = ['facts', '--estate', 'shop', '--directory', dir, '--placeholder'];
  expect((await flipsideBeside(args, {})).code).toBe(0);
  expect(valueOf(HOME)).toMatchObject({ placeholder: true, region: 'us-east-1' });
  expect(Object.keys(valueOf(HOME)['targetGroups'] as object)).toEqual(['beacon', 'catalog', 'web']);
  const synth = ['synth', '--directory', dir, '--output', join(dir, 'dist')];
  expect((await flipsideBeside(synth, {})).code).toBe(0);
  expect((await flipsideBeside(args, {})).out).toContain('nothing was written');
});
