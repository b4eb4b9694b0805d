/** The regional claim's status: how far the flip is, told from what the Job and the beacon wrote. */
import type { Effective } from '../../../model/effective';
import { here, type Placement } from '../../../spec/placement';
import type { Manifest, Observed } from '../../kind';
import { KEYS } from './config-map';

/** Where a flip can stand, seen from one region. */
export const PHASES = [
  'Steady',
  'Starting',
  'Promoting',
  'Promoted',
  'Following',
  'Refused',
  'Superseded',
  'Conflict',
  'Failed',
] as const;

/** Where a flip stands. */
export type Phase = (typeof PHASES)[number];

/** The part of a promotion's progress that the status repeats. `runtime/promote` writes it. */
interface Progress {
  readonly epoch: number;
  readonly region: string;
  readonly outcome: Phase;
  readonly reasons: readonly string[];
  readonly steps: readonly object[];
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly lagSeconds?: number;
}

/** The part of the beacon's answer that the status repeats. */
interface Beacon {
  readonly peerReady: boolean;
  readonly stores: readonly { readonly name: string; readonly writer?: string }[];
  readonly reasons: readonly string[];
}

/** The part of the watch's turn that the status repeats. */
interface Watch {
  /** ISO 8601. */
  readonly at: string;
  readonly why: string;
  readonly evidence?: object;
}

/** Epochs whose results stay in the status. */
const HISTORY = 5;

/** The status of the regional claim. */
export function statusOf(effective: Effective, observed: Observed, placement: Placement) {
  const data = dataOf(observed['flip']);
  const progress = parsed<Progress>(data[KEYS.epoch(effective.epoch)]);
  const beacon = parsed<Beacon>(data[KEYS.beacon]);
  const phase = phaseOf(effective, progress, beacon, observed, placement);
  const reasons = reasonsOf(effective, phase, progress);
  return {
    phase,
    primary: effective.region,
    epoch: effective.epoch,
    source: effective.source,
    steps: progress?.steps ?? [],
    ...(progress && { startedAt: progress.startedAt }),
    ...(progress?.finishedAt && { finishedAt: progress.finishedAt, took: tookOf(progress) }),
    ...(progress?.lagSeconds !== undefined && { lagAtFlip: `${progress.lagSeconds}s` }),
    peerReady: beacon?.peerReady ?? false,
    stores: beacon?.stores ?? [],
    reasons,
    reason: reasons.join('; '),
    history: historyOf(data),
    ...dryRunOf(data),
    ...watchOf(data),
  };
}

/** What the automatic trigger last saw and decided; absent where nobody watches. */
function watchOf(data: Readonly<Record<string, string>>) {
  const seen = parsed<Watch>(data[KEYS.watch]);
  return seen
    ? { watch: { at: seen.at, why: seen.why, ...(seen.evidence && { evidence: seen.evidence }) } }
    : {};
}

const dataOf = (configMap: Manifest | undefined) =>
  (configMap?.['data'] ?? {}) as Readonly<Record<string, string>>;

/** What other programs wrote may be half a release older: unreadable counts as not written. */
function parsed<T>(text: string | undefined): T | undefined {
  if (!text) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

function phaseOf(
  { region, epoch, conflict }: Effective,
  progress: Progress | undefined,
  beacon: Beacon | undefined,
  observed: Observed,
  placement: Placement,
): Phase {
  if (conflict) return 'Conflict';
  if (epoch === 0) return 'Steady';
  if (region !== here(placement).region) return followed(region, beacon) ? 'Promoted' : 'Following';
  if (progress && progress.outcome !== 'Promoting') return progress.outcome;
  if (jobFailed(observed[`promote-${epoch}`])) return 'Failed';
  return progress ? 'Promoting' : 'Starting';
}

const followed = (region: string, beacon: Beacon | undefined) =>
  beacon !== undefined && beacon.stores.every(({ writer }) => writer === region);

function jobFailed(job: Manifest | undefined): boolean {
  const { conditions = [] } = (job?.status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status }) => type === 'Failed' && status === 'True');
}

function reasonsOf(
  { epoch, conflict }: Effective,
  phase: Phase,
  progress: Progress | undefined,
): readonly string[] {
  if (conflict)
    return [`spec and override name two regions for epoch ${epoch}: raise the epoch of the one you want`];
  if (progress && progress.reasons.length > 0) return progress.reasons;
  return phase === 'Failed'
    ? [`Job promote-${epoch} failed: kubectl -n flipside-system logs job/promote-${epoch}`]
    : [];
}

function tookOf({ startedAt, finishedAt }: Progress): string {
  return `${Math.round((Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1000)}s`;
}

function historyOf(data: Readonly<Record<string, string>>): object[] {
  return Object.keys(data)
    .filter((key) => /^epoch-\d+\.json$/.test(key))
    .map((key) => parsed<Progress>(data[key]))
    .filter((progress) => progress !== undefined)
    .toSorted((a, b) => b.epoch - a.epoch)
    .slice(0, HISTORY)
    .map(({ epoch, region, outcome, startedAt, finishedAt }) => ({
      epoch,
      region,
      outcome,
      startedAt,
      finishedAt,
    }));
}

const DRY_RUN = /^dry-run-(\d+)\.json$/;

/** The last dry run that has a result here. */
function dryRunOf(data: Readonly<Record<string, string>>): object {
  const [last] = Object.keys(data)
    .map((key) => Number(DRY_RUN.exec(key)?.[1] ?? 0))
    .toSorted((a, b) => b - a);
  const progress = parsed<Progress>(data[KEYS.dryRun(`dry-run-${last}`)]);
  if (!progress) return {};
  const { outcome, reasons, startedAt, finishedAt } = progress;
  return { dryRun: { run: last, outcome, reasons, startedAt, ...(finishedAt && { finishedAt }) } };
}
