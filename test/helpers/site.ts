/** `Site` claims for tests. */
import { siteKind as kind } from '../../platform/apis/site';
import type { Manifest } from '../../platform/kind';
import { settle } from '../../platform/settle';
import { type Site, siteSchema } from '../../spec/claims/site';
import type { Placement } from '../../spec/placement';
import { home, peer } from './placement';

/** A valid claim with defaults filled in. */
export const siteClaim = (spec: Record<string, unknown> = {}): Site =>
  siteSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'Site',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { hosts: ['shop.example.com'], ...spec },
  });

type Traffic = Partial<Placement['traffic']>;

/** A placement with other traffic settings. */
export const withTraffic = (placement: Placement, traffic: Traffic): Placement => ({
  ...placement,
  traffic: { ...placement.traffic, ...traffic },
});

/** The plain estate most tables start from: no CDN, no WAF. */
const PLAIN: Traffic = { cdn: false, waf: false };

/** Home's and peer's placement with these traffic settings. */
export const placements = (traffic: Traffic) =>
  [home, peer].map((one) => withTraffic(one, { ...PLAIN, ...traffic })) as [Placement, Placement];

/** The manifests of a settled claim, by key. */
export function settledSite(claim: Site, placement: Placement): Record<string, Manifest> {
  const { composition } = settle(kind, claim, placement);
  return Object.fromEntries(
    Object.entries(composition.resources).map(([key, { manifest }]) => [key, manifest]),
  );
}

/** `spec.forProvider` of a manifest. */
export const wish = (manifest: Manifest | undefined) =>
  ((manifest?.spec ?? {}) as { forProvider?: Record<string, any> }).forProvider ?? {}; // eslint-disable-line typescript/no-explicit-any -- tests read fields of many kinds

/** The manifests that home comes to under these traffic settings. */
export const inHome = (traffic: Traffic, spec = {}) => settledSite(siteClaim(spec), placements(traffic)[0]);

/** `spec.forProvider` of every manifest of a kind. */
export const wishesOf = (manifests: Record<string, Manifest>, name: string) =>
  Object.values(manifests)
    .filter((manifest) => manifest.kind === name)
    .map(wish);

/** `spec.forProvider` of every record of a host. */
export const recordsOf = (manifests: Record<string, Manifest>, host: string) =>
  wishesOf(manifests, 'Record').filter(({ name }) => name === host);
