import { bucketKind } from '../../../platform/apis/bucket';
import { composeBucket } from '../../../platform/apis/bucket/compose';
import type { Observed } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';
import {
  ADOPTED,
  asked,
  claimOf,
  composed,
  HOME,
  KEEP,
  keysOf,
  manifestOf,
  PEER,
  pluralOf,
  policiesOf,
  statement,
  statements,
  type Case,
} from './_bucket';

const rule = (path: string, spec?: object, placement?: Placement) =>
  asked('replication', `rule.0.${path}`, spec, placement);
const CROSSING = ['role', 'role-policy', 'replication'];
const crossing = (spec: object, placement: Placement) =>
  keysOf(spec, placement).filter((key) => CROSSING.includes(key));
const REPLICATION: Record<string, Case> = {
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
};

const spec = { accessPoint: true };
const ACCESS_POINT: Record<string, Case> = {
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
};

const first = (placement: Placement, observed: Observed = {}) =>
  composeBucket(claimOf(ADOPTED), observed, placement);
const ADOPTION: Record<string, Case> = {
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
};

const unready = (missing: string, spec: object, placement: Placement) => {
  const { [missing]: _, ...observed } = settle(bucketKind, claimOf(spec), placement).observed;
  return composeBucket(claimOf(spec), observed, placement).status.reason;
};
const STATUS: Record<string, Case> = {
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
};

describe.each(
  Object.entries({
    replication: REPLICATION,
    'the access point': ACCESS_POINT,
    adoption: ADOPTION,
    status: STATUS,
  }),
)('%s', (_, cases) => {
  test.each(Object.entries(cases))('%s', (__, { is, expected }) => expect(is()).toEqual(expected));
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
