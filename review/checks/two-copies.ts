/** No single point of failure: at least two of everything that serves. */
import type { Check } from '../check';
import type { Service } from '../../spec/service';
import type { RenderedEstate } from '../rendered';
import { type Located, appliedOf, composedOf, initial, numberAt, prodOf, spot, wanted } from './_read';

/** Load balancer, compute, database and cache, counted. */
export const twoCopies: Check = {
  id: 'two-copies',
  title: 'At least two copies of everything that serves',
  severity: 'error',
  reference: 'S0-52, C-02',
  run: (estate, report) =>
    singles(estate).map(([path, message]) =>
      report({
        message,
        path,
        remedy: 'Run two or more, in different zones: raise it on the claim or service',
      }),
    ),
};

type Single = readonly [path: string, message: string];

const singles = (estate: RenderedEstate): Single[] => [
  ...services(estate),
  ...programs(estate),
  ...databases(estate),
  ...caches(estate),
  ...loadBalancers(estate),
];

/** A floor of 0 is a standby that is switched off; its floor after a takeover counts. */
const services = (estate: RenderedEstate): Single[] =>
  appliedOf(prodOf(estate), 'Deployment').flatMap((item): Single[] => {
    const service = estate.input.services.find(({ name }) => name === item.object.metadata.name);
    if (!service?.critical || item.object.metadata.namespace !== service.team) return [];
    const floor = floorOf(service, item.cluster.position);
    return floor >= 2
      ? []
      : [[spot(item), `Service ${service.name} runs ${floor} pod in ${item.cluster.name}`]];
  });

const floorOf = ({ scale }: Service, position: 'home' | 'peer') =>
  position === 'home' ? scale.min : scale.peer.min || (scale.peer.promoted ?? scale.peer.min ?? scale.min);

/** The programs of a flip, and the function that composes its Job. */
const programs = (estate: RenderedEstate): Single[] =>
  appliedOf(prodOf(estate), 'Deployment', 'DeploymentRuntimeConfig')
    .filter(
      ({ object }) =>
        object.metadata.namespace === 'flipside-system' || object.metadata.name === 'flipside-compose',
    )
    .filter((item) => replicasOf(item) < 2)
    .map((item) => [spot(item), `${item.object.metadata.name} runs ${replicasOf(item)} pod`]);

const replicasOf = ({ object }: Located) =>
  numberAt(object, 'spec.replicas') || numberAt(object, 'spec.deploymentTemplate.spec.replicas');

const databases = (estate: RenderedEstate): Single[] =>
  composedOf(prodOf(estate), 'rds/Cluster').flatMap((cluster): Single[] => {
    const count = composedOf([cluster.cluster], 'rds/ClusterInstance').filter(
      ({ file }) => file === cluster.file,
    ).length;
    return count >= 2 ? [] : [[spot(cluster), `Database has ${count} instance in ${cluster.cluster.region}`]];
  });

const caches = (estate: RenderedEstate): Single[] => [
  ...composedOf(prodOf(estate), 'elasticache/ReplicationGroup')
    .filter((item) => numberAt(wanted(item), 'replicasPerNodeGroup') < 1 || !failsOver(item))
    .map((item): Single => [
      spot(item, 'spec.forProvider'),
      `Cache in ${item.cluster.region} has no replica in another zone that takes over`,
    ]),
  ...composedOf(prodOf(estate), 'dax/Cluster')
    .filter((item) => numberAt(wanted(item), 'replicationFactor') < 2)
    .map((item): Single => [
      spot(item, 'spec.forProvider.replicationFactor'),
      `DAX in ${item.cluster.region} has ${numberAt(wanted(item), 'replicationFactor')} node`,
    ]),
];

const failsOver = (item: Located) =>
  wanted(item).multiAzEnabled === true &&
  (wanted(item).automaticFailoverEnabled === true || initial(item).automaticFailoverEnabled === true);

const loadBalancers = ({ templates }: RenderedEstate): Single[] =>
  templates.flatMap(({ file, resources }) =>
    Object.entries(resources)
      .filter(([, { Type }]) => Type === 'AWS::ElasticLoadBalancingV2::LoadBalancer')
      .filter(([, { Properties }]) => subnetsOf(Properties).length < 2)
      .map(([id]): Single => [`${file}#Resources/${id}`, `Load balancer ${id} is in fewer than two zones`]),
  );

function subnetsOf(properties: unknown): readonly unknown[] {
  const { Subnets, SubnetMappings } = (properties ?? {}) as Record<string, unknown>;
  const list = Subnets ?? SubnetMappings;
  // A reference to a list has to be taken on trust: the network stack makes three.
  return Array.isArray(list) ? list : [list, list];
}
