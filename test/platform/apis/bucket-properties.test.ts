import * as fc from 'fast-check';
import { bucketKind } from '../../../platform/apis/bucket';
import type { Composition, Manifest } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type Bucket, bucketSchema } from '../../../spec/claims/bucket';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';

const label = (max: number) => fc.stringMatching(new RegExp(`^[a-z]([a-z0-9]|-[a-z0-9]){0,${max / 2 - 1}}$`));
const bucketName = fc.stringMatching(/^[a-z0-9]{3,30}$/);

const spec = fc
  .record(
    {
      content: fc.constantFrom('private', 'static'),
      replication: fc.constantFrom('both', 'to-peer', 'none'),
      versions: fc.record({ expireDays: fc.integer({ min: 1, max: 36500 }) }),
      lifecycle: fc.record(
        { intelligentTiering: fc.boolean(), expireDays: fc.integer({ min: 1, max: 36500 }) },
        { requiredKeys: [] },
      ),
      encryption: fc.constantFrom('kms', 'aes256'),
      accessPoint: fc.boolean(),
      adopt: fc.record({ home: bucketName, peer: bucketName }, { requiredKeys: ['home'] }),
    },
    { requiredKeys: [] },
  )
  .map((one) => ({ ...one, ...(one.content !== 'static' && { encryption: 'kms' }) }))
  .filter(({ adopt }) => adopt?.home !== adopt?.peer || adopt === undefined);

const claims = fc
  .record({
    metadata: fc.record({ name: label(30), namespace: fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/) }),
    spec,
  })
  .map((one): Bucket =>
    bucketSchema.parse({ apiVersion: 'platform.flipside.dev/v1', kind: 'Bucket', ...one }),
  );

const compose = (claim: Bucket, placement: Placement) => settle(bucketKind, claim, placement).composition;
const manifests = ({ resources }: Composition): Manifest[] =>
  Object.values(resources).map((one) => one.manifest);
const asked = (composition: Composition, key: string) =>
  (composition.resources[key]?.manifest.spec as { forProvider?: Record<string, unknown> })?.forProvider;
const holds = (property: (claim: Bucket) => void, numRuns = 1000) =>
  fc.assert(fc.property(claims, property), { numRuns });

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const VALID_BUCKET =
  /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3|--x-s3)$/;

describe('any valid claim', () => {
  test('composes valid manifests in every placement, and the same ones again', () => {
    holds((claim) => {
      for (const placement of [home, peer, alone]) {
        const { composition, observed } = settle(bucketKind, claim, placement);
        expect(manifests(composition).flatMap(validateManifest)).toEqual([]);
        expect(bucketKind.compose(claim, observed, placement)).toEqual(composition);
        expect(composition.status.reason).toBe('');
      }
    });
  });

  test('is safe: nothing deleted, encrypted, private, TLS only', () => {
    holds((claim) => {
      const composition = compose(claim, peer);
      for (const { spec: asks } of manifests(composition)) {
        expect((asks as { managementPolicies?: string[] })?.managementPolicies ?? []).not.toContain('Delete');
        expect((asks as { managementPolicies?: string[] })?.managementPolicies ?? []).not.toContain(
          'LateInitialize',
        );
      }
      expect(JSON.stringify(asked(composition, 'encryption'))).toContain(
        claim.spec.encryption === 'kms' ? peer.peer?.facts.keys.data : 'AES256',
      );
      const { region: _, bucket: __, ...blocks } = asked(composition, 'public-access-block') ?? {};
      expect(Object.values(blocks)).toEqual([true, true, true, true]);
      expect(JSON.parse(String(asked(composition, 'policy')?.['policy'])).Statement[0]).toMatchObject({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    });
  });

  test('is a pair: each region copies to the bucket that the other one has, with one role', () => {
    holds((claim) => {
      const [atHome, atPeer] = [compose(claim, home), compose(claim, peer)];
      expect(atHome.status['otherBucket']).toBe(atPeer.status['bucket']);
      expect(atPeer.status['otherBucket']).toBe(atHome.status['bucket']);
      if (claim.spec.replication === 'none') return;
      expect(destinationOf(atHome)).toBe(atPeer.status['bucketArn']);
      if (claim.spec.replication === 'to-peer') return;
      expect(destinationOf(atPeer)).toBe(atHome.status['bucketArn']);
      expect(asked(atPeer, 'replication')?.['role']).toBe(asked(atHome, 'replication')?.['role']);
    });
  });

  test('has names that AWS takes', () => {
    holds((claim) => {
      for (const placement of [home, peer, alone]) {
        const { resources, status } = compose(claim, placement);
        expect(status['bucket']).toMatch(VALID_BUCKET);
        const [role, point] = ['role', 'access-point'].map(
          (key) => resources[key]?.manifest.metadata.annotations,
        );
        expect(role?.[EXTERNAL_NAME] ?? 'none').toMatch(/^[\w+=,.@-]{1,64}$/);
        expect(point?.[EXTERNAL_NAME] ?? '1:abc').toMatch(/^\d+:[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/);
      }
    });
  });

  test('shares no name with another one', () => {
    fc.assert(
      fc.property(fc.uniqueArray(claims, { minLength: 2, maxLength: 6, selector: identity }), (all) => {
        const made = all.map((claim) => ({ ...claim, spec: bucketSchema.shape.spec.parse({}) }));
        const names = made.flatMap((claim) =>
          [home, peer, alone].map((at) => compose(claim, at).status['bucket']),
        );
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 100 },
    );
  });
});

const identity = ({ metadata }: Bucket) => `${metadata.namespace}/${metadata.name}`;
const destinationOf = (composition: Composition) =>
  (asked(composition, 'replication') as { rule: { destination: { bucket: string } }[] }).rule[0]?.destination
    .bucket;
