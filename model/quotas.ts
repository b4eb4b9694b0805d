/** What AWS allows by default, and how much of what it sells stands in one unit. Every quota here can be raised. */

/** A quota of an account in one region. */
export interface Quota {
  /** Of Service Quotas: `aws service-quotas get-service-quota --service-code <service> --quota-code <code>`. */
  readonly service: string;
  readonly code: string;
  readonly name: string;
  /** Of a new account. */
  readonly standard: number;
  readonly source: string;
}

const VPC = 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html (2026-11)';

/** The quotas that the load of a region meets. */
export const QUOTAS = {
  vcpus: {
    service: 'ec2',
    code: 'L-1216C47A',
    name: 'vCPUs of standard instances on demand',
    standard: 5,
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-quotas.html (2026-11)',
  },
  interfaces: { service: 'vpc', code: 'L-DF5E4CA3', name: 'network interfaces', standard: 5000, source: VPC },
  addresses: { service: 'ec2', code: 'L-0263D0A3', name: 'Elastic IP addresses', standard: 5, source: VPC },
  natGateways: {
    service: 'vpc',
    code: 'L-FE5A380F',
    name: 'NAT gateways in a zone',
    standard: 5,
    source: VPC,
  },
  loadBalancers: {
    service: 'elasticloadbalancing',
    code: 'L-53DA6B97',
    name: 'Application Load Balancers',
    standard: 50,
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html (2026-11)',
  },
  databases: {
    service: 'rds',
    code: 'L-7B6409FD',
    name: 'DB instances',
    standard: 40,
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html (2026-11)',
  },
} as const satisfies Record<string, Quota>;

/** Units a second that an on-demand table takes by default. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html (2026-11) */
export const TABLE_UNITS = 40_000;

/** AWS keeps the first four addresses of a subnet and the last. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html (2026-11) */
export const RESERVED_ADDRESSES = 5;
/** Addresses of a /28 prefix: what a node of Auto Mode takes at a time, one of them ahead. https://docs.aws.amazon.com/eks/latest/userguide/auto-networking.html (2026-11) */
export const PREFIX_ADDRESSES = 16;
/** Interfaces of an EKS control plane. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html (2026-11) */
export const CONTROL_PLANE_INTERFACES = 4;

/** Memory of an Aurora instance class of a memory-optimized family, GiB for each unit of its size. */
const LARGE_GIB = 16;

/**
 * Connections that an Aurora PostgreSQL instance of a class takes by default: a formula of its memory, which AWS's own
 * example counts in GiB times 10⁹. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html (2026-11)
 *
 * @returns undefined for a class without a fixed size
 */
export function connectionsOf(instanceClass: string): number | undefined {
  const [, times = '', size] = /^db\.r\w+\.(\d*)(x?large)$/.exec(instanceClass) ?? [];
  if (!size) return undefined;
  const units = size === 'large' ? 1 : 2 * Number(times || 1);
  return connectionsFor(units * LARGE_GIB);
}

/** The same for memory in GiB. */
export const connectionsFor = (gibibytes: number): number =>
  Math.min(5000, Math.floor((gibibytes * 1e9) / 9_531_392));

/** GiB of a capacity unit of Aurora Serverless v2. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html (2026-11) */
export const GIB_PER_ACU = 2;

/** Connections that a pod opens. Assumed: the default of node-postgres, https://node-postgres.com/apis/pool (2026-11). */
export const CONNECTIONS_PER_POD = 10;

/** Reads and writes of one request to a table. Assumed: one item of at most 1 kB each. */
export const UNITS_PER_REQUEST = 1;
