import { composeBucket } from '../../../platform/apis/bucket/compose';
import { bucketKind } from '../../../platform/apis/bucket';
import type { Manifest, Observed } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type Bucket, bucketSchema } from '../../../spec/claims/bucket';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';

const claimOf = (spec: object = {}): Bucket =>
  bucketSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'Bucket',
    metadata: { name: 'assets', namespace: 'shop' },
    spec,
  });

const composed = (spec: object = {}, placement: Placement = home) =>
  settle(bucketKind, claimOf(spec), placement).composition;
const manifestOf = (key: string, spec?: object, placement?: Placement): Manifest | undefined =>
  composed(spec, placement).resources[key]?.manifest;
const keysOf = (spec?: object, placement?: Placement) => Object.keys(composed(spec, placement).resources);

/** The value at a path such as `rule.0.status` in what the manifest asks the provider for. */
const at = (manifest: Manifest | undefined, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (value as Record<string, unknown>)?.[step],
      (manifest?.spec as { forProvider?: unknown } | undefined)?.forProvider,
    );
const asked = (key: string, path: string, spec?: object, placement?: Placement) =>
  at(manifestOf(key, spec, placement), path);
const policiesOf = (key: string, spec?: object, placement?: Placement) =>
  (manifestOf(key, spec, placement)?.spec as { managementPolicies?: string[] } | undefined)
    ?.managementPolicies;

interface Statement {
  readonly Sid: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition: unknown;
}
const statements = (key: string, spec?: object, placement?: Placement): Statement[] =>
  JSON.parse(String(asked(key, 'policy', spec, placement))).Statement;
const statement = (Sid: string, key: string, spec?: object) =>
  statements(key, spec).find((one) => one.Sid === Sid);
const sids = (key: string, spec?: object) => statements(key, spec).map(({ Sid }) => Sid);

const HOME = 'prod-us-east-1-storefront-shop-assets-111111111111';
const PEER = 'prod-eu-west-1-storefront-shop-assets-111111111111';
const KEEP = ['Observe', 'Create', 'Update'];
const ADOPTED = { adopt: { home: 'old-assets', peer: 'old-assets-eu' } };

/** `<plural>.<group>`, the form of an activation policy. */
const pluralOf = ({ kind, apiVersion }: Manifest) => {
  const plural = kind.toLowerCase().replace(/y$/, 'ie');
  return `${plural.endsWith('s') ? plural : `${plural}s`}.${apiVersion.split('/')[0]}`;
};

interface Case {
  readonly reason: string;
  readonly is: () => unknown;
  readonly expected: unknown;
}
/** A table of facts, each with its reason. */
const check = (what: string, cases: Readonly<Record<string, Case>>) =>
  describe(what, () => {
    test.each(Object.entries(cases))('%s', (_, { is, expected }) => expect(is()).toEqual(expected));
  });

check('the bucket', {
  name: {
    reason: 'names are shared by all of AWS: account and region keep them apart',
    is: () => manifestOf('bucket')?.metadata.annotations?.[EXTERNAL_NAME],
    expected: HOME,
  },
  'no Kubernetes name': {
    reason: 'Crossplane names what it composes',
    is: () => manifestOf('bucket')?.metadata.name,
    expected: undefined,
  },
  'own region only': {
    reason: "each region's cluster manages its own bucket",
    is: () => [asked('bucket', 'region'), asked('bucket', 'region', {}, peer)],
    expected: ['us-east-1', 'eu-west-1'],
  },
  'survives its claim': {
    reason: 'removing a claim from Git never removes data',
    is: () => [policiesOf('bucket'), asked('bucket', 'forceDestroy')],
    expected: [KEEP, false],
  },
  versioned: {
    reason: 'replication and restoring need versions',
    is: () => asked('versioning', 'versioningConfiguration.status'),
    expected: 'Enabled',
  },
  'own key': {
    reason: 'every copy is encrypted with the key of its own region',
    is: () => asked('encryption', 'rule.0.applyServerSideEncryptionByDefault.kmsMasterKeyId', {}, peer),
    expected: peer.peer?.facts.keys.data,
  },
  'bucket key': {
    reason: 'without it KMS is called for each object, at ten times the load too',
    is: () => asked('encryption', 'rule.0.bucketKeyEnabled'),
    expected: true,
  },
  'AES-256 for public files': {
    reason: 'static files may use the key of S3',
    is: () => asked('encryption', 'rule.0', { content: 'static', encryption: 'aes256' }),
    expected: { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } },
  },
  'no ACLs': {
    reason: 'access is decided in one place, the policy',
    is: () => asked('ownership', 'rule.objectOwnership'),
    expected: 'BucketOwnerEnforced',
  },
  connection: {
    reason: 'an application finds the bucket of its own region',
    is: () =>
      Object.values(manifestOf('connection', {}, peer)?.['data'] as Record<string, string>).map((text) =>
        Buffer.from(text, 'base64').toString(),
      ),
    expected: [PEER, 'eu-west-1'],
  },
});

const rulesOf = (spec: object) =>
  (asked('lifecycle', 'rule', { lifecycle: spec }) as { id: string }[]).map(({ id }) => id);
check('the lifecycle', {
  'old versions expire': {
    reason: 'else every overwrite is paid for ever',
    is: () => asked('lifecycle', 'rule.0.noncurrentVersionExpiration', { versions: { expireDays: 30 } }),
    expected: [{ noncurrentDays: 30 }],
  },
  tiering: {
    reason: 'objects that nobody reads become cheaper',
    is: () => asked('lifecycle', 'rule.1.transition.0.storageClass'),
    expected: 'INTELLIGENT_TIERING',
  },
  'no tiering': {
    reason: 'a claim may decline it',
    is: () => rulesOf({ intelligentTiering: false }),
    expected: ['old-versions'],
  },
  'objects expire on request only': {
    reason: 'the platform deletes nothing of its own accord',
    is: () => [rulesOf({}), rulesOf({ expireDays: 7 })],
    expected: [
      ['old-versions', 'tiering'],
      ['old-versions', 'tiering', 'expiry'],
    ],
  },
});

const kms = ['TlsOnly', 'Tls12OrLater', 'OwnEncryptionOnly', 'OwnKeyOnly'];
check('the policy', {
  private: { reason: 'nobody is admitted beyond IAM', is: () => sids('policy'), expected: kms },
  static: {
    reason: 'the CDN reads, and nobody else',
    is: () => sids('policy', { content: 'static' }),
    expected: [...kms, 'OwnCdnReads'],
  },
  'CDN of this account': {
    reason: "another account's distribution must not serve our files",
    is: () => statement('OwnCdnReads', 'policy', { content: 'static' })?.Condition,
    expected: {
      StringEquals: { 'aws:SourceAccount': '111111111111' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::111111111111:distribution/*' },
    },
  },
  'the CDN only reads': {
    reason: 'a CDN that may list or write is a way around the application',
    is: () => statement('OwnCdnReads', 'policy', { content: 'static' })?.Action,
    expected: 's3:GetObject',
  },
  'aes256 has no key to insist on': {
    reason: 'only KMS objects carry a key',
    is: () => sids('policy', { content: 'static', encryption: 'aes256' }),
    expected: ['TlsOnly', 'Tls12OrLater', 'OwnEncryptionOnly', 'OwnCdnReads'],
  },
});

const rule = (path: string, spec?: object, placement?: Placement) =>
  asked('replication', `rule.0.${path}`, spec, placement);
const CROSSING = ['role', 'role-policy', 'replication'];
const crossing = (spec: object, placement: Placement) =>
  keysOf(spec, placement).filter((key) => CROSSING.includes(key));
check('replication', {
  'to the other bucket': {
    reason: 'each region copies to the bucket of the other',
    is: () => [rule('destination.bucket'), rule('destination.bucket', {}, peer)],
    expected: [`arn:aws:s3:::${PEER}`, `arn:aws:s3:::${HOME}`],
  },
  'key of the destination': {
    reason: 'a replica must be readable when the source region is gone',
    is: () => rule('destination.encryptionConfiguration.replicaKmsKeyId'),
    expected: home.peer?.facts.keys.data,
  },
  'time control': {
    reason: 'without it AWS promises no time at all',
    is: () => [rule('destination.replicationTime'), rule('destination.metrics')],
    expected: [
      { status: 'Enabled', time: { minutes: 15 } },
      { status: 'Enabled', eventThreshold: { minutes: 15 } },
    ],
  },
  'deletions too': {
    reason: 'else a deleted file returns with a failover',
    is: () => rule('deleteMarkerReplication.status'),
    expected: 'Enabled',
  },
  'encrypted objects and changed replicas': {
    reason: 'S3 leaves out both unless asked',
    is: () => rule('sourceSelectionCriteria'),
    expected: {
      replicaModifications: { status: 'Enabled' },
      sseKmsEncryptedObjects: { status: 'Enabled' },
    },
  },
  'filter and priority': {
    reason: 'AWS requires both as soon as delete markers are copied',
    is: () => [rule('filter'), rule('priority')],
    expected: [{ prefix: '' }, 1],
  },
  'without KMS no KMS setting': {
    reason: 'AWS refuses sseKmsEncryptedObjects without a key',
    is: () => rule('sourceSelectionCriteria', { content: 'static', encryption: 'aes256' }),
    expected: { replicaModifications: { status: 'Enabled' } },
  },
  'both: each region': {
    reason: 'the way back stands before it is needed',
    is: () => [crossing({}, home), crossing({}, peer)],
    expected: [CROSSING, CROSSING],
  },
  'to-peer: home only': {
    reason: 'the peer bucket is a copy that nobody writes',
    is: () => [crossing({ replication: 'to-peer' }, home), crossing({ replication: 'to-peer' }, peer)],
    expected: [CROSSING, []],
  },
  none: {
    reason: 'two buckets that know nothing of each other',
    is: () => [crossing({ replication: 'none' }, home), crossing({ replication: 'none' }, peer)],
    expected: [[], []],
  },
  'one region': {
    reason: 'there is nowhere to copy to',
    is: () => [crossing({}, alone), composed({}, alone).status['replication']],
    expected: [[], 'none'],
  },
  'role of the account': {
    reason: 'IAM is one for both regions: home manages it, the peer looks',
    is: () => [policiesOf('role'), policiesOf('role', {}, peer), policiesOf('role-policy', {}, peer)],
    expected: [KEEP, ['Observe'], ['Observe']],
  },
  'least privilege': {
    reason: 'the role reaches these two buckets and keys, nothing else',
    is: () => [...new Set(statements('role-policy').flatMap(({ Resource }) => Resource))].toSorted(),
    expected: [
      home.home.facts.keys.data,
      home.peer?.facts.keys.data,
      ...[HOME, PEER].flatMap((name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]),
    ].toSorted(),
  },
  'one way reads one bucket': {
    reason: 'the role must not read what is never copied',
    is: () => statement('ReadVersions', 'role-policy', { replication: 'to-peer' })?.Resource,
    expected: [`arn:aws:s3:::${HOME}/*`],
  },
});

const spec = { accessPoint: true };
check('the access point', {
  'left out': {
    reason: 'it costs per request',
    is: () => keysOf().includes('access-point'),
    expected: false,
  },
  'both buckets': {
    reason: 'one name for either region',
    is: () => asked('access-point', 'details.region', spec),
    expected: [{ bucket: HOME }, { bucket: PEER }],
  },
  'home manages, peer looks': {
    reason: 'it belongs to the account, and the peer needs its alias',
    is: () => [policiesOf('access-point', spec), policiesOf('access-point', spec, peer)],
    expected: [KEEP, ['Observe']],
  },
  'same alias in both regions': {
    reason: 'applications of both regions use it',
    is: () => composed(spec).status['accessPoint'] === composed(spec, peer).status['accessPoint'],
    expected: true,
  },
  'in the connection': {
    reason: 'the alias is known only once AWS made it',
    is: () => Object.keys(manifestOf('connection', spec)?.['data'] as object),
    expected: ['BUCKET', 'REGION', 'ACCESS_POINT'],
  },
});

const first = (placement: Placement, observed: Observed = {}) =>
  composeBucket(claimOf(ADOPTED), observed, placement);
check('adoption', {
  'looks first': {
    reason: 'a mistyped name must not become a new, empty bucket',
    is: () => [Object.keys(first(home).resources), first(home).status.reason],
    expected: [['bucket', 'connection'], 'waiting for bucket old-assets to be found'],
  },
  'changes nothing before': {
    reason: 'observing cannot create',
    is: () =>
      (first(home).resources['bucket']?.manifest.spec as { managementPolicies?: string[] } | undefined)
        ?.managementPolicies,
    expected: ['Observe'],
  },
  'then manages': {
    reason: 'found, it is a bucket like any other',
    is: () => [policiesOf('bucket', ADOPTED), asked('versioning', 'bucket', ADOPTED, peer)],
    expected: [KEEP, 'old-assets-eu'],
  },
  'replicates to the adopted peer': {
    reason: 'both regions know both names',
    is: () => asked('replication', 'rule.0.destination.bucket', ADOPTED),
    expected: 'arn:aws:s3:::old-assets-eu',
  },
  'peer made when left out': {
    reason: 'most adoptions start with one region',
    is: () => asked('replication', 'rule.0.destination.bucket', { adopt: { home: 'old-assets' } }),
    expected: `arn:aws:s3:::${PEER}`,
  },
  'production only': {
    reason: 'another environment must not touch the bucket of production',
    is: () => manifestOf('bucket', ADOPTED, alone)?.metadata.annotations?.[EXTERNAL_NAME],
    expected: 'dev-us-east-1-storefront-shop-assets-111111111111',
  },
});

const unready = (missing: string, spec: object, placement: Placement) => {
  const { [missing]: _, ...observed } = settle(bucketKind, claimOf(spec), placement).observed;
  return composeBucket(claimOf(spec), observed, placement).status.reason;
};
check('status', {
  settled: { reason: 'nothing is waited for', is: () => composed().status.reason, expected: '' },
  'the other bucket': {
    reason: "home cannot see the peer's bucket, so it says what it needs",
    is: () => unready('replication', {}, home),
    expected: `waiting for bucket ${PEER} in eu-west-1 to exist and be versioned`,
  },
  'the role, in the peer': {
    reason: 'home makes it',
    is: () => unready('role', {}, peer),
    expected: 'waiting for home to make the replication role',
  },
  'a setting': {
    reason: 'by name',
    is: () => unready('versioning', {}, home),
    expected: 'waiting for versioning',
  },
  'condition Replicated': {
    reason: 'an alarm can be put on it',
    is: () =>
      [composed().conditions, composed({ replication: 'none' }).conditions].map((all) =>
        all.map(({ status }) => status),
      ),
    expected: [['True'], []],
  },
});

describe.each([home, peer, alone])('in each placement', (placement) => {
  const all = [{}, { accessPoint: true, content: 'static', encryption: 'aes256' }, ADOPTED].flatMap((spec) =>
    Object.values(composed(spec, placement).resources).map(({ manifest }) => manifest),
  );

  test('every manifest is valid', () => {
    expect(all.flatMap(validateManifest)).toEqual([]);
  });

  test('every kind is activated', () => {
    const foreign = all.filter(({ apiVersion }) => apiVersion !== 'v1').map(pluralOf);
    expect(bucketKind.activates).toEqual(expect.arrayContaining(foreign));
  });
});
