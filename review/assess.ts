/** The whole review of one estate: its figures, what checks find, and what is accepted. */
import type { Assessment } from './assessment';
import { runCheck } from './check';
import { type CheckOptions, checksFor, datedChecks } from './checks';
import type { Finding, Severity } from './finding';
import { availabilityOf, capacityOf, costOf, restoreOf, rpoOf, rtoOf } from './numbers';
import type { RenderedEstate } from './rendered';
import { waive } from './waive';

export type { CheckOptions, Ledger } from './checks';

/** Before every day. */
const NO_DAY = '0000-00-00';

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/**
 * Judges an estate by what is rendered. Pure: the same files, day and ledger give the same answer.
 *
 * `today` is the day of the review as `YYYY-MM-DD`; left out, what depends on a day is left out too and no waiver
 * expires. Without a ledger no drill and no restore counts as done.
 */
export function assess(estate: RenderedEstate, options: Partial<CheckOptions> = {}): Assessment {
  const { name } = estate.input.estate;
  const found = checksFor(options).flatMap((check) => runCheck(check, estate));
  const { findings, waived } = waive(found, estate.input.waivers, {
    estate: name,
    today: options.today ?? NO_DAY,
    skipped: options.today === undefined ? datedChecks() : new Set(),
  });
  const rpo = rpoOf(estate);
  return {
    estate: name,
    rto: rtoOf(estate),
    rpo,
    restore: restoreOf(estate, rpo.lines, options.ledger?.restored),
    availability: availabilityOf(estate),
    capacity: capacityOf(estate),
    cost: costOf(estate),
    findings: gravestFirst(findings),
    waived,
  };
}

/** Within a severity in the order of the checks. */
const gravestFirst = (findings: readonly Finding[]): Finding[] =>
  ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
