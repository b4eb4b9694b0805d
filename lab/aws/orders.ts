/** What the control port is told: one schema for each order, for both ends. */
import * as z from 'zod';

const milliseconds = z.number().nonnegative();

/** A region becomes unreachable. */
export const cutSchema = z.strictObject({ region: z.string(), how: z.enum(['hang', 'refuse']) });

/** A region is reachable again. */
export const reviveSchema = z.strictObject({ region: z.string() });

/** Trouble for the calls that match; what is left out matches all. */
export const faultSchema = z.strictObject({
  /** As in the signature: `rds`, `elasticache`, `monitoring`, … */
  service: z.string().optional(),
  region: z.string().optional(),
  action: z.string().optional(),
  /** Hits only so often; without it, always. */
  times: z.int().positive().optional(),
  /** Hits this share of calls, 0 to 1, in the sequence of `seed`. */
  share: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
  /** Milliseconds before the call takes effect. */
  slowMs: milliseconds.optional(),
  /** The error: 429 is a throttled call, whatever status its protocol has for it. */
  status: z.union([z.literal(429), z.int().min(500).max(599)]).optional(),
});

/** Trouble. */
export type Fault = z.output<typeof faultSchema>;

/** How long the emulated AWS takes, in milliseconds. These are the lab's figures, never AWS's. */
export const timingsSchema = z.strictObject({
  /** From the call of a failover or switchover until the writer has moved, before any hook. */
  promotionMs: milliseconds.optional(),
  /** From a failover, or the return of its region, until the old primary follows again. */
  rejoinMs: milliseconds.optional(),
});

/** Timings; what is left out stays. */
export type Timings = z.output<typeof timingsSchema>;

/** The replication lag of a follower, as its metric in CloudWatch tells it. */
export const lagSchema = z.strictObject({
  kind: z.enum(['PostgresDatabase', 'Cache']),
  /** Region of the follower. */
  region: z.string(),
  account: z.string().regex(/^\d{12}$/),
  /** Id of its cluster or replication group. */
  member: z.string(),
  /** Null: the metric is no longer published. */
  seconds: z.number().nonnegative().nullable(),
});

/** A lag. */
export type Lag = z.output<typeof lagSchema>;

/** A mutating call that reached AWS. */
export const callRecordSchema = z.object({
  /** Milliseconds since the gateway started: real time, none of AWS's. */
  at: z.number(),
  service: z.string(),
  region: z.string(),
  action: z.string(),
  parameters: z.record(z.string(), z.string()),
  /** Who called. */
  userAgent: z.string(),
  accessKey: z.string(),
  /** HTTP status of the answer; absent while there is none. */
  status: z.number().optional(),
});

/** A mutating call. */
export type CallRecord = z.output<typeof callRecordSchema>;

/** A writer that has moved. */
export const moveRecordSchema = z.object({
  /** Milliseconds since the gateway started. */
  at: z.number(),
  /** Whose writer. */
  what: z.string(),
  /** Region that writes now. */
  to: z.string(),
});

/** A writer that has moved. */
export type MoveRecord = z.output<typeof moveRecordSchema>;

/** The mutating calls and the moves from a moment on, and the moment of the answer. */
export const callsSchema = z.object({
  now: z.number(),
  calls: z.array(callRecordSchema),
  moves: z.array(moveRecordSchema),
});

/** Calls, moves, and now. */
export type Calls = z.output<typeof callsSchema>;
