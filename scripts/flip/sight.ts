/** What one look at a region's API server shows; the only place that distrusts what it says. */
import * as z from 'zod';
import { type Effective, effectiveOf } from '../../model/effective';
import { KEYS } from '../../platform/apis/primary-region/config-map';
import type { Answer } from '../../runtime/beacon/observe';
import type { Progress } from '../../runtime/promote/ports';
import { type PrimaryRegionSpec, primaryRegionSchema } from '../../spec/claims';
import { type FlipPlan, flipPlanSchema } from '../../spec/flip';

/** A region that answered. */
export interface Seen {
  readonly answers: true;
  readonly region: string;
  readonly spec: PrimaryRegionSpec;
  readonly status: FlipStatus;
  readonly effective: Effective;
  /** What the promotion, the beacon and the composition left for one another, by key. */
  readonly data: Readonly<Record<string, string>>;
  readonly beacon: BeaconView | undefined;
  readonly jobs: readonly JobView[];
}

/** A region of which nothing is known. */
export interface Unseen {
  readonly answers: false;
  readonly region: string;
  /** False: the question never reached it, or was refused, and it may be well. */
  readonly silent: boolean;
  /** Half a sentence that follows the region's name. */
  readonly why: string;
}

/** One look at a region. */
export type Sight = Seen | Unseen;

/** A Job of the flip. */
export interface JobView {
  readonly name: string;
  readonly failed: boolean;
}

/** The part of the beacon's answer that a person wants to see. */
export type BeaconView = Pick<Answer, 'primary' | 'stores' | 'claimed' | 'peerReady' | 'reasons' | 'at'>;

/** What the API server gives of the regional claim beside its spec, as far as it is used. */
export type FlipStatus = z.output<typeof status>;

// A plain object drops what Crossplane adds to the spec of every claim.
const spec = z.object(primaryRegionSchema.shape.spec.shape);

const status = z
  .object({
    phase: z.string().optional(),
    took: z.string().optional(),
    finishedAt: z.string().optional(),
    lagAtFlip: z.string().optional(),
    peerReady: z.boolean().default(false),
    reasons: z.array(z.string()).default([]),
    history: z
      .array(
        z.object({
          epoch: z.number(),
          outcome: z.string(),
          startedAt: z.string(),
          finishedAt: z.string().optional(),
        }),
      )
      .default([]),
  })
  .prefault({});

const claimed = z.object({ region: z.string(), epoch: z.number(), conflict: z.boolean().default(false) });

const beacon = z.object({
  primary: z.boolean(),
  stores: z.array(
    z.object({
      name: z.string(),
      writer: z.string().optional(),
      lagSeconds: z.number().optional(),
      followerReady: z.boolean(),
      at: z.number(),
    }),
  ),
  claimed: claimed.optional(),
  peerReady: z.boolean(),
  reasons: z.array(z.string()),
  at: z.number(),
});

const progress = z.object({
  epoch: z.number(),
  region: z.string(),
  mode: z.enum(['Planned', 'Unplanned']),
  outcome: z.enum(['Promoting', 'Promoted', 'Refused', 'Superseded', 'Conflict', 'Failed', 'Checked']),
  reasons: z.array(z.string()),
  steps: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['running', 'done', 'failed']),
      startedAt: z.number(),
      finishedAt: z.number().optional(),
      message: z.string().optional(),
    }),
  ),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  lagSeconds: z.number().optional(),
});

const job = z.object({
  metadata: z.object({ name: z.string() }),
  status: z
    .object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]) })
    .prefault({}),
});

/** The objects of one look: the regional claim, the data of the shared ConfigMap, the Jobs. */
export interface Objects {
  readonly claim: unknown;
  readonly data: Readonly<Record<string, string>>;
  readonly jobs: readonly unknown[];
}

/** Reads a look. A claim of another shape, or of another region's cluster, counts as not seen. */
export function sightOf(region: string, { claim, data, jobs }: Objects): Sight {
  const read = z.object({ spec, status }).safeParse(claim);
  if (!read.success)
    return unseen(region, 'has a claim of another release of Flipside: run the command from its own commit');
  const there = planOf(data)?.region ?? region;
  if (there !== region)
    return unseen(region, `was not asked: its context leads to ${there}, correct it with --context`);
  return {
    answers: true,
    region,
    spec: read.data.spec,
    status: read.data.status,
    effective: effectiveOf(read.data.spec),
    data,
    beacon: parsed(beacon, data[KEYS.beacon]) as BeaconView | undefined,
    jobs: jobs.flatMap(jobView),
  };
}

const unseen = (region: string, why: string): Unseen => ({ answers: false, region, silent: false, why });

const planOf = (data: Objects['data']): FlipPlan | undefined => parsed(flipPlanSchema, data[KEYS.plan]);

function jobView(object: unknown): JobView[] {
  const read = job.safeParse(object);
  if (!read.success) return [];
  const { metadata, status: state } = read.data;
  const failed = state.conditions.some(
    (condition) => condition.type === 'Failed' && condition.status === 'True',
  );
  return [{ name: metadata.name, failed }];
}

/** What the promotion of an epoch, or a dry run, has reported so far. */
export const progressOf = ({ data }: Seen, key: string): Progress | undefined =>
  parsed(progress, data[key]) as Progress | undefined;

/** Other programs may be a release older: what cannot be read counts as not written. */
function parsed<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  if (!text) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
