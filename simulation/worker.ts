/** A thread that searches its share of the schedules. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Findings, search } from './search';

/** What a thread is given. */
export interface Share {
  readonly seed: number;
  readonly runs: number;
}

/** What a thread says: that one more schedule passed, or what it found in the end. */
export type Word = { readonly passed: number } | { readonly findings: Findings };

/** Schedules between two words. */
const EVERY = 25;

// Given by `scripts/drill.ts`.
const { seed, runs } = workerData as Share;
let passed = 0;

void search({
  seed,
  runs,
  onRun: () => {
    passed += 1;
    if (passed % EVERY === 0) parentPort?.postMessage({ passed: EVERY } satisfies Word);
  },
}).then((findings) => parentPort?.postMessage({ findings } satisfies Word));
