/**
 * How long the parts of a recovery take. Ranges are seconds and drawn evenly unless a percentile is given. AWS figures
 * are published or assumed, never measured here: sums of them show what the configuration promises, not the speed of AWS.
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
/** ElastiCache Global Datastore: under a minute. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html (2026-08) */
export const CACHE_FAILOVER: Range = [15, 60];
/**
 * Replication lag of a healthy follower: typically below a second.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html (2026-08)
 */
export const LAG: Range = [0.1, 1];
/** How long clients keep the answer of Aurora's global writer endpoint. Same page as LAG. */
export const WRITER_ENDPOINT_TTL = 5;

/** Argo CD's polling and its jitter, unless its ConfigMap says otherwise. https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/ (2026-08) */
export const ARGO_POLL = { seconds: 120, jitter: 60 } as const;
/** The Argo CD that EKS runs for its users polls every six minutes. https://docs.aws.amazon.com/eks/latest/userguide/argocd-considerations.html (2026-08) */
export const ARGO_MANAGED_POLL = 360;
/** From a push to the synced claim with a webhook or a forced refresh. Measured in the lab of real parts. */
export const ARGO_WEBHOOK: Range = [0.4, 2];
/** From a changed claim to its Job. Measured in the lab of real parts. */
export const CROSSPLANE_REACT: Range = [0.1, 0.6];
/** A pod of the Job on a node that runs, its image in the registry of the region. */
export const POD_START: Range = [1, 6];
/** How long the fence waits for a region that does not answer, twice before the first call. runtime/promote/fence.ts */
export const OTHER_SILENT = 6;

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
/** How long it takes until somebody notices where no health check renders. Assumed: an eighth to half an hour. */
export const NOTICE: Range = [450, 1800];
/** The beacon asks AWS this often. runtime/beacon/main.ts */
export const BEACON_EVERY = 2;

/**
 * How long resolvers keep an alias of a load balancer; nobody can set it.
 * https://aws.amazon.com/route53/faqs/, "Do I need to adjust the TTL" (2026-11)
 */
export const ALIAS_TTL = 60;

/** What Global Accelerator does when an endpoint group says nothing. https://docs.aws.amazon.com/global-accelerator/latest/api/API_CreateEndpointGroup.html (2026-11) */
export const ACCELERATOR_CHECK = { interval: 30, failures: 3 } as const;

/** What the load balancer does when a target group says nothing. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (2026-11) */
export const TARGET_CHECK = { interval: 15, healthy: 5 } as const;

/**
 * Loss of an object store with replication time control: 99.9 % of the objects within 15 min.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html (2026-08)
 */
export const OBJECT_LAG = 900;
/**
 * Loss of a table with eventual consistency: "a few seconds", taken as 5; of a strongly consistent one: none.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html (2026-08)
 */
export const TABLE_LAG = { EVENTUAL: 5, STRONG: 0 } as const;
/** Aurora restores to any point up to five minutes ago. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html (2026-11) */
export const RESTORABLE_AGE = 300;
/**
 * A table restores to any point up to "typically" five minutes ago.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html (2026-11)
 */
export const TABLE_RESTORABLE_AGE = 300;
/**
 * Bytes a second of a restore. Assumed: AWS publishes no rate for Aurora, only "up to a few hours" and that the time does not
 * grow in step with the size (https://repost.aws/knowledge-center/aurora-mysql-slow-snapshot-restore (2026-11)). Taken is the
 * slowest that AWS sells for filling an EBS volume from a snapshot, 100 of 100 to 300 MiB a second, rounded down:
 * https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-create-volume-request/volume-initialization-rate.html (2026-11)
 */
export const RESTORE_RATE = 100_000_000;

/** What stands beside a figure of each kind in the review. */
export const SOURCES = {
  aurora: 'assumed from "order of minutes": aurora-global-database-disaster-recovery.html (2026-08)',
  auroraLag: 'aurora-global-database.html (2026-08)',
  cache: 'Redis-Global-Datastore.html (2026-08)',
  argoWebhook: 'measured in the lab of real parts',
  argoPoll: 'https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/ (2026-08)',
  argoManaged: 'argocd-considerations.html (2026-08)',
  crossplane: 'measured in the lab of real parts',
  podStart: 'assumed: a node that runs, the image in its region',
  fence: 'runtime/promote/fence.ts',
  pods: 'sample-multi-tenancy-openclaw-on-eks, cold-start-analysis.md (2026)',
  decide: 'assumed: 30 to 90 s from the alarm to the flip',
  notice: 'assumed: no health check renders, somebody has to notice',
  beacon: 'runtime/beacon/main.ts',
  writerEndpoint: 'aurora-global-database-connecting.html (2026-08)',
  alias: 'https://aws.amazon.com/route53/faqs/ (2026-11): aliases of load balancers have 60 s',
  objects: 'replication-time-control.html (2026-08)',
  tables: 'V2globaltables_HowItWorks.html (2026-08): "a few seconds", taken as 5',
  auroraRestore: 'aurora-pitr.html (2026-11)',
  tableRestore: 'API_PointInTimeRecoveryDescription.html (2026-11): "typically 5 minutes"',
  versions: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html (2026-11)',
  cacheSnapshots: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/backups-automatic.html (2026-11)',
  backupWindows: 'aws-properties-backup-backupplan-backupruleresourcetype.html (2026-11)',
  restoreRate:
    'assumed for every kind: AWS publishes no rate for Aurora; this is the slowest it sells for filling an EBS volume from a snapshot, volume-initialization-rate.html (2026-11)',
} as const;
