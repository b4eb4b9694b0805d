/**
 * How long things take. What the review counts with too is in model/recovery-times.ts; here is what only the simulated
 * world needs. AWS figures are published or assumed, never measured here: the simulation proves order and control flow,
 * not the speed of AWS.
 */
import type { Range } from '../model/recovery-times';

export {
  ARGO_POLL,
  ARGO_WEBHOOK,
  AURORA_FAILOVER,
  AURORA_SLOW,
  BEACON_EVERY,
  CACHE_FAILOVER,
  CROSSPLANE_REACT,
  DECIDE,
  LAG,
  OTHER_SILENT,
  POD_START,
  PODS_READY,
  type Range,
  WRITER_ENDPOINT_TTL,
} from '../model/recovery-times';

/** Aurora Global Database, switchover: typically under 30 s. https://aws.amazon.com/about-aws/whats-new/2025/ (2025) */
export const AURORA_SWITCHOVER: Range = [10, 30];
/** AWS re-adds the old primary on a new volume once its region is back. Assumed. Same page as AURORA_FAILOVER. */
export const REJOIN: Range = [60, 240];

/** Crossplane core's poll interval. https://github.com/crossplane/crossplane/blob/v2.3.4/cmd/crossplane/core/core.go */
export const CROSSPLANE_POLL = 60;
/** Kubernetes waits 10 s, 20 s, … up to 6 min between pods of a Job. https://kubernetes.io/docs/concepts/workloads/controllers/job/ (2026-11) */
export const JOB_BACKOFF = { first: 10, longest: 360 } as const;

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
