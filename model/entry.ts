/** The public entry of a cluster's region: which paths lead where, and on which names its certificate is. */
import type { Service } from '../spec/service';
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';
import { BEACON_PATH, hostIn, zoneName } from './site-hosts';

/** Port that the beacon listens on. */
export const BEACON_PORT = 8080;

/** Path that is good once a beacon has asked AWS. */
export const BEACON_READY_PATH = '/readyz';

/** Without another region there is nothing to tell: no beacon runs, and an empty target group would look like a dead region. */
export const hasBeacon = ({ placement }: Pick<Cluster, 'placement'>): boolean => placement.peer !== undefined;

/**
 * Path that the load balancer asks the beacon for.
 *
 * An accelerator asks only the load balancer: one target group without a healthy target makes the whole load balancer
 * unhealthy. Under failover routing users have to be where the writers are, so there the beacon is healthy in that region
 * alone. Everywhere else it is healthy as long as it runs.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-health-check-options.html (2026-11)
 */
export const beaconHealthPath = ({ placement: { traffic } }: Pick<Cluster, 'placement'>): string =>
  traffic.accelerator && traffic.routing === 'failover' ? BEACON_PATH : BEACON_READY_PATH;

/** The services that the entry leads to. */
export const published = ({ services }: EstateModel): Service[] =>
  services.filter(({ paths }) => paths.length > 0);

/** A path of the entry, and the service behind it. Everything below the path belongs to it. */
export interface EntryPath {
  readonly path: string;
  readonly service: Service;
}

/** Every path but `/`, the most specific first. */
export const entryPaths = (model: EstateModel): EntryPath[] =>
  published(model)
    .flatMap((service) => service.paths.map((path) => ({ path, service })))
    .filter(({ path }) => path !== '/')
    .toSorted((a, b) => b.path.length - a.path.length || a.path.localeCompare(b.path, 'en'));

/** The service that has `/`, if any: it gets whatever no other path takes. */
export const rootService = (model: EstateModel): Service | undefined =>
  published(model).find(({ paths }) => paths.includes('/'));

/**
 * The service whose pods answer for the region's health: the one at `/`, else the first critical one. It is asked for
 * the path by which it says that it lives, which depends on no store: a database that is gone must not fail two regions.
 */
export const frontService = (model: EstateModel): Service | undefined =>
  rootService(model) ?? published(model).find(({ critical }) => critical) ?? published(model)[0];

/** Names on the region's certificate: all names one label below the zone, then whatever that does not cover. */
export function certificateNames({ estate, claims }: EstateModel, cluster: Cluster): string[] {
  const zone = zoneName(cluster.environment, estate.domain);
  const hosts = claims.flatMap((claim) => (claim.kind === 'Site' ? claim.spec.hosts : []));
  return namesFor(
    zone,
    hosts.map((host) => hostIn(zone, host, estate.domain)),
  );
}

/** A wildcard for the zone, then those of `hosts` that it does not cover. */
export function namesFor(zone: string, hosts: readonly string[]): string[] {
  const wildcard = `*.${zone}`;
  const uncovered = hosts.filter((host) => `*.${host.replace(/^[^.]+\./, '')}` !== wildcard);
  return [...new Set([wildcard, ...uncovered])];
}
