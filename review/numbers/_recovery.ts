/** What the recovery time depends on, read from what was rendered. */
import {
  ACCELERATOR_CHECK,
  ALIAS_TTL,
  ARGO_MANAGED_POLL,
  ARGO_POLL,
  TARGET_CHECK,
} from '../../model/recovery-times';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import {
  appliedOf,
  at,
  lineOf,
  numberAt,
  only,
  planOf,
  prodOf,
  type Resource,
  resourcesOf,
  sidesOf,
  stackResources,
  textAt,
} from './_read';
import { roomFor, servicesOf, staticPoolsOf } from './_workloads';

/** How ready the pods of a service are in the region that takes over. */
export type Readiness = 'hot' | 'warm' | 'cold';

/** A health check: seconds between two looks, and how many must fail. */
export interface HealthCheck {
  readonly interval: number;
  readonly failures: number;
  readonly source: string;
}

/** Everything that a recovery's length depends on; seconds. */
export interface Recovery {
  /** Absent: nothing tells anybody that the region is gone. */
  readonly check?: HealthCheck;
  /** How long resolvers keep the records that a health check turns; absent without any. `fixed`: of an alias. */
  readonly ttl?: { readonly seconds: number; readonly fixed: boolean; readonly source: string };
  readonly accelerator?: HealthCheck;
  /** Seconds of evidence until the trigger flips by itself; absent: a person decides. */
  readonly automaticAfter?: number;
  /** How often Argo CD looks by itself, jitter included; absent where its configuration is not rendered. */
  readonly poll?: { readonly seconds: number; readonly source: string };
  /** Stores with one writer. */
  readonly stores: readonly { readonly name: string; readonly kind: string }[];
  readonly compute: readonly {
    readonly service: string;
    readonly readiness: Readiness;
    readonly file: string;
  }[];
  /** Of the load balancer, before new pods get requests; absent where no service is behind it. */
  readonly targets?: { readonly interval: number; readonly healthy: number; readonly source: string };
  /** The records ask the survivor's beacon. */
  readonly beacon: boolean;
}

/** The recovery of an estate from the loss of its primary region. */
export function recoveryOf(estate: RenderedEstate): Recovery {
  const { primary, survivor, claim } = sidesOf(estate);
  const resources = prodOf(estate).flatMap(resourcesOf);
  const check = checkOf(resources, primary);
  const ttl = ttlOf(estate, resources);
  const accelerator = acceleratorOf(resources, primary);
  const rest = survivor ? survivorsOf(estate, survivor) : { stores: [], compute: [] };
  return {
    ...(check && { check }),
    ...(ttl && { ttl }),
    ...(accelerator && { accelerator }),
    ...(claim.trigger.automatic && { automaticAfter: claim.trigger.afterSeconds }),
    beacon: only(resources, 'route53', 'HealthCheck').some(({ wish }) => wish['invertHealthcheck'] === true),
    ...rest,
  };
}

function survivorsOf(estate: RenderedEstate, survivor: RenderedCluster) {
  const poll = pollOf(estate, survivor);
  const targets = targetsOf(estate, survivor);
  return {
    ...(poll && { poll }),
    ...(targets && { targets }),
    stores: planOf(survivor).stores.map(({ kind, namespace, name }) => ({
      kind,
      name: `${namespace}/${name}`,
    })),
    compute: computeOf(estate, survivor),
  };
}

/** The slowest check of the primary region's entry. */
function checkOf(resources: readonly Resource[], region: string): HealthCheck | undefined {
  return only(resources, 'route53', 'HealthCheck')
    .filter(({ wish }) => wish['invertHealthcheck'] !== true && textAt(wish, 'fqdn')?.includes(region))
    .map(({ wish, file, key }) => ({
      interval: numberAt(wish, 'requestInterval') ?? 30,
      failures: numberAt(wish, 'failureThreshold') ?? 3,
      source: `${file}#${key}`,
    }))
    .toSorted((a, b) => b.interval * b.failures - a.interval * a.failures)[0];
}

/** The longest of all records that a health check turns. */
function ttlOf(estate: RenderedEstate, resources: readonly Resource[]): Recovery['ttl'] {
  return only(resources, 'route53', 'Record')
    .filter(({ wish }) => wish['healthCheckId'] !== undefined)
    .map(({ wish, file, key }) => {
      const fixed = at(wish, 'alias') !== undefined;
      const seconds = fixed ? ALIAS_TTL : (numberAt(wish, 'ttl') ?? estate.input.estate.traffic.ttl);
      return { seconds, fixed, source: `${file}#${key}` };
    })
    .toSorted((a, b) => b.seconds - a.seconds)[0];
}

function acceleratorOf(resources: readonly Resource[], region: string): HealthCheck | undefined {
  const group = only(resources, 'globalaccelerator', 'EndpointGroup').find(
    ({ wish }) => wish['endpointGroupRegion'] === region,
  );
  if (!group) return undefined;
  return {
    interval: numberAt(group.wish, 'healthCheckIntervalSeconds') ?? ACCELERATOR_CHECK.interval,
    failures: numberAt(group.wish, 'thresholdCount') ?? ACCELERATOR_CHECK.failures,
    source: `${group.file}#${group.key}`,
  };
}

/** The Argo CD of EKS polls by itself; ours says how often in its ConfigMap. */
function pollOf(estate: RenderedEstate, cluster: RenderedCluster): Recovery['poll'] {
  const managed = stackResources(estate, cluster.name, 'AWS::EKS::Capability').some(
    (one) => one['Type'] === 'ARGOCD',
  );
  if (managed) return { seconds: ARGO_MANAGED_POLL, source: 'the Argo CD of EKS' };
  const map = appliedOf(cluster, 'ConfigMap').find(({ metadata }) => metadata.name === 'argocd-cm');
  if (!map) return undefined;
  const seconds = secondsOf(textAt(map, 'data', 'timeout.reconciliation')) ?? ARGO_POLL.seconds;
  const jitter = secondsOf(textAt(map, 'data', 'timeout.reconciliation.jitter')) ?? ARGO_POLL.jitter;
  return { seconds: seconds + jitter, source: `argocd-cm of ${cluster.name}` };
}

/** Seconds in a duration of Go with one unit, for example `3m`. */
function secondsOf(text: string | undefined): number | undefined {
  const [, amount, unit = 's'] = /^(\d+)(s|m|h)?$/.exec(text ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) * ({ s: 1, m: 60, h: 3600 }[unit] ?? 1);
}

/** From the target groups of the stacks; from the estate while there are no stacks. */
function targetsOf(estate: RenderedEstate, cluster: RenderedCluster): Recovery['targets'] {
  if (!servicesOf(cluster).some(({ published, scaled }) => published && scaled)) return undefined;
  const groups = stackResources(estate, cluster.name, 'AWS::ElasticLoadBalancingV2::TargetGroup').map(
    (group) => ({
      interval: numberAt(group, 'HealthCheckIntervalSeconds') ?? TARGET_CHECK.interval,
      healthy: numberAt(group, 'HealthyThresholdCount') ?? TARGET_CHECK.healthy,
      source: `target groups of ${cluster.name}`,
    }),
  );
  const slowest = groups.toSorted((a, b) => b.interval * b.healthy - a.interval * a.healthy)[0];
  const { targets } = estate.input.estate;
  return (
    slowest ?? { interval: targets.interval, healthy: targets.healthy, source: lineOf(estate, 'targets') }
  );
}

/** Hot: the floor runs all the time. Warm: the missing pods fit on nodes that run. Cold: nodes have to start. */
function computeOf(estate: RenderedEstate, cluster: RenderedCluster): Recovery['compute'] {
  const services = servicesOf(cluster);
  const wanted = services.flatMap((one) =>
    Array.from({ length: Math.max(one.floor, one.running) }, () => one),
  );
  const fits = roomFor(wanted, staticPoolsOf(cluster));
  return services
    .filter(({ scaled }) => scaled)
    .map(({ name, running, floor }) => ({
      service: name,
      readiness: running >= floor ? 'hot' : fits ? 'warm' : 'cold',
      file: `estates/${estate.input.estate.name}/services/${name}.yaml#scale.peer.min`,
    }));
}
