/** The four figures of the first screen against their objectives. */
import { dollars, duration, percentage } from '../checks/_words';
import type { Assessment } from '../assessment';
import { sumOf, unknownOf } from '../numbers';
import type { RenderedEstate } from '../rendered';
import type { Tone } from './_table';

/** A figure as it is read at a glance. */
export interface Figure {
  readonly id: 'rto' | 'rpo' | 'availability' | 'cost';
  readonly name: string;
  readonly value: string;
  /** What it stands against, and what else there is to say; a line each. */
  readonly against: readonly string[];
  /** `met`, `missed`, or why there is no such word. */
  readonly state: string;
  readonly tone: Tone;
}

/** In the order of the page. */
export const figuresOf = (estate: RenderedEstate, assessment: Assessment): Figure[] => [
  rto(assessment),
  rpo(assessment),
  availability(assessment),
  cost(estate, assessment),
];

const judged = (meets: boolean): Pick<Figure, 'state' | 'tone'> =>
  meets ? { state: 'met', tone: 'good' } : { state: 'missed', tone: 'bad' };

const rto = ({ rto: { total, objective, meets } }: Assessment): Figure => ({
  id: 'rto',
  name: 'Recovery time (RTO), p95',
  value: duration(total.p95),
  against: [`at most ${duration(objective)}`, `p50 ${duration(total.p50)}`],
  ...judged(meets),
});

function rpo({ rpo: { lines, objective, meets } }: Assessment): Figure {
  const name = 'Data loss (RPO), worst store';
  if (lines.length === 0)
    return {
      id: 'rpo',
      name,
      value: 'nothing to lose',
      against: ['no store'],
      state: 'no objective',
      tone: 'plain',
    };
  const missed = lines.filter((line) => !line.meets).length;
  const bounds = lines.flatMap(({ bound }) => (bound === undefined ? [] : [bound]));
  const worst = lines.some((line) => !line.meets && line.bound === undefined)
    ? 'no bound'
    : duration(Math.max(0, ...bounds));
  const wanted = objective === undefined ? 'none stated' : `at most ${duration(objective)}`;
  return {
    id: 'rpo',
    name,
    value: worst,
    against: [wanted, ...(missed === 0 ? [] : [`${missed} of ${lines.length} stores over it`])],
    ...(objective === undefined ? { state: 'no objective', tone: 'plain' } : judged(meets)),
  };
}

const availability = ({ availability: { expected, objective, meets } }: Assessment): Figure => ({
  id: 'availability',
  name: 'Availability, expected',
  value: percentage(expected),
  against: [`at least ${percentage(objective)}`],
  ...judged(meets),
});

/** A budget is for production. A sum that leaves lines out never counts as within it. */
function cost({ input }: RenderedEstate, { cost: figure }: Assessment): Figure {
  const without = unknownOf(figure).length;
  const limit = input.estate.budget?.monthly;
  const prod = sumOf(figure.lines.filter(({ environment }) => environment === 'prod'));
  const isOver = limit !== undefined && prod > limit;
  const unpriced = { state: `${without} lines without a price`, tone: 'unknown' } as const;
  const isOpen = without > 0 && !isOver;
  const state = limit === undefined ? ({ state: 'no objective', tone: 'plain' } as const) : judged(!isOver);
  return {
    id: 'cost',
    name: 'Cost a month',
    value: `${without > 0 ? 'over ' : ''}${dollars(figure.total)}`,
    against: [
      limit === undefined ? 'no budget stated' : `budget ${dollars(limit)}`,
      ...(figure.standby > 0 ? [`standby ${dollars(figure.standby)}`] : []),
    ],
    ...(isOpen ? unpriced : state),
  };
}
