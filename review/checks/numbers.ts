/** The checks that judge the figures: recovery, loss, availability, capacity, cost. */
import type { Check } from '../check';
import { availability } from './availability';
import { availabilityBudget } from './availability-budget';
import { capacityPeak } from './capacity-peak';
import { capacityQuotas } from './capacity-quotas';
import { capacityRegion } from './capacity-region';
import { capacityReserved } from './capacity-reserved';
import { costBudget } from './cost-budget';
import { costUnknown } from './cost-unknown';
import { rpo } from './rpo';
import { rto } from './rto';
import { rtoTtl } from './rto-ttl';

/** In the order in which a reader asks. */
export const numberChecks: readonly Check[] = [
  rto,
  rtoTtl,
  rpo,
  availability,
  availabilityBudget,
  capacityPeak,
  capacityRegion,
  capacityReserved,
  capacityQuotas,
  costBudget,
  costUnknown,
];
