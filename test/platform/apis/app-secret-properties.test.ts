import * as fc from 'fast-check';
import { appSecretKind } from '../../../platform/apis/app-secret';
import type { Composition, Manifest } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type AppSecret, appSecretSchema } from '../../../spec/claims/app-secret';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';

const spec = fc.record(
  {
    keys: fc.uniqueArray(fc.stringMatching(/^[A-Za-z_]\w{0,20}$/), { minLength: 1, maxLength: 8 }),
    source: fc.constantFrom('generate', 'external'),
    length: fc.integer({ min: 8, max: 256 }),
    rotation: fc.record({ every: fc.integer({ min: 1, max: 1000 }) }),
    adopt: fc.record({ secret: fc.stringMatching(/^[A-Za-z0-9/_-]{1,40}$/) }),
  },
  { requiredKeys: ['keys'] },
);

const claims = fc
  .record({
    metadata: fc.record({
      name: fc.stringMatching(/^[a-z]([a-z0-9]|-[a-z0-9]){0,14}$/),
      namespace: fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/),
    }),
    spec,
  })
  .map((one): AppSecret =>
    appSecretSchema.parse({ apiVersion: 'platform.flipside.dev/v1', kind: 'AppSecret', ...one }),
  );

const placements = fc.constantFrom(home, peer, alone);
const compose = (claim: AppSecret, placement: Placement) =>
  settle(appSecretKind, claim, placement).composition;
const manifestsOf = ({ resources }: Composition): Manifest[] =>
  Object.values(resources).map(({ manifest }) => manifest);
const specOf = (manifest: Manifest | undefined) => (manifest?.spec ?? {}) as Record<string, unknown>;
const deliveredFrom = ({ resources }: Composition) =>
  (specOf(resources['delivery']?.manifest)['data'] as { remoteRef: { key: string } }[]).map(
    ({ remoteRef }) => remoteRef.key,
  );

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const SECRET_NAME = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
/** Fields that could carry a value rather than say where one is. */
const VALUE_FIELD = /"(stringData|secretString\w*|secretBinary|password|value)":"(?!\{)/i;

const FACTS: Record<string, (atHome: Composition, atPeer: Composition, claim: AppSecret) => boolean> = {
  'nothing but a rotation is ever deleted': (a, b) =>
    [...manifestsOf(a), ...manifestsOf(b)].every(
      (one) =>
        one.kind === 'SecretRotation' ||
        !/Delete"|LateInitialize|"\*"/.test(JSON.stringify(specOf(one)['managementPolicies'] ?? [])),
    ),
  'no value stands in a manifest': (a, b) =>
    [...manifestsOf(a), ...manifestsOf(b)].every(
      (one) => one.apiVersion !== 'v1' && !VALUE_FIELD.test(JSON.stringify(one)),
    ),
  'both copies have their own key': (a) => {
    const stored = specOf(a.resources['secret']?.manifest)['forProvider'] as Record<string, unknown>;
    const [replica] = stored['replica'] as { kmsKeyId: string }[];
    return (
      stored['kmsKeyId'] === home.home.facts.keys.data && replica?.kmsKeyId === home.peer?.facts.keys.data
    );
  },
  'both regions read the secret that home keeps': (a, b) => {
    const kept = a.resources['secret']?.manifest.metadata.annotations?.[EXTERNAL_NAME];
    return [...deliveredFrom(a), ...deliveredFrom(b)].every((name) => name === kept);
  },
  'its name is valid': (a) => SECRET_NAME.test(String(a.status['secret'])),
  'the peer makes nothing': (_, b) => Object.keys(b.resources).join() === 'delivery',
  'a generated value is pushed once': (a, _, { spec: { source } }) =>
    (specOf(a.resources['secret-value']?.manifest)['updatePolicy'] === 'IfNotExists') ===
    (source === 'generate'),
};

test('any valid claim is safe, and its two regions fit', () => {
  fc.assert(
    fc.property(claims, (claim) => {
      const [atHome, atPeer] = [compose(claim, home), compose(claim, peer)];
      expect(Object.keys(FACTS).filter((fact) => !FACTS[fact]?.(atHome, atPeer, claim))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('any valid claim gives valid manifests and comes to rest', () => {
  fc.assert(
    fc.property(claims, placements, (claim, placement) => {
      const composition = compose(claim, placement);
      expect([...manifestsOf(composition).flatMap(validateManifest), composition.status.reason]).toEqual([
        '',
      ]);
    }),
    { numRuns: 1000 },
  );
});

test('the same claim gives the same bytes, whatever was composed before', () => {
  fc.assert(
    fc.property(claims, placements, (claim, placement) => {
      const once = JSON.stringify(appSecretKind.compose(claim, {}, placement));
      expect(JSON.stringify(appSecretKind.compose(structuredClone(claim), {}, placement))).toBe(once);
    }),
    { numRuns: 300 },
  );
});
