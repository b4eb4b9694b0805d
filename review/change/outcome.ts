/** What a change comes to: one word for each thing, and how grave it is. */
import type { Severity } from '../finding';

/** From the gravest to nothing at all. */
export const OUTCOMES = [
  'data-loss',
  'failover-lost',
  'replacement',
  'removed',
  'restart',
  'failover-gained',
  'created',
  'in-place',
  'unchanged',
] as const;

/** The verdict on one thing. */
export type Outcome = (typeof OUTCOMES)[number];

/** `error` asks somebody to decide before it is merged, `warning` is felt by users, `info` is neither. */
export const SEVERITY: Readonly<Record<Outcome, Severity>> = {
  'data-loss': 'error',
  'failover-lost': 'error',
  replacement: 'error',
  removed: 'warning',
  restart: 'warning',
  'failover-gained': 'info',
  created: 'info',
  'in-place': 'info',
  unchanged: 'info',
};

/** How a person reads it. */
export const WORDS: Readonly<Record<Outcome, string>> = {
  'data-loss': 'data loss possible',
  'failover-lost': 'failover lost',
  replacement: 'replacement',
  removed: 'removed',
  restart: 'restart',
  'failover-gained': 'failover gained',
  created: 'created',
  'in-place': 'in place',
  unchanged: 'no change',
};

/** One fact behind a verdict. */
export interface Reason {
  readonly outcome: Outcome;
  /** Nothing happens at all: whoever would make the change says no. */
  readonly refused?: boolean;
  /** Without a full stop: the field with its old and new value, and what follows. */
  readonly text: string;
  /** When, where that differs from region to region: `in the window … (eu-west-1)`; follows the text. */
  readonly when?: string;
  /** Where that is known from: a page with its date, or the source of the facts. */
  readonly source?: string;
}

/** The gravest outcome; `unchanged` of nothing. */
export const worst = (outcomes: readonly Outcome[]): Outcome =>
  OUTCOMES.find((outcome) => outcomes.includes(outcome)) ?? 'unchanged';
