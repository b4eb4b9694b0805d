import { rtoOf } from '../numbers/rto';
import type { RtoLine } from '../assessment';
import type { Check } from '../check';
import { duration } from './_words';

/** The recovery time, with every addend of the critical path. */
export const rto: Check = {
  id: 'rto',
  title: 'The recovery of a lost region stays within the objective at p95',
  severity: 'error',
  reference: 'S0-03, S3-04, S4-88, C-08',
  run: (estate, report) => {
    const { objective, total, lines, meets, remedy } = rtoOf(estate);
    if (meets) return [];
    const { name } = estate.input.estate;
    const addends = pathOf(lines).map(({ label, length }) => `${label} ${duration(length.p95)}`);
    const possible = Math.ceil(total.p95 / 60);
    return [
      report({
        message: `Cannot recover in ${duration(objective)}: ${duration(total.p95)} at p95 (${duration(total.p50)} at p50), of published and assumed times: ${addends.join(' + ')}`,
        path: `estates/${name}/estate.yaml#objectives.rto`,
        remedy:
          remedy ??
          `No setting of the estate is enough: set objectives.rto: ${possible}m, or accept the miss until a drill on AWS has measured less`,
      }),
    ];
  },
};

/** The critical lines, and one of each group of equal ones side by side, of which none alone is critical. */
const pathOf = (lines: readonly RtoLine[]): RtoLine[] =>
  lines.filter((line, index) => {
    const alike = (other: RtoLine) =>
      other.step === line.step && other.start.p95 === line.start.p95 && other.length.p95 === line.length.p95;
    const longest = lines.every(
      (other) => other.start.p95 !== line.start.p95 || other.length.p95 <= line.length.p95,
    );
    const first = lines.findIndex(alike) === index && lines.filter(alike).length > 1;
    return line.critical || (first && longest && line.length.p95 > 0);
  });
