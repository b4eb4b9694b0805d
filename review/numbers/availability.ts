/** Expected availability from what AWS promises, with shared causes and failed failovers counted. */
import {
  FAILOVER_SUCCESS,
  MINUTES_PER_YEAR,
  REGION_OUTAGE_MINUTES,
  SHARED_CAUSE,
  WITHOUT_SLA,
} from '../../model/sla';
import type { AvailabilityFigure } from '../assessment';
import type { RenderedEstate } from '../rendered';
import { type Dependencies, dependenciesOf } from './_dependencies';
import { type Downtime, downtimeOf, minutesOf, serialMinutes, type TwoRegions } from './_downtime';
import { prodOf } from './_read';
import { rtoOf } from './rto';

/** The availability of an estate's prod. */
export function availabilityOf(estate: RenderedEstate): AvailabilityFigure {
  const objective = rounded(estate.input.estate.objectives.availability / 100);
  const dependencies = dependenciesOf(estate);
  const recovery = rtoOf(estate).total.p95 / 60;
  const model = twoRegionsOf(dependencies, recovery);
  const downtime = prodOf(estate).length > 1 ? downtimeOf(model) : alone(model);
  const expected = 1 - minutesOf(downtime) / MINUTES_PER_YEAR;
  const budget = budgetOf(objective);
  return {
    objective,
    expected,
    oneRegion: 1 - model.oneRegion / MINUTES_PER_YEAR,
    parts: partsOf(downtime, model),
    dependencies: [...dependencies.frontDoor, ...dependencies.region],
    budget,
    recoveriesPerYear: Math.floor(budget.minutesPerYear / recovery),
    meets: expected >= objective,
  };
}

/** Without the noise of binary fractions: 99.99 % leaves 52.56 minutes and not 52.560000000005. */
const rounded = (number: number) => Math.round(number * 1e9) / 1e9;

/** Minutes that an objective leaves, in a month of a twelfth of the year and in a year. */
export const budgetOf = (objective: number): AvailabilityFigure['budget'] => ({
  minutesPerMonth: rounded(((1 - objective) * MINUTES_PER_YEAR) / 12),
  minutesPerYear: rounded((1 - objective) * MINUTES_PER_YEAR),
});

/** The two regions as the model counts them; `recovery` in minutes. */
export const twoRegionsOf = ({ region, frontDoor }: Dependencies, recovery: number): TwoRegions => ({
  oneRegion: serialMinutes(region.flatMap(({ sla, hard }) => (hard ? [sla] : []))),
  sharedCause: SHARED_CAUSE,
  success: FAILOVER_SUCCESS,
  recovery,
  outage: REGION_OUTAGE_MINUTES,
  frontDoor: serialMinutes(frontDoor.map(({ sla }) => sla)),
});

/** Nobody takes over. */
const alone = ({ oneRegion, frontDoor }: TwoRegions): Downtime => ({
  shared: oneRegion,
  both: 0,
  recovered: 0,
  stuck: 0,
  frontDoor,
});

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

function partsOf(downtime: Downtime, model: TwoRegions): AvailabilityFigure['parts'] {
  const events = (model.oneRegion / model.outage).toFixed(2);
  return [
    {
      label: 'both regions at once, for a shared cause',
      minutesPerYear: downtime.shared,
      source: `assumed: ${percent(model.sharedCause)} of one region's downtime (model/sla.ts)`,
    },
    { label: 'both regions at once, by chance', minutesPerYear: downtime.both, source: 'computed' },
    {
      label: 'recoveries that work',
      minutesPerYear: downtime.recovered,
      source: `${events} a year of ${model.recovery.toFixed(1)} min (p95), ${percent(model.success)} of all`,
    },
    {
      label: 'recoveries that fail',
      minutesPerYear: downtime.stuck,
      source: `assumed: ${percent(1 - model.success)} of all, ${model.outage} min each (model/sla.ts)`,
    },
    {
      label: 'before both regions: DNS, CDN, accelerator',
      minutesPerYear: downtime.frontDoor,
      source: 'their promises (model/sla.ts)',
    },
    {
      label: `without a promise: ${WITHOUT_SLA.join(', ')}`,
      minutesPerYear: 0,
      source: 'not counted: AWS publishes none',
    },
  ];
}
