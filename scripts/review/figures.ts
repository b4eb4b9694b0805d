/** What a review can tell beside the verdicts, from parts that may be given. */
import type { Assessment, CostFigure } from '../../review/assessment';
import type { ChangeReview } from '../../review/change/review';
import { assess } from '../../review/assess';
import { costOf } from '../../review/numbers';
import type { RenderedEstate } from '../../review/rendered';

/** Parts that are not the comparison's own. */
export interface Figures {
  /** Monthly cost, for the difference. */
  readonly cost?: (estate: RenderedEstate) => CostFigure;
  /** RTO, RPO, capacity and dependencies, for the line below the table. */
  readonly assess?: (estate: RenderedEstate) => Assessment;
  /** The answer as a page. */
  readonly html?: (reviews: readonly ChangeReview[]) => string;
}

/** The parts that the command line gives. */
export const FIGURES: Figures = { cost: costOf, assess: (estate) => assess(estate) };
