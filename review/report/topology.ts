/** What stands where in an estate and how it is joined, from what was rendered: the drawing and its text twin read this. */
import { rpoOf } from '../numbers';
import { planOf, prodOf, sidesOf } from '../numbers/_read';
import { servicesOf } from '../numbers/_workloads';
import type { RenderedEstate } from '../rendered';
import { frontOf, type Hop } from './_front';
import { type Side, sideOf } from './_side';
import { type Store, storesOf } from './_stores';

export type { Hop } from './_front';
export type { Service, Side } from './_side';
export type { Store, StoreHalf } from './_stores';

/** What a flip does to this estate as it is committed. */
export interface FlipPath {
  readonly from: string;
  readonly to: string;
  /** The epoch that is committed, and the one a flip writes. */
  readonly epoch: number;
  readonly next: number;
  /** `<team>/<claim>` of the stores whose writer moves. */
  readonly stores: readonly string[];
  /** Services of the region that takes over that start pods for it. */
  readonly floors: readonly string[];
}

/** A cluster of another environment: a smaller copy, in home's region. */
export interface OtherCluster {
  readonly name: string;
  readonly services: number;
  readonly claims: number;
}

/** An estate as a picture needs it. */
export interface Topology {
  readonly estate: string;
  readonly domain: string;
  readonly pattern: string;
  readonly repository: string;
  /** Between users and the regions, in the order of a request. */
  readonly front: readonly Hop[];
  /** Prod, home first. */
  readonly sides: readonly Side[];
  readonly stores: readonly Store[];
  readonly others: readonly OtherCluster[];
  /** Transit gateways join the networks of both regions. */
  readonly peered: boolean;
  readonly flip: FlipPath;
}

/** Reads the picture out of what was rendered. */
export function topologyOf(estate: RenderedEstate): Topology {
  const { name, domain, pattern, delivery } = estate.input.estate;
  const bounds = new Map(rpoOf(estate).lines.map(({ store, bound }) => [store, bound]));
  return {
    estate: name,
    domain,
    pattern,
    repository: delivery.repository,
    front: frontOf(estate),
    sides: prodOf(estate).map((cluster) => sideOf(estate, cluster)),
    stores: storesOf(estate, bounds),
    others: estate.clusters
      .filter(({ environment }) => environment !== 'prod')
      .map(({ name: cluster, claims, applications }) => ({
        name: cluster,
        services: estate.input.services.filter((service) => applications.has(service.name)).length,
        claims: claims.length,
      })),
    peered: estate.templates.some(({ resources }) =>
      Object.values(resources).some(({ Type }) => Type === 'AWS::EC2::TransitGatewayPeeringAttachment'),
    ),
    flip: flipOf(estate),
  };
}

function flipOf(estate: RenderedEstate): FlipPath {
  const { primary, survivor, claim } = sidesOf(estate);
  const epoch = Math.max(claim.epoch, claim.override?.epoch ?? 0);
  const { stores } = survivor ? planOf(survivor) : { stores: [] };
  const services = survivor ? servicesOf(survivor) : [];
  return {
    from: primary,
    to: survivor?.region ?? primary,
    epoch,
    next: epoch + 1,
    stores: stores.map(({ namespace, name }) => `${namespace}/${name}`),
    floors: services
      .filter(({ floor, running }) => floor > running)
      .map(({ team, name }) => `${team}/${name}`),
  };
}
