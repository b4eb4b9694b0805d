/** One question that the review asks of an estate. */
import type { Finding, Severity } from './finding';
import type { RenderedEstate } from './rendered';

/** A check: pure, one per file under `review/checks/`. */
export interface Check {
  /** kebab-case, equal to the file's name. */
  readonly id: string;
  /** What holds when it finds nothing, for example `Both regions run the same engine version`. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters: requirement ids, or the address and date of the source. */
  readonly reference: string;
  /** Empty when all is well. `report` fills in what each finding of the check shares. */
  readonly run: (estate: RenderedEstate, report: Report) => readonly Finding[];
}

/** Makes a finding of the check that runs; the severity is the check's unless it is given. */
export type Report = (finding: Omit<Finding, 'check' | 'severity'> & { severity?: Severity }) => Finding;

/** Runs a check. */
export const runCheck = (check: Check, estate: RenderedEstate): readonly Finding[] =>
  check.run(estate, (finding) => ({ check: check.id, severity: check.severity, ...finding }));
