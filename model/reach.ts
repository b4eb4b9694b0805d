/** Which addresses and ports a workload may talk to. */
import { overlaps } from '../spec/cidr';
import type { AnyClaim } from '../spec/claims';
import type { TierName } from '../spec/estate';
import { CACHE_PORT } from './cache-engine';
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';
import { tierSubnets } from './subnets';
import { DAX_PORT } from './table-engine';

/**
 * Blocks that EKS takes the addresses of Services from, and the cluster's DNS in each: always the tenth address. In
 * Auto Mode CoreDNS runs on the node and not in a pod, so a policy has to name the address.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html,
 * https://github.com/aws/containers-roadmap/issues/2552 (2026-11)
 */
const SERVICE_NETWORKS = [
  { cidr: '172.20.0.0/16', dns: '172.20.0.10/32' },
  { cidr: '10.100.0.0/16', dns: '10.100.0.10/32' },
] as const;

/** The Service addresses of a cluster in this VPC; CDK gives the block to EKS, so that nobody has to guess it. */
export const serviceNetwork = (vpc: string): (typeof SERVICE_NETWORKS)[number] =>
  SERVICE_NETWORKS.find(({ cidr }) => !overlaps(cidr, vpc)) ?? SERVICE_NETWORKS[0];

/** Gives pods their AWS credentials, on port 80. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html (2026-11) */
export const POD_IDENTITY_AGENT = '169.254.170.23/32';

/** What is not the internet: private networks, and link-local addresses with the instance metadata. */
export const NOT_PUBLIC = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'] as const;

/** Blocks of a tier of the cluster's own VPC, in every zone the estate has there: load balancers need two or more. */
export function tierCidrs({ estate }: EstateModel, cluster: Cluster, tier: TierName): string[] {
  const { zones } = estate.regions[cluster.position];
  return tierSubnets(estate, tier, cluster.cidr, zones).map(({ cidr }) => cidr);
}

/** Blocks of a tier of the other region's VPC; empty where there is no other region. */
export function farTierCidrs({ estate }: EstateModel, cluster: Cluster, tier: TierName): string[] {
  if (!cluster.placement.peer) return [];
  const { cidr, zones } = estate.regions[cluster.position === 'home' ? 'peer' : 'home'];
  return tierSubnets(estate, tier, cidr, zones).map((subnet) => subnet.cidr);
}

/** How a workload reaches what a claim became. */
export interface Reach {
  /** Port in the data subnets. */
  readonly port?: number;
  /** Also in the other region: the writer may be there. */
  readonly far?: boolean;
  /** Also public AWS addresses on 443: gateway endpoints keep the traffic in AWS, yet its addresses are public. */
  readonly internet?: boolean;
}

const REACH: Readonly<Record<string, Reach>> = {
  PostgresDatabase: { port: 5432, far: true },
  Cache: { port: CACHE_PORT },
  Bucket: { internet: true },
  Table: { internet: true },
  // Its value opens a service of somebody else, which is out on the internet.
  AppSecret: { internet: true },
};

/** How a workload reaches what `claim` became. */
export function reachOf({ kind, spec }: AnyClaim): Reach {
  const reach = REACH[kind] ?? {};
  return 'dax' in spec && spec.dax ? { ...reach, port: DAX_PORT } : reach;
}
