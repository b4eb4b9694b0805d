import { EXTERNAL_NAME } from '../../../platform/managed';
import { peer } from '../../helpers/placement';
import { asked, HOME, KEEP, manifestOf, PEER, policiesOf, sids, statement, type Case } from './_bucket';

const BUCKET: Record<string, Case> = {
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
};

const rulesOf = (spec: object) =>
  (asked('lifecycle', 'rule', { lifecycle: spec }) as { id: string }[]).map(({ id }) => id);
const LIFECYCLE: Record<string, Case> = {
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
};

const kms = ['TlsOnly', 'Tls12OrLater', 'OwnEncryptionOnly', 'OwnKeyOnly'];
const POLICY: Record<string, Case> = {
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
};

describe.each(Object.entries({ 'the bucket': BUCKET, 'the lifecycle': LIFECYCLE, 'the policy': POLICY }))(
  '%s',
  (_, cases) => {
    test.each(Object.entries(cases))('%s', (__, { is, expected }) => expect(is()).toEqual(expected));
  },
);
