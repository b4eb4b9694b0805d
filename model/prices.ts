/**
 * What AWS asks on demand, in USD, by region. A price that was not found is not here, and nothing is multiplied from
 * another region: the cost of such a thing is shown as unknown.
 */

/** One price of one region. */
export interface Price {
  readonly usd: number;
  readonly date: string;
  readonly source: string;
}

/** The region of prices that are the same everywhere, or that have no region. */
const EVERYWHERE = 'everywhere';

const infracost = (usd: number, date = '2024-07'): Price => ({
  usd,
  date,
  source: 'Infracost, golden files',
});
const here = (price: Price) => ({ 'us-east-1': price });
/** AWS's page of these has no choice of region. */
const everywhere = (price: Price) => ({ [EVERYWHERE]: price });
const second = (usd: number, date: string): Price => ({ usd, date, source: 'second-hand' });

/** By what is sold; the unit is in the name. */
export const PRICES = {
  clusterHour: everywhere(infracost(0.1, '2025-07')),
  /** Of provisioned control planes, by tier, on top of `clusterHour`. */
  'tier-xl': here(second(1.65, '2026')),
  'tier-2xl': here(second(3.4, '2026')),
  'tier-4xl': here(second(6.9, '2026')),
  /** Of family m6i, of which every size costs in proportion. */
  nodeCpuHour: here({ usd: 0.096 / 2, date: '2026-01-19', source: 'Karpenter, price file' }),
  natHour: {
    ...here(infracost(0.045)),
    'eu-west-1': { usd: 0.048, date: '2026-09-25', source: 'AWS Price List of eu-west-1' },
  },
  natGb: {
    ...here(infracost(0.045)),
    'eu-west-1': { usd: 0.048, date: '2026-09-25', source: 'AWS Price List of eu-west-1' },
  },
  balancerHour: here(infracost(0.0225)),
  balancerUnitHour: here(infracost(0.008)),
  /** Of db.r6g.large; the larger ones double. */
  auroraLargeHour: here(second(0.26, '2026')),
  auroraGb: here(infracost(0.1)),
  auroraMillionIo: here(infracost(0.2)),
  serverlessUnitHour: here(infracost(0.12, '2025-03')),
  /** Of cache.r7g.large with Valkey, which is a fifth below the other engines; the larger ones double. */
  cacheLargeHour: here(second(0.1752, '2026-10-02')),
  tableGb: here(infracost(0.25, '2024-11')),
  tableMillionWrites: here(infracost(0.625, '2024-11')),
  tableMillionReads: here(infracost(0.125, '2024-11')),
  bucketGb: here(infracost(0.023)),
  replicationTimeGb: here(second(0.015, '2024-07')),
  crossRegionGb: { ...here(infracost(0.02, '2024-09')), 'eu-west-1': infracost(0.02, '2024-09') },
  internetGb: { ...here(infracost(0.09, '2024-09')), 'eu-west-1': infracost(0.09, '2024-09') },
  zone: everywhere(infracost(0.5)),
  healthCheck: everywhere(infracost(0.5)),
  healthCheckOption: everywhere(infracost(1)),
  cdnGb: everywhere(infracost(0.085)),
  cdnTenThousand: everywhere(infracost(0.01)),
  webAcl: everywhere(infracost(5)),
  webAclRule: everywhere(infracost(1)),
  webAclMillion: everywhere(infracost(0.6)),
  acceleratorHour: everywhere(infracost(0.025)),
  attachmentHour: here(infracost(0.05)),
  secret: everywhere(infracost(0.4)),
  key: everywhere(infracost(1)),
  logsGb: here(infracost(0.5)),
  alarm: here(infracost(0.1)),
  endpointHour: here(infracost(0.01)),
} as const satisfies Record<string, Readonly<Record<string, Price>>>;

/** Things that have a price somewhere. */
export type Priced = keyof typeof PRICES;

/** The price of a thing in a region; undefined: unknown. */
export function priceOf(thing: Priced, region: string): Price | undefined {
  const prices: Readonly<Record<string, Price>> = PRICES[thing];
  return prices[region] ?? prices[EVERYWHERE];
}

/** What Auto Mode asks on top of each instance, as a share of its price. About 12 %; factualminds.com (2026-06). */
export const AUTO_MODE_FEE = 0.12;

/** AWS's own month. https://aws.amazon.com/ec2/pricing/on-demand/ (2026-11) */
export const HOURS_PER_MONTH = 730;

/** What nobody can read from a configuration: a month's use. All of it assumed; each cluster or claim has so much. */
export const MONTHLY_USE = {
  natGb: 100,
  balancerUnits: 1,
  auroraGb: 100,
  auroraMillionIo: 100,
  tableGb: 10,
  tableMillionWrites: 10,
  tableMillionReads: 50,
  bucketGb: 100,
  replicatedGb: 20,
  crossRegionGb: 100,
  usersGb: 1000,
  usersTenThousand: 1000,
  webAclMillion: 10,
  logsGb: 20,
} as const;

/** The table that the seed of an estate came with, USD a month by region: without EKS, NAT, CDN, DNS and secrets. */
export const BASELINES: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>> =
  {
    storefront: {
      'us-east-1': { compute: 400, 'load balancer': 25, Aurora: 500, cache: 100, transfer: 200 },
      'eu-west-1': { compute: 200, 'load balancer': 25, Aurora: 250, cache: 100, transfer: 200 },
    },
  };
