/** The plan of a flip in one region: what a promotion has to know besides the flip itself. */
import * as z from 'zod';
import { accountId, regionName } from './scalars';

const store = z.object({
  kind: z.enum(['PostgresDatabase', 'Cache']),
  namespace: z.string(),
  name: z.string(),
  /** Identifier of the global database or global datastore. */
  globalId: z.string(),
  /** Identifier of each region's member, a DB cluster or a replication group, by region name. */
  members: z.record(z.string(), z.string()),
});

const floor = z.object({
  namespace: z.string(),
  service: z.string(),
  /** Fewest ready pods in the region that takes over. */
  min: z.int().min(0),
  /**
   * Fewest pods in this region while the other one is primary, as Git has it. Absent: as many. A plan may be older than
   * the program that reads it, and must not keep it from a flip.
   */
  rest: z.int().min(0).optional(),
});

/** Shape of the plan; it travels in the Composition's input and in the ConfigMap that the programs read. */
export const flipPlanSchema = z.object({
  estate: z.string(),
  account: accountId,
  region: regionName,
  other: regionName,
  home: regionName,
  /** Stores with a single writer. */
  stores: z.array(store),
  floors: z.array(floor),
  /** Longest replication lag, in seconds, at which a planned flip may start. */
  maxLagSeconds: z.number(),
});

/** A store that one region writes and the other follows. */
export type Store = z.output<typeof store>;
/** The fewest pods of a service in a region, by whether it is primary. */
export type Floor = z.output<typeof floor>;
/** A promotion raises it, and a release gives it back. */
export const isGivenBack = ({ min, rest = min }: Floor): boolean => rest < min;
/** The plan of a flip in one region. */
export type FlipPlan = z.output<typeof flipPlanSchema>;
