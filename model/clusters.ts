/** The EKS clusters of an estate: one in each region of prod, one in each further environment. */
import type { EnvironmentName, Estate } from '../spec/estate';
import type { Facts } from '../spec/facts';
import type { Placement } from '../spec/placement';
import type { Size } from '../spec/claims';
import { clusterName } from './names';

/** One EKS cluster and its place in the estate. */
export interface Cluster {
  /** `<environment>-<region>` */
  readonly name: string;
  readonly environment: EnvironmentName;
  readonly region: string;
  readonly position: 'home' | 'peer';
  readonly account: string;
  readonly cidr: string;
  /** Full zone names, for example `us-east-1a`. */
  readonly zones: readonly string[];
  /** Replaces the size of every store in a smaller environment. */
  readonly size?: Size;
  /** Replaces the bounds of every service in a smaller environment. */
  readonly scale?: { readonly min: number; readonly max: number };
  readonly placement: Placement;
}

type Position = Cluster['position'];

/** The clusters of an estate, prod first and home first. */
export function clustersOf(estate: Estate, facts: Readonly<Record<string, Facts>>): Cluster[] {
  const prod = (['home', 'peer'] as const).map((position) => prodCluster(estate, facts, position));
  const others = (['staging', 'dev'] as const).flatMap((name) => otherCluster(estate, facts, name));
  return [...prod, ...others];
}

function prodCluster(estate: Estate, facts: Readonly<Record<string, Facts>>, position: Position): Cluster {
  const region = estate.regions[position];
  return {
    name: clusterName('prod', region.name),
    environment: 'prod',
    region: region.name,
    position,
    account: estate.account,
    cidr: region.cidr,
    zones: zonesOf(region),
    placement: {
      ...common(estate, 'prod', estate.account, position),
      home: placeOf('prod', estate.regions.home, facts),
      peer: placeOf('prod', estate.regions.peer, facts),
    },
  };
}

function otherCluster(
  estate: Estate,
  facts: Readonly<Record<string, Facts>>,
  name: 'staging' | 'dev',
): Cluster[] {
  const environment = estate.environments[name];
  if (!environment) return [];
  const region = { ...estate.regions.home, zones: estate.regions.home.zones.slice(0, environment.zones) };
  return [
    {
      name: clusterName(name, region.name),
      environment: name,
      region: region.name,
      position: 'home',
      account: environment.account,
      cidr: environment.cidr,
      zones: zonesOf(region),
      ...(environment.size && { size: environment.size }),
      ...(environment.scale && { scale: environment.scale }),
      placement: {
        ...common(estate, name, environment.account, 'home'),
        home: placeOf(name, region, facts),
      },
    },
  ];
}

const common = (estate: Estate, environment: EnvironmentName, account: string, position: Position) => ({
  estate: estate.name,
  environment,
  account,
  domain: estate.domain,
  position,
  traffic: estate.traffic,
});

const zonesOf = (region: { name: string; zones: readonly string[] }) =>
  region.zones.map((letter) => `${region.name}${letter}`);

function placeOf(
  environment: EnvironmentName,
  region: { name: string; zones: readonly string[] },
  facts: Readonly<Record<string, Facts>>,
) {
  const name = clusterName(environment, region.name);
  const known = facts[name];
  if (!known) throw new Error(`Cannot place cluster "${name}": it has no facts`);
  return { region: region.name, zones: zonesOf(region), facts: known };
}
