/** What a request needs, from what was rendered: hard when it fails without it, soft when running pods go on. */
import { SLA, type Sla } from '../../model/sla';
import type { AvailabilityFigure } from '../assessment';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { listAt, only, prodOf, type Resource, resourcesOf, stackResources, textAt } from './_read';
import { servicesOf } from './_workloads';

type Dependency = AvailabilityFigure['dependencies'][number];

/** Services of one region, and those before both. */
export interface Dependencies {
  readonly region: readonly Dependency[];
  readonly frontDoor: readonly Dependency[];
}

const hard = (service: string, { sla, source }: Sla): Dependency => ({ service, sla, hard: true, source });
const soft = (service: string, promise: Sla): Dependency => ({ ...hard(service, promise), hard: false });

/** Of the home cluster, which has what its peer has. */
export function dependenciesOf(estate: RenderedEstate): Dependencies {
  const cluster = prodOf(estate)[0];
  const resources = cluster ? resourcesOf(cluster) : [];
  return { region: cluster ? regional(estate, cluster, resources) : [], frontDoor: before(resources) };
}

const regional = (
  estate: RenderedEstate,
  cluster: RenderedCluster,
  resources: readonly Resource[],
): Dependency[] => [
  ...(servicesOf(cluster).some(({ published }) => published)
    ? [hard('load balancer', SLA.loadBalancer)]
    : []),
  hard('EC2', SLA.ec2Region),
  ...only(resources, 'rds', 'Cluster').map((one) => database(one, resources)),
  ...only(resources, 'elasticache', 'ReplicationGroup').flatMap((one) => cache(estate, one)),
  ...only(resources, 'dynamodb', 'Table').map((one) => hard(`DynamoDB ${one.owner}`, SLA.table)),
  ...only(resources, 's3', 'Bucket').map((one) => bucket(one, resources)),
  ...link(estate, cluster),
  soft('EKS API server: running pods go on', controlPlane(estate, cluster)),
  soft('ECR: running pods go on', SLA.registry),
];

function database({ owner, wish }: Resource, resources: readonly Resource[]): Dependency {
  const zones = only(resources, 'rds', 'ClusterInstance')
    .filter((one) => one.owner === owner)
    .map((one) => textAt(one.wish, 'availabilityZone') ?? textAt(wish, 'region'));
  return hard(`Aurora ${owner}`, new Set(zones).size > 1 ? SLA.auroraZones : SLA.auroraOne);
}

/** Sessions have no other place; what only relieves a store may be gone. One in a single zone has no promise. */
function cache({ input }: RenderedEstate, { owner, wish }: Resource): Dependency[] {
  if (wish['multiAzEnabled'] !== true) return [];
  const claim = input.claims.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === owner);
  const make = textAt(claim, 'spec', 'purpose') === 'sessions' ? hard : soft;
  return [make(`ElastiCache ${owner}`, SLA.cacheZones)];
}

/** The CDN reads static files from either region's bucket. */
function bucket({ owner, wish, key }: Resource, resources: readonly Resource[]): Dependency {
  const name = textAt(wish, 'bucket') ?? key;
  const grouped = only(resources, 'cloudfront', 'Distribution').some(
    (one) =>
      listAt(one.wish, 'originGroup').length > 0 &&
      listAt(one.wish, 'origin').some((origin) => origin['originAccessControlId'] !== undefined) &&
      JSON.stringify(one.wish).includes(owner.replace('/', '-')),
  );
  return (grouped ? soft : hard)(`S3 ${owner || name}`, SLA.bucket);
}

const link = (estate: RenderedEstate, { name }: RenderedCluster): Dependency[] =>
  stackResources(estate, name, 'AWS::EC2::TransitGateway').length > 0
    ? [soft('transit gateway: the writer of the other region', SLA.transitGateway)]
    : [];

const controlPlane = (estate: RenderedEstate, { name }: RenderedCluster): Sla =>
  stackResources(estate, name, 'AWS::EKS::Cluster').some(
    (one) => (textAt(one, 'ControlPlaneScalingConfig', 'Tier') ?? 'standard') !== 'standard',
  )
    ? SLA.eksProvisioned
    : SLA.eks;

const before = (resources: readonly Resource[]): Dependency[] => [
  ...(only(resources, 'route53', 'Record').length > 0 ? [hard('Route 53', SLA.route53)] : []),
  ...(only(resources, 'cloudfront', 'Distribution').length > 0 ? [hard('CloudFront', SLA.cdn)] : []),
  ...(only(resources, 'globalaccelerator', 'Accelerator').length > 0
    ? [hard('Global Accelerator', SLA.accelerator)]
    : []),
];
