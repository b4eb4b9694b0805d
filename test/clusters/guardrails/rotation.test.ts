/** The rotation function: where it stands, what it may do, and what it does when Secrets Manager calls it. */
import { ROTATION_CODE } from '../../../clusters/guardrails/rotation/code';
import { allOf, everyCluster, propertiesOf, templateOf, type Json } from '../_templates';

test('S1-61, S4-67: the function stands in both regions, and Secrets Manager may call it', () => {
  for (const { estate, cluster } of everyCluster()) {
    const template = templateOf(estate, cluster.name, 'rotation');
    const [made] = propertiesOf(template, 'AWS::Lambda::Function');
    expect(made?.['FunctionName']).toBe(`${cluster.name}-rotation`);
    expect(propertiesOf(template, 'AWS::Lambda::Permission')).toEqual([
      expect.objectContaining({ Principal: 'secretsmanager.amazonaws.com', SourceAccount: cluster.account }),
    ]);
    expect(template.Outputs?.['RotationFunctionArn']).toBeDefined();
  }
});

test('its code is in the template and fits there', () => {
  expect(Buffer.byteLength(ROTATION_CODE)).toBeLessThanOrEqual(4096);
  expect(() => new Function('require', 'exports', ROTATION_CODE)).not.toThrow();
});

test('X-24: it may change the password in either region, since a flip moves the writer, and nothing else there', () => {
  const [, role] = allOf(templateOf('storefront', 'prod-us-east-1', 'rotation'), 'AWS::IAM::Role')[0] ?? [];
  const statements = role?.Properties['Policies'][0].PolicyDocument.Statement;
  const modify = statements.find(({ Action }: Json) => Action.includes('rds:ModifyDBCluster'));
  expect(modify.Resource).toEqual([
    'arn:aws:rds:us-east-1:111111111111:cluster:prod-*',
    'arn:aws:rds:eu-west-1:111111111111:cluster:prod-*',
  ]);
  const writes = statements
    .flatMap(({ Action }: Json) => Action as string | string[])
    .filter((action: string) => action.startsWith('rds:') && !action.startsWith('rds:Describe'));
  expect(writes).toEqual(['rds:ModifyDBCluster']);
});

/** What AWS holds, as far as the function asks. */
interface World {
  readonly versions: Record<string, { value: string; stages: string[] }>;
  readonly passwords: Record<string, string>;
  status: string;
  failover?: object;
  writer: string;
  /** Looks until the database has taken a password. */
  slow: number;
}

const worldOf = (value: object): World => ({
  versions: { old: { value: JSON.stringify(value), stages: ['AWSCURRENT'] } },
  passwords: {},
  status: 'available',
  writer: 'eu-west-1',
  slow: 2,
});

const command = (name: string) =>
  class {
    readonly is = name;
    constructor(readonly input: Json) {}
  };

const commands = (...names: string[]) => Object.fromEntries(names.map((name) => [name, command(name)]));

const client = (answer: (is: string, input: Json, region: string) => unknown) =>
  class {
    constructor(readonly options: { region?: string }) {}
    async send({ is, input }: { is: string; input: Json }) {
      return answer(is, input, this.options.region ?? 'us-east-1');
    }
  };

/** The SDK of the Lambda runtime, answered from a world. */
const sdkOf = (world: World): Record<string, unknown> => ({
  'node:crypto': jest.requireActual('node:crypto'),
  '@aws-sdk/client-secrets-manager': {
    SecretsManagerClient: client((is, input) => secrets(world, is, input)),
    ...commands(
      'GetSecretValueCommand',
      'PutSecretValueCommand',
      'DescribeSecretCommand',
      'UpdateSecretVersionStageCommand',
    ),
  },
  '@aws-sdk/client-rds': {
    RDSClient: client((is, input, region) => databases(world, is, input, region)),
    ...commands('DescribeGlobalClustersCommand', 'DescribeDBClustersCommand', 'ModifyDBClusterCommand'),
  },
});

function secrets({ versions }: World, is: string, input: Json): unknown {
  if (is === 'PutSecretValueCommand') {
    versions[input.ClientRequestToken] = { value: input.SecretString, stages: [...input.VersionStages] };
    return {};
  }
  if (is === 'DescribeSecretCommand') {
    return {
      VersionIdsToStages: Object.fromEntries(
        Object.entries(versions).map(([id, { stages }]) => [id, stages]),
      ),
    };
  }
  if (is === 'UpdateSecretVersionStageCommand') {
    versions[input.MoveToVersionId]?.stages.push('AWSCURRENT');
    const from = versions[input.RemoveFromVersionId];
    if (from) from.stages = ['AWSPREVIOUS'];
    return {};
  }
  const found = Object.entries(versions).find(
    ([id, { stages }]) => stages.includes(input.VersionStage) && (!input.VersionId || id === input.VersionId),
  );
  if (!found) throw Object.assign(new Error('no such version'), { name: 'ResourceNotFoundException' });
  return { SecretString: found[1].value };
}

function databases(world: World, is: string, input: Json, region: string): unknown {
  if (is === 'ModifyDBClusterCommand') {
    world.passwords[`${region}/${input.DBClusterIdentifier}`] = input.MasterUserPassword;
    return {};
  }
  if (is === 'DescribeDBClustersCommand') {
    world.slow -= 1;
    return { DBClusters: [{ Status: world.slow > 0 ? 'resetting-master-credentials' : 'available' }] };
  }
  const member = (place: string) => ({
    DBClusterArn: `arn:aws:rds:${place}:111111111111:cluster:prod-${place}-orders`,
    IsWriter: place === world.writer,
  });
  const members = [member('us-east-1'), member('eu-west-1')];
  return {
    GlobalClusters: [{ Status: world.status, FailoverState: world.failover, GlobalClusterMembers: members }],
  };
}

/** Calls the function as Secrets Manager does. */
async function rotate(world: World, steps: readonly string[], token = 'new'): Promise<void> {
  process.env['AWS_REGION'] = 'us-east-1';
  process.env['POLL_MS'] = '1';
  const modules = sdkOf(world);
  const exported: { handler?: (event: object) => Promise<void> } = {};
  new Function('require', 'exports', ROTATION_CODE)((name: string) => modules[name], exported);
  for (const Step of steps) {
    await exported.handler?.({ Step, SecretId: 'secret', ClientRequestToken: token });
  }
}

const ALL = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
const KEYS = { payments: 'a'.repeat(32), maps: 'b'.repeat(40) };
const LOGIN = {
  engine: 'postgres',
  username: 'dbadmin',
  password: 'old-password',
  host: 'prod-orders.global-abc123.global.rds.amazonaws.com',
};

const current = ({ versions }: World) =>
  JSON.parse(Object.values(versions).find(({ stages }) => stages.includes('AWSCURRENT'))?.value ?? '{}');

test('keys of an application get new values of the same length', async () => {
  const world = worldOf(KEYS);
  await rotate(world, ALL);
  const now = current(world);
  expect(Object.keys(now)).toEqual(Object.keys(KEYS));
  expect(now.payments).toMatch(/^[\w-]{32}$/);
  expect(now.maps).toHaveLength(40);
  expect(now.payments).not.toBe(KEYS.payments);
});

test('X-24: the password is set where the writer is, which a flip has moved', async () => {
  const world = worldOf(LOGIN);
  await rotate(world, ALL);
  const now = current(world);
  expect(world.passwords).toEqual({ 'eu-west-1/prod-eu-west-1-orders': now.password });
  expect(now).toEqual({ ...LOGIN, password: expect.not.stringMatching('old-password') });
});

test('a database of one region is found by its own name', async () => {
  const world = worldOf({ ...LOGIN, host: 'dev-orders.cluster-abc.us-east-1.rds.amazonaws.com' });
  await rotate(world, ALL);
  expect(Object.keys(world.passwords)).toEqual(['us-east-1/dev-orders']);
});

test.each([
  ['it fails over', { failover: { Status: 'failing-over' } }],
  ['it is being changed', { status: 'modifying' }],
])('nothing is rotated while %s', async (_, change) => {
  const world = Object.assign(worldOf(LOGIN), change);
  await expect(rotate(world, ALL)).rejects.toThrow(/^Cannot rotate "prod-orders"/);
  expect(world.passwords).toEqual({});
  expect(current(world)).toEqual(LOGIN);
});

test('each step can be repeated: a second call makes no second value', async () => {
  const world = worldOf(KEYS);
  await rotate(
    world,
    ALL.flatMap((step) => [step, step]),
  );
  expect(Object.keys(world.versions)).toEqual(['old', 'new']);
  expect(world.versions['new']?.stages.filter((stage) => stage === 'AWSCURRENT')).toHaveLength(1);
});
