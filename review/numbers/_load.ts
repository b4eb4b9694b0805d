/** How many pods a service needs in a cluster at the surge: as it is, with one zone lost, with the other region lost. */
import type { CapacityLine } from '../assessment';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { only, prodOf, resourcesOf, sidesOf } from './_read';
import { type RenderedService, servicesOf } from './_workloads';

/** One number for each situation. */
export type Needed = CapacityLine['needed'];

/** A service of a cluster with the pods it needs. */
export interface Load {
  readonly service: RenderedService;
  readonly pods: Needed;
}

/** Applies `of` to each situation. */
export const each = (of: (situation: keyof Needed) => number): Needed => ({
  peak: of('peak'),
  zoneLost: of('zoneLost'),
  regionLost: of('regionLost'),
});

/** The same in each situation. */
export const always = (number: number): Needed => each(() => number);

/** True where the records send users to one region only. */
export function isStandby(estate: RenderedEstate): boolean {
  const records = prodOf(estate).flatMap((cluster) => only(resourcesOf(cluster), 'route53', 'Record'));
  return records.some(({ wish }) => wish['failoverRoutingPolicy'] !== undefined);
}

/**
 * The normal load of a region is what its floor carries; at the surge it is so many times more. A region that is alone
 * carries both. A standby has no load until then.
 */
export function loadsOf(estate: RenderedEstate, cluster: RenderedCluster): Load[] {
  const { surge } = estate.input.estate.objectives;
  const { primary } = sidesOf(estate);
  const standby = isStandby(estate);
  const others = prodOf(estate).filter(({ region }) => region !== cluster.region);
  const far = others.map((one) => ({
    region: one.region,
    services: new Map(servicesOf(one).map((service) => [nameOf(service), service])),
  }));
  const serves = !standby || cluster.region === primary;
  return servicesOf(cluster).map((service) => {
    if (!service.scaled) return { service, pods: always(service.running) };
    const own = serves ? service.running * surge : service.running;
    const moved = far
      .filter(({ region }) => !standby || region === primary)
      .reduce((sum, { services }) => sum + (services.get(nameOf(service))?.running ?? 0) * surge, 0);
    const alone = Math.max(service.floor, standby && !serves ? moved : own + moved);
    return { service, pods: { peak: own, zoneLost: own, regionLost: alone } };
  });
}

const nameOf = ({ team, name }: RenderedService) => `${team}/${name}`;

/** Adds up a quantity of each pod. */
export const totalOf = (loads: readonly Load[], of: (service: RenderedService) => number): Needed =>
  each((situation) => loads.reduce((sum, { service, pods }) => sum + pods[situation] * of(service), 0));
