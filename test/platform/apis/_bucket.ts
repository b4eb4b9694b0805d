/** What the tests of `Bucket` share: a claim, what it settles to, and short ways to look into it. */
import { bucketKind } from '../../../platform/apis/bucket';
import type { Manifest } from '../../../platform/kind';
import { settle } from '../../../platform/settle';
import { type Bucket, bucketSchema } from '../../../spec/claims/bucket';
import type { Placement } from '../../../spec/placement';
import { home } from '../../helpers/placement';

export const claimOf = (spec: object = {}): Bucket =>
  bucketSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'Bucket',
    metadata: { name: 'assets', namespace: 'shop' },
    spec,
  });

export const composed = (spec: object = {}, placement: Placement = home) =>
  settle(bucketKind, claimOf(spec), placement).composition;
export const manifestOf = (key: string, spec?: object, placement?: Placement): Manifest | undefined =>
  composed(spec, placement).resources[key]?.manifest;
export const keysOf = (spec?: object, placement?: Placement) =>
  Object.keys(composed(spec, placement).resources);

/** The value at a path such as `rule.0.status` in what the manifest asks the provider for. */
const at = (manifest: Manifest | undefined, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) => (value as Record<string, unknown>)?.[step],
      (manifest?.spec as { forProvider?: unknown } | undefined)?.forProvider,
    );
export const asked = (key: string, path: string, spec?: object, placement?: Placement) =>
  at(manifestOf(key, spec, placement), path);
export const policiesOf = (key: string, spec?: object, placement?: Placement) =>
  (manifestOf(key, spec, placement)?.spec as { managementPolicies?: string[] } | undefined)
    ?.managementPolicies;

interface Statement {
  readonly Sid: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition: unknown;
}
export const statements = (key: string, spec?: object, placement?: Placement): Statement[] =>
  JSON.parse(String(asked(key, 'policy', spec, placement))).Statement;
export const statement = (Sid: string, key: string, spec?: object) =>
  statements(key, spec).find((one) => one.Sid === Sid);
export const sids = (key: string, spec?: object) => statements(key, spec).map(({ Sid }) => Sid);

export const HOME = 'prod-us-east-1-storefront-shop-assets-111111111111';
export const PEER = 'prod-eu-west-1-storefront-shop-assets-111111111111';
export const KEEP = ['Observe', 'Create', 'Update'];
export const ADOPTED = { adopt: { home: 'old-assets', peer: 'old-assets-eu' } };

/** `<plural>.<group>`, the form of an activation policy. */
export const pluralOf = ({ kind, apiVersion }: Manifest) => {
  const plural = kind.toLowerCase().replace(/y$/, 'ie');
  return `${plural.endsWith('s') ? plural : `${plural}s`}.${apiVersion.split('/')[0]}`;
};

export interface Case {
  readonly reason: string;
  readonly is: () => unknown;
  readonly expected: unknown;
}
