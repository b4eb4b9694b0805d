/** What AWS promises of each service, and what the availability model assumes. Shares of 1. */

/** A promise: the share of a month, and where it stands. */
export interface Sla {
  readonly sla: number;
  readonly source: string;
}

const page = (service: string, date = '2026-08') => `https://aws.amazon.com/${service}/sla/ (${date})`;

/** By service; of several zones where it says so. A service that is not here publishes none that was found. */
export const SLA = {
  eks: { sla: 0.9995, source: page('eks') },
  eksProvisioned: { sla: 0.9999, source: page('eks') },
  ec2Region: { sla: 0.9999, source: page('compute') },
  auroraZones: { sla: 0.9999, source: page('rds/aurora') },
  auroraOne: { sla: 0.999, source: page('rds/aurora') },
  cacheZones: { sla: 0.9999, source: page('elasticache') },
  loadBalancer: { sla: 0.9999, source: page('elasticloadbalancing') },
  accelerator: { sla: 0.9999, source: page('global-accelerator') },
  route53: { sla: 1, source: page('route53') },
  transitGateway: { sla: 0.9995, source: page('transit-gateway') },
  table: { sla: 0.9999, source: page('dynamodb') },
  bucket: { sla: 0.999, source: 'cloudonaut, table of SLAs (2019)' },
  cdn: { sla: 0.999, source: 'cloudonaut, table of SLAs (2019)' },
  registry: { sla: 0.999, source: 'cloudonaut, table of SLAs (2019)' },
} as const satisfies Record<string, Sla>;

/** Services on the way of a request that publish no promise. They count as always up, and are named. */
export const WITHOUT_SLA = ['NAT gateway', 'KMS', 'DAX'] as const;

/** 365 days. */
export const MINUTES_PER_YEAR = 525_600;

/**
 * Length of a regional outage without a second region: a year's downtime comes as about two events of four hours.
 * Assumed, in the size of us-east-1 on 2021-12-07 (7 h) and 2025-10-20 (14.5 h): https://aws.amazon.com/message/101925/
 */
export const REGION_OUTAGE_MINUTES = 240;

/**
 * Share of a region's downtime that hits both: one deployment, one account, one global control plane. Assumed: the
 * middle of the 1 to 10 % that IEC 61508-6, annex D, gives for equal systems that fail together.
 */
export const SHARED_CAUSE = 0.05;

/** Share of failovers that work. Assumed, until the ledger of drills says better; nothing moves the result more. */
export const FAILOVER_SUCCESS = 0.95;
