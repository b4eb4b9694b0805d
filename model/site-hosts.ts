/**
 * The host names of an estate's public entry.
 *
 * All machine-made names lie one label below the zone, so the wildcard certificate of the zone covers them.
 */

/** Path under which a region's load balancer reaches its beacon: 200 only where the writers are. */
export const BEACON_PATH = '/primary';

/** The hosted zone of an environment: the estate's domain for prod, a zone of its own below it for the others. */
export const zoneName = (environment: string, domain: string): string =>
  environment === 'prod' ? domain : `${environment}.${domain}`;

/** A host as people wrote it for prod, moved into the zone of an environment. */
export const hostIn = (zone: string, host: string, domain: string): string =>
  host === domain ? zone : `${host.slice(0, -domain.length)}${zone}`;

/** Name of one region's own entry, which health checks ask; it never leads to another region. */
export const entryHost = (region: string, zone: string): string => `entry-${region}.${zone}`;

/** Base of one region's own entry, as one region's programs ask the other's. */
export const entryUrl = (
  region: string,
  { environment, domain }: { readonly environment: string; readonly domain: string },
): string => `https://${entryHost(region, zoneName(environment, domain))}`;

/** Name that the CDN fetches from; health checks decide which region it leads to. */
export const originHost = (zone: string): string => `origin.${zone}`;

/** Name that leads past the accelerator straight to the load balancer of the region that health checks choose. */
export const directHost = (zone: string): string => `direct.${zone}`;
