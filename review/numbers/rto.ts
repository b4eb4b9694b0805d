/**
 * Recovery time after the loss of the primary region, added up from the rendered configuration. The p95 is the sum of
 * the parts' p95, side by side their maximum: an upper bound, as not every part is slow in the same recovery.
 */
import type { RtoFigure } from '../assessment';
import type { RenderedEstate } from '../rendered';
import { partsOf } from './_parts';
import { recoveryOf } from './_recovery';
import { remedyOf } from './_remedy';
import { linesOf, totalOf } from './_schedule';

/** The recovery time of an estate, line by line. */
export function rtoOf(estate: RenderedEstate): RtoFigure {
  const { name, objectives } = estate.input.estate;
  const recovery = recoveryOf(estate);
  const parts = partsOf(recovery);
  const total = totalOf(parts);
  const meets = total.p95 <= objectives.rto;
  const remedy = meets ? undefined : remedyOf(name, recovery, objectives.rto);
  return { objective: objectives.rto, total, lines: linesOf(parts), meets, ...(remedy && { remedy }) };
}
