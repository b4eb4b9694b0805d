/** The plan of ARC Region switch: it flips the claim as a person would, and never past the promotion's own checks. */
import { SWITCH_CODE } from '../../../clusters/account/region-switch/code';
import { modelOf } from '../../../model/estate';
import { stackParameters } from '../../../model/outputs';
import { SignatureV4 } from '@smithy/signature-v4';
import { rendered } from '../_rendered';
import { estateOf, inputOf, type Json, propertiesOf, type Template } from '../_templates';

const input = inputOf('storefront');
const guardrails = { ...input.estate.guardrails, regionSwitch: true };
const model = modelOf({ ...input, estate: { ...input.estate, guardrails } });
const templates = rendered(model);
const template = (name: string) => templates.get(`aws/${name}.json`) as Template;

test('left out, nothing of it renders', () => {
  expect([...estateOf('storefront').templates.keys()].filter((path) => path.includes('-switch'))).toEqual([]);
});

test('a plan for both regions, in the region that takes over, started by nobody but a person', () => {
  const [plan] = propertiesOf(template('prod-us-east-1-switch-plan'), 'AWS::ARCRegionSwitch::Plan');
  expect(plan).toMatchObject({ RecoveryApproach: 'activePassive', PrimaryRegion: 'us-east-1' });
  expect(plan?.['Triggers']).toBeUndefined();
  const steps = plan?.['Workflows'].flatMap(({ Steps }: Json) => Steps);
  expect(steps).toHaveLength(4);
  for (const { ExecutionBlockType, ExecutionBlockConfiguration, Name } of steps) {
    // Only the promotion moves writers: no block of AWS's own may go past its fence.
    expect(ExecutionBlockType).toBe('CustomActionLambda');
    const { CustomActionLambdaConfig: block } = ExecutionBlockConfiguration;
    expect(block.RegionToRun).toBe('activatingRegion');
    expect(block.Ungraceful).toEqual(Name === 'Planned' ? { Behavior: 'skip' } : undefined);
    const called = block.Lambdas.map(({ Arn }: Json) => Arn);
    expect(called).toEqual(
      ['us-east-1', 'eu-west-1'].map(
        (region) =>
          `arn:aws:lambda:${region}:111111111111:function:prod-${region}-switch-${String(Name).toLowerCase()}`,
      ),
    );
  }
});

test.each(['prod-us-east-1', 'prod-eu-west-1'])(
  'the functions of %s have the rights of on-call and no more',
  (name) => {
    const switches = template(`${name}-switch`);
    const [entry] = propertiesOf(switches, 'AWS::EKS::AccessEntry');
    expect(entry?.['KubernetesGroups']).toEqual(['flipside:on-call']);
    expect(entry?.['AccessPolicies']).toBeUndefined();
    const actions = propertiesOf(switches, 'AWS::IAM::Role').flatMap(({ Policies }) =>
      Policies[0].PolicyDocument.Statement.flatMap(({ Action }: Json) => Action),
    );
    expect(actions.filter((action: string) => /^(rds|elasticache|route53):/.test(action))).toEqual([]);
    const modes = propertiesOf(switches, 'AWS::Lambda::Function').map(
      ({ Environment }) => Environment.Variables.MODE,
    );
    expect(modes).toEqual(['Planned', 'Unplanned']);
  },
);

test('its parameters are filled in from the network', () => {
  for (const cluster of model.clusters) {
    const rows = stackParameters(model, cluster).filter(({ part }) => part === 'switch');
    const there = Object.keys(template(`${cluster.name}-switch`).Parameters ?? {});
    expect(rows.map(({ parameter }) => parameter).toSorted()).toEqual(there.toSorted());
    const outputs = Object.keys(template(`${cluster.name}-network`).Outputs ?? {});
    for (const { from } of rows) expect(outputs).toContain(from.output);
  }
});

/** A claim as an API server keeps it; each PATCH ends as `ends` says. */
interface World {
  spec: Json;
  status: Json;
  readonly patches: Json[];
  readonly tokens: string[];
  readonly ends: string;
}

const worldOf = (spec: object, status: object, ends = 'Promoted'): World => ({
  spec: { region: 'us-east-1', epoch: 3, ...spec },
  status,
  patches: [],
  tokens: [],
  ends,
});

/** What a request to the API server is answered. */
function answerOf(world: World, method: string, body?: string) {
  if (method === 'PATCH') {
    const patch = JSON.parse(body ?? '{}');
    world.patches.push(patch);
    world.spec = { ...world.spec, override: patch.spec.override };
    world.status = { epoch: patch.spec.override.epoch, phase: world.ends };
  }
  return JSON.stringify({ metadata: { resourceVersion: '7' }, spec: world.spec, status: world.status });
}

const httpsOf = (world: World) => ({
  request: (_url: string, { method, headers }: Json, listener: (answer: object) => void) => {
    world.tokens.push(headers.authorization);
    const request = {
      on: () => request,
      end: (body?: string) => {
        const handlers: Record<string, (part?: string) => void> = {};
        const answer = {
          statusCode: 200,
          on: (event: string, handler: (part?: string) => void) => {
            handlers[event] = handler;
            return answer;
          },
        };
        listener(answer);
        handlers['data']?.(answerOf(world, method, body));
        handlers['end']?.();
      },
    };
    return request;
  },
});

const EKS = {
  EKSClient: class {
    async send() {
      return { cluster: { endpoint: 'https://api.example', certificateAuthority: { data: '' } } };
    }
  },
  DescribeClusterCommand: class {
    constructor(readonly input: object) {}
  },
};

const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret/with+signs',
  AWS_SESSION_TOKEN: 'session+token/with=signs',
};

/** Calls the function of a mode in eu-west-1. */
async function run(world: World, MODE: string): Promise<unknown> {
  const variables = {
    ...CREDENTIALS,
    AWS_REGION: 'eu-west-1',
    CLUSTER: 'prod-eu-west-1',
    POLL_MS: '1',
    MODE,
  };
  Object.assign(process.env, variables);
  const modules: Record<string, unknown> = {
    'node:crypto': jest.requireActual('node:crypto'),
    'node:https': httpsOf(world),
    '@aws-sdk/client-eks': EKS,
  };
  const exported: { handler?: () => Promise<unknown> } = {};
  new Function('require', 'exports', SWITCH_CODE)((name: string) => modules[name], exported);
  return exported.handler?.();
}

const STEADY = { epoch: 3, phase: 'Following' };

test('it writes the next epoch as an override, against the version that it read', async () => {
  const world = worldOf({}, STEADY);
  await expect(run(world, 'Planned')).resolves.toEqual({ region: 'eu-west-1', epoch: 4 });
  expect(world.patches).toEqual([
    {
      metadata: { resourceVersion: '7' },
      spec: {
        override: {
          region: 'eu-west-1',
          epoch: 4,
          mode: 'Planned',
          acceptDataLoss: false,
          reason: 'ARC Region switch',
        },
      },
    },
  ]);
});

test('after a planned flip that is done the next step changes nothing', async () => {
  const world = worldOf({}, STEADY);
  await run(world, 'Planned');
  await expect(run(world, 'Unplanned')).resolves.toEqual({ region: 'eu-west-1', epoch: 4 });
  expect(world.patches).toHaveLength(1);
});

test('a planned flip that is refused stops the plan; without grace the next epoch is unplanned', async () => {
  const world = worldOf({}, STEADY, 'Refused');
  await expect(run(world, 'Planned')).rejects.toThrow(/epoch 4: Refused/);
  await expect(run(world, 'Planned')).rejects.toThrow(/epoch 4: Refused/);
  expect(world.patches).toHaveLength(1);
  await expect(run({ ...world, ends: 'Promoted' }, 'Unplanned')).resolves.toEqual({
    region: 'eu-west-1',
    epoch: 5,
  });
  expect(world.patches[1].spec.override).toMatchObject({ mode: 'Unplanned', acceptDataLoss: true });
});

test('an older override counts for nothing, a newer one is the flip', async () => {
  const old = worldOf({ override: { region: 'eu-west-1', epoch: 2 } }, STEADY);
  await expect(run(old, 'Unplanned')).resolves.toMatchObject({ epoch: 4 });
  const newer = worldOf({ override: { region: 'eu-west-1', epoch: 9 } }, { epoch: 9, phase: 'Promoted' });
  await expect(run(newer, 'Unplanned')).resolves.toMatchObject({ epoch: 9 });
  expect(newer.patches).toEqual([]);
});

/** SHA-256 as the signer of the AWS SDK wants it. */
class Sha256 {
  private readonly made;
  constructor(secret?: Json) {
    const { createHash, createHmac } = jest.requireActual('node:crypto');
    this.made = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data: Json): void {
    this.made.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.made.digest();
  }
}

test('its token is signed as the AWS SDK signs it', async () => {
  const world = worldOf({}, STEADY);
  await run(world, 'Planned');
  const [, token = ''] = /^Bearer k8s-aws-v1\.(.+)$/.exec(world.tokens[0] ?? '') ?? [];
  const url = new URL(Buffer.from(token, 'base64url').toString());
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get('X-Amz-Date') ?? '') ?? [];
  const signer = new SignatureV4({
    service: 'sts',
    region: 'eu-west-1',
    credentials: {
      accessKeyId: CREDENTIALS.AWS_ACCESS_KEY_ID,
      secretAccessKey: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
      sessionToken: CREDENTIALS.AWS_SESSION_TOKEN,
    },
    sha256: Sha256 as Json,
  });
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname: url.hostname,
      path: '/',
      headers: { host: url.hostname, 'x-k8s-aws-id': 'prod-eu-west-1' },
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    },
    {
      expiresIn: 60,
      signingDate: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
      unhoistableHeaders: new Set(['x-k8s-aws-id']),
    },
  );
  expect(Object.fromEntries(url.searchParams)).toEqual(signed.query);
});
