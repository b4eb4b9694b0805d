/**
 * How long things take. Ranges are seconds and drawn evenly unless a percentile is given. AWS figures are published or
 * assumed, never measured here: the simulation proves order and control flow, not the speed of AWS.
 */

/** Fewest and most seconds. */
export type Range = readonly [number, number];

/**
 * Aurora Global Database, failover with data loss: "order of minutes"; 60 to 180 s, p95 300 s assumed.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html (2026-08)
 */
export const AURORA_FAILOVER: Range = [60, 180];
/** The share of Aurora failovers that take longer than `AURORA_FAILOVER`, and how long. Assumed, so that p95 is 300 s. */
export const AURORA_SLOW = { share: 0.1, seconds: [180, 420] as Range } as const;
/** Aurora Global Database, switchover: typically under 30 s. https://aws.amazon.com/about-aws/whats-new/2025/ (2025) */
export const AURORA_SWITCHOVER: Range = [10, 30];
/** ElastiCache Global Datastore: under a minute. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html (2026-08) */
export const CACHE_FAILOVER: Range = [15, 60];
/**
 * Replication lag of a healthy follower: typically below a second.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html (2026-08)
 */
export const LAG: Range = [0.1, 1];
/** AWS re-adds the old primary on a new volume once its region is back. Assumed. Same page as AURORA_FAILOVER. */
export const REJOIN: Range = [60, 240];
/** How long clients keep the answer of Aurora's global writer endpoint. Same page as LAG. */
export const WRITER_ENDPOINT_TTL = 5;

/** Argo CD's polling and its jitter. https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/ (2026-08) */
export const ARGO_POLL = { seconds: 120, jitter: 60 } as const;
/** From a push to the synced claim with a webhook. Measured in the lab of real parts. */
export const ARGO_WEBHOOK: Range = [0.4, 2];
/** Crossplane core's poll interval. https://github.com/crossplane/crossplane/blob/v2.3.4/cmd/crossplane/core/core.go */
export const CROSSPLANE_POLL = 60;
/** From a changed claim to its Job. Measured in the lab of real parts. */
export const CROSSPLANE_REACT: Range = [0.1, 0.6];
/** A pod of the Job on a node that runs, its image in the registry of the region. */
export const POD_START: Range = [1, 6];
/** Kubernetes waits 10 s, 20 s, … up to 6 min between pods of a Job. https://kubernetes.io/docs/concepts/workloads/controllers/job/ (2026-11) */
export const JOB_BACKOFF = { first: 10, longest: 360 } as const;

/**
 * Pods that must first get a node and an image: 65 to 134 s; on nodes that run: 54 s.
 * https://github.com/aws-samples/sample-multi-tenancy-openclaw-on-eks, cold-start-analysis.md (2026)
 */
export const PODS_READY = { hot: [0, 0], warm: [40, 60], cold: [65, 150] } as const satisfies Record<
  string,
  Range
>;

/** How long a person takes from the alarm to the flip. Assumed; an automatic trigger has its `afterSeconds` instead. */
export const DECIDE: Range = [30, 90];
/** The beacon asks AWS this often. runtime/beacon/main.ts */
export const BEACON_EVERY = 2;
/** How long the fence waits for a region that does not answer, twice before the first call. runtime/promote/fence.ts */
export const OTHER_SILENT = 6;
/** The client that writes does so this often; milliseconds. */
export const WRITE_EVERY_MS = 1_000;
/** The watch looks this often. */
export const WATCH_EVERY = 10;
/** What a call to AWS takes. Assumed. */
export const AWS_CALL: Range = [0.03, 0.3];
/** When a call that does not answer is given up: 3 s to connect and 5 s to wait. runtime/aws/clients.ts */
export const AWS_TIMEOUT = 8;
/** What a call to the cluster's own API server takes. Assumed. */
export const API_CALL: Range = [0.002, 0.02];
/** How long a frozen pod stands still. Longer than any call is waited for. */
export const FREEZE_MS = 60_000;
