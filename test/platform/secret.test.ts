import * as fc from 'fast-check';
import type { Manifest, Observed } from '../../platform/kind';
import { withReadiness } from '../../platform/managed';
import {
  deliveredSecret,
  generatedSecret,
  type GeneratedSecretProps,
  PASSWORD_RULES,
  replicatedSecret,
} from '../../platform/secret';
import { alone, home, peer } from '../helpers/placement';
import { validateManifest } from '../helpers/validate';

const TAGS = { 'flipside.dev/team': 'shop' };
const STANDS: Observed = {
  secret: { apiVersion: '', kind: 'Secret', metadata: {}, status: { atProvider: { arn: 'arn:aws:x' } } },
};

const props = (over: Partial<GeneratedSecretProps> = {}): GeneratedSecretProps => ({
  name: 'prod-storefront-shop-orders',
  generatorName: 'orders-master',
  placement: home,
  tags: TAGS,
  observed: {},
  properties: ['password'],
  length: 32,
  ...over,
});

/** The value at a path such as `data.0.match` in a manifest's spec. */
const at = (manifest: Manifest | undefined, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((value, step) => (value as Record<string, unknown>)?.[step], manifest?.spec);

const generated = (path: string, over: Partial<GeneratedSecretProps> = {}) =>
  at(generatedSecret(props(over))['secret-generator'], path);
const pushed = (path: string, over: Partial<GeneratedSecretProps> = {}) =>
  at(generatedSecret(props({ observed: STANDS, ...over }))['secret-value'], path);
const stored = (path: string, over: Partial<GeneratedSecretProps> = {}) =>
  at(replicatedSecret(props(over)), path);
const templateOf = (over: Partial<GeneratedSecretProps>) => String(pushed('template.data.value', over));

interface Case {
  readonly reason: string;
  readonly is: () => unknown;
  readonly expected: unknown;
}

/** Fills a JSON template in as External Secrets does, with a value full of what could break it. */
const filled = (template: string) =>
  JSON.parse(
    template.replace(/\{\{ index \. "(\w+)" \| toJson \}\}/g, (_, key) => JSON.stringify(`${key}"\\{}`)),
  );

const REPLICATED: Record<string, Case> = {
  'own key': {
    reason: 'each copy is encrypted with the key of its own region',
    is: () => stored('forProvider.kmsKeyId'),
    expected: home.home.facts.keys.data,
  },
  'replica in the peer': {
    reason: 'the surviving region reads its own copy',
    is: () => stored('forProvider.replica'),
    expected: [{ region: 'eu-west-1', kmsKeyId: home.peer?.facts.keys.data }],
  },
  'no replica alone': {
    reason: 'an environment of one region has nowhere to copy to',
    is: () => stored('forProvider.replica', { placement: alone }),
    expected: undefined,
  },
  'never deleted': {
    reason: 'removing a claim must not remove a password that data depends on',
    is: () => stored('managementPolicies'),
    expected: ['Observe', 'Create', 'Update'],
  },
  'found by name': {
    reason: 'a rebuilt cluster does not know the random ending of the ARN',
    is: () => replicatedSecret(props()).metadata.annotations?.['crossplane.io/external-name'],
    expected: 'prod-storefront-shop-orders',
  },
  'recovery window': {
    reason: 'a secret deleted by hand can be restored for as long as AWS allows',
    is: () => stored('forProvider.recoveryWindowInDays'),
    expected: 30,
  },
};

describe('replicatedSecret', () => {
  test.each(Object.entries(REPLICATED))('%s', (_, { is, expected }) => expect(is()).toEqual(expected));
});

const GENERATED: Record<string, Case> = {
  'nothing in the peer': {
    reason: 'two generators would make two passwords',
    is: () => generatedSecret(props({ placement: peer, observed: STANDS })),
    expected: {},
  },
  'no push before the secret stands': {
    reason: 'External Secrets would create it without replica and with a key of AWS',
    is: () => Object.keys(generatedSecret(props())),
    expected: ['secret', 'secret-generator'],
  },
  'push once it stands': {
    reason: 'the value follows the secret',
    is: () => Object.keys(generatedSecret(props({ observed: STANDS }))),
    expected: ['secret', 'secret-generator', 'secret-value'],
  },
  'the push stays': {
    reason: 'a secret that cannot be observed for a moment must not remove the push',
    is: () => 'secret-value' in generatedSecret(props({ observed: { 'secret-value': STANDS['secret']! } })),
    expected: true,
  },
  'keys under a prefix': {
    reason: 'a claim may have two secrets',
    is: () => Object.keys(generatedSecret(props({ key: 'auth' }))),
    expected: ['auth', 'auth-generator'],
  },
  'writable by External Secrets': {
    reason: 'without the tag the push is refused',
    is: () => at(generatedSecret(props())['secret'], 'forProvider.tags'),
    expected: { ...TAGS, 'managed-by': 'external-secrets' },
  },
  'generated once': {
    reason: 'a second value would lock the application out',
    is: () => ['updatePolicy', 'deletionPolicy', 'refreshInterval'].map((path) => pushed(path)),
    expected: ['IfNotExists', 'None', '0s'],
  },
  'stored as text': {
    reason: 'rotation functions read SecretString',
    is: () => pushed('data.0.metadata.spec.secretPushFormat'),
    expected: 'string',
  },
  'the push names its generator': {
    reason: 'the reference is by name, so the generator has one',
    is: () => [
      pushed('selector.generatorRef.name'),
      generatedSecret(props())['secret-generator']?.metadata.name,
    ],
    expected: ['orders-master', 'orders-master'],
  },
  'one JSON object': {
    reason: 'every reader takes properties, fixed or generated',
    is: () => filled(templateOf({ fixed: { username: 'dbadmin' } })),
    expected: { username: 'dbadmin', password: 'password"\\{}' },
  },
  'a value for each property': {
    reason: 'one leaked key must not give another',
    is: () => generated('secretKeys', { properties: ['a', 'b'] }),
    expected: ['a', 'b'],
  },
  'symbols of the service': {
    reason: 'ElastiCache refuses other symbols',
    is: () => generated('symbolCharacters', { symbols: PASSWORD_RULES.elasticache.symbols }),
    expected: '!&#$^<>-',
  },
  'no symbols by default': {
    reason: 'letters and digits are taken by every service',
    is: () => generated('symbols'),
    expected: 0,
  },
};

describe('generatedSecret', () => {
  test.each(Object.entries(GENERATED))('%s', (_, { is, expected }) => expect(is()).toEqual(expected));

  test('a generator is ready once it exists', () => {
    const manifests = generatedSecret(props());
    const observed = { 'secret-generator': manifests['secret-generator']! };
    expect(withReadiness(manifests, observed)['secret-generator']?.ready).toBe(true);
  });

  test.each([home, alone].flatMap((placement) => [{}, STANDS].map((observed) => ({ placement, observed }))))(
    'valid manifests',
    (over) => {
      for (const manifest of Object.values(generatedSecret(props(over))))
        expect(validateManifest(manifest)).toEqual([]);
    },
  );

  test('any properties give a template that reads back as JSON', () => {
    const name = fc.stringMatching(/^[A-Za-z_]\w{0,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), (properties) => {
        expect(Object.keys(filled(templateOf({ properties }))).toSorted()).toEqual(properties.toSorted());
      }),
      { numRuns: 300 },
    );
  });
});

describe('PASSWORD_RULES', () => {
  const cases: Record<string, { reason: string; symbols: string; allowed: RegExp }> = {
    rds: { reason: 'no / " @ or space', symbols: PASSWORD_RULES.rds.symbols, allowed: /^[!#-.0-?A-~]+$/ },
    elasticache: {
      reason: 'only these are permitted',
      symbols: PASSWORD_RULES.elasticache.symbols,
      allowed: /^[!&#$^<>-]+$/,
    },
    any: { reason: 'no meaning in a URL or shell', symbols: PASSWORD_RULES.any.symbols, allowed: /^[-_]+$/ },
  };
  test.each(Object.entries(cases))('%s', (_, { symbols, allowed }) => expect(symbols).toMatch(allowed));
});

const delivered = (data?: Record<string, string>) =>
  deliveredSecret({
    name: 'prod-storefront-shop-orders',
    target: 'orders-connection',
    properties: ['password'],
    ...(data && { data }),
  });

const DELIVERED: Record<string, Case> = {
  'own region': {
    reason: 'the store named aws is the Secrets Manager of the cluster it stands in',
    is: () => at(delivered(), 'secretStoreRef'),
    expected: { kind: 'ClusterSecretStore', name: 'aws' },
  },
  'last values stay': {
    reason: 'an unreachable Secrets Manager must not take a running application down',
    is: () => at(delivered(), 'target.deletionPolicy'),
    expected: 'Retain',
  },
  'reads one property': {
    reason: 'the secret is a JSON object',
    is: () => at(delivered(), 'data'),
    expected: [
      { secretKey: 'password', remoteRef: { key: 'prod-storefront-shop-orders', property: 'password' } },
    ],
  },
  templates: {
    reason: 'an application may want a URL rather than parts',
    is: () => at(delivered({ URL: 'postgres://{{ .password }}@db' }), 'target.template'),
    expected: { engineVersion: 'v2', data: { URL: 'postgres://{{ .password }}@db' } },
  },
  'no template by default': {
    reason: 'properties arrive under their own names',
    is: () => at(delivered(), 'target.template'),
    expected: undefined,
  },
};

describe('deliveredSecret', () => {
  test.each(Object.entries(DELIVERED))('%s', (_, { is, expected }) => expect(is()).toEqual(expected));
  test('valid manifests', () => {
    expect(validateManifest(delivered())).toEqual([]);
    expect(validateManifest(delivered({ URL: 'x' }))).toEqual([]);
  });
});
