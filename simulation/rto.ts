/** How long a recovery takes: thousands of modelled losses of the primary region, from published durations. */
import type { EstateModel } from '../model/estate';
import { type Workload, workloadsOf } from '../model/workload';
import { flipPlanOf } from '../model/flip';
import {
  ARGO_WEBHOOK,
  AURORA_FAILOVER,
  AURORA_SLOW,
  CACHE_FAILOVER,
  CROSSPLANE_REACT,
  DECIDE,
  LAG,
  OTHER_SILENT,
  POD_START,
  PODS_READY,
  type Range,
  WRITER_ENDPOINT_TTL,
} from './constants';
import { between, type Random, streamOf } from './random';

/** What the recovery time of an estate depends on; seconds. */
export interface RtoInput {
  readonly ttl: number;
  readonly interval: number;
  readonly failures: number;
  readonly stores: readonly ('PostgresDatabase' | 'Cache')[];
  readonly compute: keyof typeof PODS_READY;
  /** Seconds of evidence until the trigger flips by itself; undefined: a person decides. */
  readonly automaticAfter: number | undefined;
}

/** Seconds of each part of one recovery. `promotion` and `compute` run side by side. */
export interface Recovery {
  readonly detection: number;
  readonly decision: number;
  readonly delivery: number;
  readonly promotion: number;
  readonly compute: number;
  readonly traffic: number;
  readonly total: number;
  /** Seconds of writes that are lost. */
  readonly lost: number;
}

/** Percentiles of one part. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What the runs say about an estate. */
export interface Rto {
  readonly runs: number;
  readonly parts: Readonly<Record<keyof Recovery, Percentiles>>;
  readonly objective: { readonly rto: number; readonly rpo: number | undefined };
  /** p95 within the objective. */
  readonly met: { readonly rto: boolean; readonly rpo: boolean };
  /** Share of the runs within the objective, 0 to 1. */
  readonly within: number;
  /** What would bring p95 within the objective; empty when it is, or when no setting of the estate would. */
  readonly remedies: readonly string[];
}

/** How an estate recovers as it is written. */
export function rtoInputOf(model: EstateModel): RtoInput {
  const { traffic } = model.estate;
  const { trigger } = model.primaryRegion.spec;
  const peer = model.clusters.find(
    ({ position, environment }) => position === 'peer' && environment === 'prod',
  );
  return {
    ttl: traffic.ttl,
    interval: traffic.healthCheck.interval,
    failures: traffic.healthCheck.failures,
    stores: peer ? (flipPlanOf(model, peer)?.stores ?? []).map(({ kind }) => kind) : [],
    compute: peer ? computeOf(workloadsOf(model, peer)) : 'hot',
    automaticAfter: trigger.automatic ? trigger.afterSeconds : undefined,
  };
}

const wanted = ({ service }: Workload) => service.scale.peer.promoted ?? service.scale.min;

/** Hot: the peer runs its floor all the time. Warm: some of it, on nodes that run. Cold: nothing. */
function computeOf(workloads: readonly Workload[]): keyof typeof PODS_READY {
  if (workloads.every((one) => one.bounds.min >= wanted(one))) return 'hot';
  return workloads.every(({ bounds }) => bounds.min > 0) ? 'warm' : 'cold';
}

/** Recovery of an estate over `runs` losses. */
export function rtoOf(model: EstateModel, seed: number, runs = 10_000): Rto {
  const input = rtoInputOf(model);
  const { rto, rpo } = model.estate.objectives;
  const recoveries = recoveriesOf(input, seed, runs);
  const parts = percentilesOf(recoveries);
  const met = { rto: parts.total.p95 <= rto, rpo: rpo === undefined || parts.lost.p95 <= rpo };
  return {
    runs,
    parts,
    objective: { rto, rpo },
    met,
    within: recoveries.filter(({ total }) => total <= rto).length / runs,
    remedies: met.rto ? [] : remediesOf(input, rto, seed),
  };
}

/** Losses that a remedy is tried on. */
const TRIALS = 2_000;

const REMEDIES: readonly (readonly [string, (input: RtoInput) => RtoInput])[] = [
  ['keep the floor running in the peer region', (input) => ({ ...input, compute: 'hot' })],
  ['let the trigger flip by itself after 20 s', (input) => ({ ...input, automaticAfter: 20 })],
  [
    'two failed health checks instead of more',
    (input) => ({ ...input, failures: Math.min(2, input.failures) }),
  ],
  ['check every 10 s', (input) => ({ ...input, interval: 10 })],
  ['a TTL of 10 s', (input) => ({ ...input, ttl: Math.min(10, input.ttl) })],
];

/** Single changes that are enough; else all of them together, if that is. */
function remediesOf(input: RtoInput, rto: number, seed: number): string[] {
  const enough = (changed: RtoInput) => percentilesOf(recoveriesOf(changed, seed, TRIALS)).total.p95 <= rto;
  const single = REMEDIES.filter(([, change]) => enough(change(input))).map(([name]) => name);
  if (single.length > 0) return single;
  const useful = REMEDIES.filter(([, change]) => JSON.stringify(change(input)) !== JSON.stringify(input));
  const all = useful.reduce((changed, [, change]) => change(changed), input);
  return enough(all) ? [useful.map(([name]) => name).join(', and ')] : [];
}

function recoveriesOf(input: RtoInput, seed: number, runs: number): Recovery[] {
  const random = streamOf(seed, 'rto');
  return Array.from({ length: runs }, () => recover(input, random));
}

function percentilesOf(recoveries: readonly Recovery[]): Rto['parts'] {
  const of = (part: keyof Recovery): Percentiles => {
    const sorted = Float64Array.from(recoveries, (recovery) => recovery[part]).toSorted();
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  };
  return {
    detection: of('detection'),
    decision: of('decision'),
    delivery: of('delivery'),
    promotion: of('promotion'),
    compute: of('compute'),
    traffic: of('traffic'),
    total: of('total'),
    lost: of('lost'),
  };
}

/**
 * One loss: detected, decided, delivered, and promoted beside the pods that start. The dead region's entry turns its
 * health check by itself, so resolvers forget it while the writers are being moved; `traffic` is what is left of that.
 */
function recover(input: RtoInput, random: Random): Recovery {
  const draw = (range: Range) => between(random, range);
  const detection = input.failures * input.interval + draw([0, input.interval]);
  const decision = input.automaticAfter ?? draw(DECIDE);
  const delivery = draw(ARGO_WEBHOOK) + draw(CROSSPLANE_REACT) + draw(POD_START) + OTHER_SILENT;
  const promotion = Math.max(0, ...input.stores.map((kind) => storeSeconds(kind, random)));
  const compute = draw(PODS_READY[input.compute]);
  const moved = decision + delivery + Math.max(promotion, compute);
  const traffic = Math.max(draw([0, WRITER_ENDPOINT_TTL]), draw([0, input.ttl]) - moved);
  return {
    detection,
    decision,
    delivery,
    promotion,
    compute,
    traffic,
    total: detection + moved + traffic,
    lost: input.stores.length > 0 ? draw(LAG) : 0,
  };
}

function storeSeconds(kind: RtoInput['stores'][number], random: Random): number {
  if (kind === 'Cache') return between(random, CACHE_FAILOVER);
  const slow = random() < AURORA_SLOW.share;
  return between(random, slow ? AURORA_SLOW.seconds : AURORA_FAILOVER);
}
