import { appSecretKind } from '../../../platform/apis/app-secret';
import { composeAppSecret } from '../../../platform/apis/app-secret/compose';
import type { Manifest } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type AppSecret, appSecretSchema } from '../../../spec/claims/app-secret';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';

const NAME = 'prod-storefront-shop-stripe';
const ARN = `arn:aws:secretsmanager:us-east-1:111111111111:secret:${NAME}-AbCdEf`;
const KEEP = ['Observe', 'Create', 'Update'];
const ROTATED = { rotation: { every: 30 } };
const EXTERNAL = { source: 'external' };

const claimOf = (spec: object = {}): AppSecret =>
  appSecretSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'AppSecret',
    metadata: { name: 'stripe', namespace: 'shop' },
    spec: { keys: ['API_KEY', 'WEBHOOK_KEY'], ...spec },
  });

const composed = (spec: object = {}, placement: Placement = home) =>
  settle(appSecretKind, claimOf(spec), placement).composition;
const keysOf = (spec?: object, placement?: Placement) => Object.keys(composed(spec, placement).resources);

/** The value at a path such as `forProvider.region` in a composed resource's spec. */
const at = (manifest: Manifest | undefined, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown>)?.[step], manifest?.spec);
const asked = (key: string, path: string, spec?: object, placement?: Placement) =>
  at(composed(spec, placement).resources[key]?.manifest, path);

/** What is composed while the resource under `missing` does not exist yet. */
const without = (missing: string, spec: object, placement: Placement = home) => {
  const { [missing]: _, ...observed } = settle(appSecretKind, claimOf(spec), placement).observed;
  return composeAppSecret(claimOf(spec), observed, placement);
};

/** The placement of a region whose facts name no rotation function. */
function withoutFunction(): Placement {
  const { rotation: _, ...facts } = home.home.facts;
  return { ...home, home: { ...home.home, facts } };
}

interface Case {
  readonly reason: string;
  readonly is: () => unknown;
  readonly expected: unknown;
}

const GENERATED: Record<string, Case> = {
  home: {
    reason: 'the secret, its generator and the one-time push are made where the secret is',
    is: () => keysOf(),
    expected: ['secret', 'secret-generator', 'secret-value', 'delivery'],
  },
  peer: {
    reason: 'the replica is there already; it is only read',
    is: () => keysOf({}, peer),
    expected: ['delivery'],
  },
  replica: {
    reason: "the copy is encrypted with the peer's own key",
    is: () => asked('secret', 'forProvider.replica'),
    expected: [{ region: 'eu-west-1', kmsKeyId: home.peer?.facts.keys.data }],
  },
  'survives its claim': {
    reason: 'data elsewhere may depend on the value',
    is: () => asked('secret', 'managementPolicies'),
    expected: KEEP,
  },
  'a value for each key': {
    reason: 'one leaked key does not give another',
    is: () => asked('secret-generator', 'secretKeys'),
    expected: ['API_KEY', 'WEBHOOK_KEY'],
  },
  'generator name': {
    reason: 'the push refers to it by name',
    is: () => composed().resources['secret-generator']?.manifest.metadata.name,
    expected: 'stripe-password',
  },
  length: {
    reason: 'as the claim asks',
    is: () => asked('secret-generator', 'length', { length: 64 }),
    expected: 64,
  },
  'delivered in both regions': {
    reason: 'services find it under one name wherever they run',
    is: () => [asked('delivery', 'target.name'), asked('delivery', 'target.name', {}, peer)],
    expected: ['stripe-connection', 'stripe-connection'],
  },
  'same name in both regions': {
    reason: 'a replica has the name of its secret',
    is: () => [
      asked('delivery', 'data.0.remoteRef.key'),
      asked('delivery', 'data.0.remoteRef.key', {}, peer),
    ],
    expected: [NAME, NAME],
  },
};

const OUTSIDE: Record<string, Case> = {
  'no generator': {
    reason: 'the value comes from elsewhere, for example from a payment provider',
    is: () => keysOf(EXTERNAL),
    expected: ['secret', 'delivery'],
  },
  'an operator is awaited': {
    reason: 'the claim says what to do',
    is: () => without('delivery', EXTERNAL).status.reason,
    expected: `waiting for an operator: aws secretsmanager put-secret-value --secret-id ${NAME}`,
  },
};

const ROTATION: Record<string, Case> = {
  'off by default': {
    reason: 'it needs a function',
    is: () => keysOf().includes('rotation'),
    expected: false,
  },
  'in home only': {
    reason: 'a replica cannot rotate',
    is: () => [keysOf(ROTATED).includes('rotation'), keysOf(ROTATED, peer).includes('rotation')],
    expected: [true, false],
  },
  schedule: {
    reason: 'as the claim asks',
    is: () => asked('rotation', 'forProvider.rotationRules', ROTATED),
    expected: { automaticallyAfterDays: 30 },
  },
  'by ARN': {
    reason: 'the provider takes the name for another secret and would replace the rotation',
    is: () => [
      asked('rotation', 'forProvider.secretId', ROTATED),
      composed(ROTATED).resources['rotation']?.manifest.metadata.annotations?.[EXTERNAL_NAME],
    ],
    expected: [ARN, ARN],
  },
  'own function': {
    reason: 'nothing of another region is needed',
    is: () => asked('rotation', 'forProvider.rotationLambdaArn', ROTATED),
    expected: home.home.facts.rotation?.functionArn,
  },
  'may be switched off': {
    reason: 'deleting a rotation deletes no value',
    is: () => asked('rotation', 'managementPolicies', ROTATED),
    expected: [...KEEP, 'Delete'],
  },
  'after the value': {
    reason: 'there must be something to rotate',
    is: () => {
      const claim = claimOf(ROTATED);
      const { secret } = settle(appSecretKind, claim, home).observed;
      return 'rotation' in composeAppSecret(claim, { secret: secret! }, home).resources;
    },
    expected: false,
  },
  'stays when the delivery fails': {
    reason: 'taking it away would switch rotation off in AWS',
    is: () => 'rotation' in without('delivery', ROTATED).resources,
    expected: true,
  },
  'stays when the secret is not seen': {
    reason: 'the same',
    is: () => 'rotation' in without('secret', ROTATED).resources,
    expected: true,
  },
  'without a function': {
    reason: 'the secret works; only the rotation is missing, and that is said',
    is: () => {
      const { resources, status, conditions } = composed(ROTATED, withoutFunction());
      return [
        Object.values(resources).every(({ ready }) => ready),
        status.reason,
        status['rotation'],
        conditions.map(({ reason }) => reason),
      ];
    },
    expected: [
      true,
      'rotation is off: add rotation.functionArn to the facts of this region',
      'no function',
      ['NoFunction'],
    ],
  },
};

const ADOPTED = { adopt: { secret: 'legacy/stripe' } };
const ADOPTION: Record<string, Case> = {
  'looks first': {
    reason: 'a mistyped name must not become a new, empty secret',
    is: () => {
      const { resources, status } = composeAppSecret(claimOf(ADOPTED), {}, home);
      return [Object.keys(resources), at(resources['secret']?.manifest, 'managementPolicies'), status.reason];
    },
    expected: [['secret', 'delivery'], ['Observe'], 'waiting for secret legacy/stripe to be found'],
  },
  'then manages': {
    reason: 'found, it is a secret like any other',
    is: () => asked('secret', 'managementPolicies', ADOPTED),
    expected: KEEP,
  },
  'never replaces the value': {
    reason: 'the existing value is what adoption is about',
    is: () => asked('secret-value', 'updatePolicy', ADOPTED),
    expected: 'IfNotExists',
  },
  'read under its own name': {
    reason: 'in both regions',
    is: () => asked('delivery', 'data.0.remoteRef.key', ADOPTED, peer),
    expected: 'legacy/stripe',
  },
  'production only': {
    reason: 'another environment has another account',
    is: () => asked('secret', 'forProvider.name', ADOPTED, alone),
    expected: 'dev-storefront-shop-stripe',
  },
};

const STATUS: Record<string, Case> = {
  settled: {
    reason: 'nothing is waited for',
    is: () => composed(ROTATED).status,
    expected: {
      secret: NAME,
      keys: 'API_KEY,WEBHOOK_KEY',
      source: 'generate',
      rotation: 'every 30d',
      reason: '',
    },
  },
  'the peer waits for home': {
    reason: 'there is no replica before there is a secret',
    is: () => without('delivery', {}, peer).status.reason,
    expected: 'waiting for home to make the secret',
  },
  'the push': {
    reason: 'in home the value comes next',
    is: () => without('secret-value', {}).status.reason,
    expected: 'waiting for the values to be generated',
  },
  'rotation in the peer': {
    reason: 'it is where the secret is',
    is: () => composed(ROTATED, peer).status['rotation'],
    expected: 'in home',
  },
};

describe.each(
  Object.entries({
    generated: GENERATED,
    external: OUTSIDE,
    rotation: ROTATION,
    adoption: ADOPTION,
    status: STATUS,
  }),
)('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s', (__, { is, expected }) => expect(is()).toEqual(expected));
});

test.each([home, peer, alone])('every manifest is valid', (placement) => {
  const all = [{}, EXTERNAL, ROTATED, ADOPTED].flatMap((spec) =>
    Object.values(composed(spec, placement).resources).map(({ manifest }) => manifest),
  );
  expect(all.flatMap(validateManifest)).toEqual([]);
});
