/** The services as each cluster runs them: everything a chart needs, resolved from names. */
import type { AnyClaim } from '../spec/claims';
import type { Service } from '../spec/service';
import { type Bounds, boundsOf } from './bounds';
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';
import { factsOf } from './place';
import { mebibytes, milliCpu } from './quantity';

/** One service in one cluster. */
export interface Workload {
  readonly service: Service;
  readonly bounds: Bounds;
  /** Request of each pod. */
  readonly milliCpu: number;
  /** Request and limit of each pod. */
  readonly mebibytes: number;
  /** From the registry of the cluster's own account and region. */
  readonly image: string;
  /** The claims it uses. */
  readonly claims: readonly AnyClaim[];
  /** The services it calls. */
  readonly calls: readonly Service[];
  /** The services that call it. */
  readonly callers: readonly Service[];
  /** ARN of the load balancer's target group; absent without paths. */
  readonly targetGroup?: string;
}

/** Every service of the estate as it runs in `cluster`, in the order of the model. */
export function workloadsOf(model: EstateModel, cluster: Cluster): Workload[] {
  const claims = new Map(model.claims.map((claim) => [claim.metadata.name, claim]));
  const services = new Map(model.services.map((service) => [service.name, service]));
  const callers = callersOf(model.services);
  const { targetGroups } = factsOf(cluster);
  return model.services.map((service) => ({
    service,
    bounds: boundsOf(service, cluster),
    milliCpu: milliCpu(service.resources.cpu),
    mebibytes: mebibytes(service.resources.memory),
    image: imageOf(model.estate.name, service.image, cluster),
    claims: found(claims, service.uses),
    calls: found(services, service.calls),
    callers: callers.get(service.name) ?? [],
    ...targetGroupOf(service, targetGroups),
  }));
}

const imageOf = (estate: string, image: string, { account, region }: Cluster) =>
  `${account}.dkr.ecr.${region}.amazonaws.com/${estate}/${image}`;

/** The loader has refused names that do not exist. */
const found = <T>(byName: ReadonlyMap<string, T>, names: readonly string[]): T[] =>
  names.flatMap((name) => byName.get(name) ?? []);

function callersOf(services: readonly Service[]): Map<string, Service[]> {
  const callers = new Map<string, Service[]>();
  for (const caller of services) {
    for (const called of caller.calls) callers.set(called, [...(callers.get(called) ?? []), caller]);
  }
  return callers;
}

function targetGroupOf({ name, paths }: Service, targetGroups: Readonly<Record<string, string>>) {
  const targetGroup = targetGroups[name];
  return paths.length > 0 && targetGroup ? { targetGroup } : {};
}
