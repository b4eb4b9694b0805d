/** Prints a flip under way: each line once when it is done, and on a terminal what still runs. */
import type { Progress } from '../../runtime/promote/ports';
import { colour } from '../ui/text';
import { duration } from './duration';
import type { Screen } from './ports';
import type { Line } from './progress';

/** What has been shown so far, and how the Job's clock relates to this one. */
export interface Shown {
  /** When the person asked; absent when the flip was asked for before. */
  readonly since: number | undefined;
  readonly names: Set<string>;
  /** The run of the Job that reports now; Kubernetes starts another when one fails. */
  run?: { readonly startedAt: string; readonly at: number };
}

/** Nothing shown yet. */
export const nothingShown = (since: number | undefined): Shown => ({ since, names: new Set() });

/** Shows the lines as they are at `now`. */
export function show(
  lines: readonly Line[],
  progress: Progress | undefined,
  shown: Shown,
  now: number,
  screen: Screen,
): void {
  if (progress && progress.startedAt !== shown.run?.startedAt)
    shown.run = { startedAt: progress.startedAt, at: now - latest(progress) };
  for (const line of lines.filter(({ state, name }) => state === 'done' && !shown.names.has(name))) {
    shown.names.add(line.name);
    screen.line(row(line.name, timeOf(line, shown, now)));
  }
  const standing = lines.filter(({ state }) => state === 'running' || state === 'failed');
  screen.live(standing.map((line) => standingRow(line, shown, now)));
}

/** The clocks of two machines differ: what counts is how much of the run had passed at the first look. */
const latest = ({ steps }: Progress) =>
  Math.max(0, ...steps.map(({ startedAt, finishedAt }) => finishedAt ?? startedAt));

function timeOf({ at }: Line, { since, run }: Shown, now: number): string {
  if (at === undefined) return since === undefined ? '' : duration(now - since);
  return duration(since === undefined || !run ? at : run.at - since + at);
}

function standingRow({ name, state, since, message }: Line, { run }: Shown, now: number): string {
  if (state === 'failed') return colour.red(row(name, `failed, will be tried again: ${message ?? ''}`));
  const time = since === undefined || !run ? '' : `${duration(now - run.at - since)} …`;
  return row(name, message ? `${time} ${message}`.trim() : time);
}

const NAME_WIDTH = 34;

/** One line of progress: what, and when. */
export const row = (name: string, time: string) =>
  `  ${name.padEnd(NAME_WIDTH)} ${time.padStart(8)}`.trimEnd();
