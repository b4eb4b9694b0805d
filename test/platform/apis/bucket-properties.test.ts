import * as fc from 'fast-check';
import { bucketKind } from '../../../platform/apis/bucket';
import type { Composition, Manifest } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type Bucket, bucketSchema } from '../../../spec/claims/bucket';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';

const name = fc.stringMatching(/^[a-z]([a-z0-9]|-[a-z0-9]){0,14}$/);
const team = fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/);
const bucketName = fc.stringMatching(/^[a-z0-9]{3,30}$/);
const days = fc.integer({ min: 1, max: 36500 });

const spec = fc
  .record(
    {
      content: fc.constantFrom('private', 'static'),
      replication: fc.constantFrom('both', 'to-peer', 'none'),
      versions: fc.record({ expireDays: days }),
      lifecycle: fc.record({ intelligentTiering: fc.boolean(), expireDays: days }, { requiredKeys: [] }),
      encryption: fc.constantFrom('kms', 'aes256'),
      accessPoint: fc.boolean(),
      adopt: fc.record({ home: bucketName, peer: bucketName }, { requiredKeys: ['home'] }),
    },
    { requiredKeys: [] },
  )
  .map((one) => ({ ...one, ...(one.content !== 'static' && { encryption: 'kms' }) }))
  .filter(({ adopt }) => adopt === undefined || adopt.home !== adopt.peer);

const claims = fc
  .record({ metadata: fc.record({ name, namespace: team }), spec })
  .map((one): Bucket =>
    bucketSchema.parse({ apiVersion: 'platform.flipside.dev/v1', kind: 'Bucket', ...one }),
  );

/** A claim in one region, settled. */
interface Settled {
  readonly claim: Bucket;
  readonly placement: Placement;
  readonly composition: Composition;
  readonly manifests: readonly Manifest[];
}

const settled = (claim: Bucket, placement: Placement): Settled => {
  const { composition } = settle(bucketKind, claim, placement);
  const manifests = Object.values(composition.resources).map(({ manifest }) => manifest);
  return { claim, placement, composition, manifests };
};

const manifestOf = ({ composition }: Settled, key: string) => composition.resources[key]?.manifest;
const specOf = (manifest: Manifest | undefined) =>
  (manifest?.spec ?? {}) as { managementPolicies?: string[]; forProvider?: Record<string, unknown> };
const asked = (one: Settled, key: string) => specOf(manifestOf(one, key)).forProvider ?? {};
const externalName = (one: Settled, key: string) =>
  manifestOf(one, key)?.metadata.annotations?.[EXTERNAL_NAME];
const destinationOf = (one: Settled) =>
  (asked(one, 'replication')['rule'] as { destination: { bucket: string } }[] | undefined)?.[0]?.destination
    .bucket;
const policyOf = (one: Settled) => String(asked(one, 'policy')['policy']);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3|--x-s3)$/;
/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const ROLE = /^[\w+=,.@-]{1,64}$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/multi-region-access-point-restrictions.html */
const ACCESS_POINT = /^\d{12}:[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/;

/** What holds in every region. */
const IN_EACH: Record<string, (one: Settled) => boolean> = {
  'comes to rest': ({ composition }) => composition.status.reason === '',
  'deletes nothing': ({ manifests }) =>
    manifests.every(
      (one) => !specOf(one).managementPolicies?.some((policy) => /Delete|Late|\*/.test(policy)),
    ),
  'is encrypted with the own key': (one) =>
    JSON.stringify(asked(one, 'encryption')).includes(
      one.claim.spec.encryption === 'kms'
        ? String(one.placement[one.placement.position]?.facts.keys.data)
        : 'AES256',
    ),
  'blocks public access': (one) =>
    ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'].every(
      (block) => asked(one, 'public-access-block')[block] === true,
    ),
  'refuses plain HTTP': (one) =>
    policyOf(one).includes('"Action":"s3:*"') &&
    policyOf(one).includes('{"Bool":{"aws:SecureTransport":"false"}}'),
  'admits a CDN to static files only': (one) =>
    policyOf(one).includes('"Allow"') === (one.claim.spec.content === 'static'),
  'names the bucket as S3 allows': ({ composition }) => BUCKET.test(String(composition.status['bucket'])),
  'names the role as IAM allows': (one) => ROLE.test(externalName(one, 'role') ?? 'none'),
  'names the access point as S3 allows': (one) =>
    ACCESS_POINT.test(externalName(one, 'access-point') ?? '000000000000:abc'),
};

/** What holds between the two regions. */
const BETWEEN: Record<string, (atHome: Settled, atPeer: Settled) => boolean> = {
  'each knows the other': (a, b) =>
    a.composition.status['otherBucket'] === b.composition.status['bucket'] &&
    b.composition.status['otherBucket'] === a.composition.status['bucket'],
  'home copies to the peer unless told not to': (a, b) =>
    destinationOf(a) ===
    (a.claim.spec.replication === 'none' ? undefined : b.composition.status['bucketArn']),
  'the peer copies back only with both': (a, b) =>
    destinationOf(b) ===
    (a.claim.spec.replication === 'both' ? a.composition.status['bucketArn'] : undefined),
  'one role for both ways': (a, b) =>
    a.claim.spec.replication !== 'both' ||
    asked(a, 'replication')['role'] === asked(b, 'replication')['role'],
  'one access point': (a, b) => externalName(a, 'access-point') === externalName(b, 'access-point'),
};

const broken = <Args extends unknown[]>(facts: Record<string, (...args: Args) => boolean>, ...args: Args) =>
  Object.keys(facts).filter((fact) => !facts[fact]?.(...args));

test('any valid claim is safe in each region, and its two regions fit', () => {
  fc.assert(
    fc.property(claims, (claim) => {
      const [atHome, atPeer, single] = [home, peer, alone].map((placement) => settled(claim, placement)) as [
        Settled,
        Settled,
        Settled,
      ];
      const problems = [
        ...[atHome, atPeer, single].flatMap((one) => broken(IN_EACH, one)),
        ...broken(BETWEEN, atHome, atPeer),
      ];
      expect(problems).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('any valid claim gives valid manifests', () => {
  fc.assert(
    fc.property(claims, fc.constantFrom(home, peer, alone), (claim, placement) => {
      expect(settled(claim, placement).manifests.flatMap(validateManifest)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('the same claim gives the same bytes, whatever was composed before', () => {
  fc.assert(
    fc.property(claims, fc.constantFrom(home, peer, alone), (claim, placement) => {
      const once = JSON.stringify(bucketKind.compose(claim, {}, placement));
      expect(JSON.stringify(bucketKind.compose(structuredClone(claim), {}, placement))).toBe(once);
    }),
    { numRuns: 300 },
  );
});

const identity = ({ metadata }: Bucket) => `${metadata.namespace}/${metadata.name}`;
const nameOf = (claim: Bucket, placement: Placement) =>
  bucketKind.compose({ ...claim, spec: bucketSchema.shape.spec.parse({}) }, {}, placement).status['bucket'];

test('no two claims share a bucket, in any region or environment', () => {
  fc.assert(
    fc.property(fc.uniqueArray(claims, { minLength: 2, maxLength: 6, selector: identity }), (all) => {
      const names = all.flatMap((claim) => [home, peer, alone].map((placement) => nameOf(claim, placement)));
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 200 },
  );
});
