/** Tables about promises and money: availability, cost, departures and what is accepted. */
import { dollars, number, percentage } from '../checks/_words';
import type { Assessment, CostLine } from '../assessment';
import { sumOf } from '../numbers';
import type { RenderedEstate } from '../rendered';
import { type Cell, columns, type Table, unknown } from './_table';

/** Where the expected downtime comes from. */
export const downtime = ({ availability }: Assessment): Table => ({
  caption: 'Expected downtime of a year',
  columns: columns('cause', '#minutes', 'source'),
  rows: [
    ...availability.parts.map(({ label, minutesPerYear, source }) => [label, number(minutesPerYear), source]),
    [
      'the objective leaves',
      number(availability.budget.minutesPerYear),
      `${percentage(availability.objective)} of a year`,
    ],
  ],
});

/** What a request needs and what AWS promises of it. */
export const dependencies = ({ availability }: Assessment): Table => ({
  caption: 'What a request depends on',
  columns: columns('service', '#promised', 'a request without it', 'source'),
  rows: availability.dependencies.map(({ service, sla, hard, source }) => [
    service,
    percentage(sla),
    hard ? 'fails' : 'is answered',
    source,
  ]),
});

const uniqueOf = (lines: readonly CostLine[], of: (line: CostLine) => string) => [...new Set(lines.map(of))];

/** A month by owner and region, all environments. */
export function costByOwner({ cost: { lines } }: Assessment): Table {
  const regions = uniqueOf(lines, ({ region }) => region);
  const owners = uniqueOf(lines, ({ owner }) => owner).toSorted();
  const row = (name: string, own: readonly CostLine[]): Cell[] => [
    name,
    ...regions.map((region) => amount(own.filter((line) => line.region === region))),
    amount(own),
  ];
  return {
    caption: 'Cost of a month in USD, by owner and region; + marks sums that leave lines without a price out',
    columns: columns('owner', ...regions.map((region) => `#${region}`), '#all'),
    rows: [
      ...owners.map((owner) =>
        row(
          owner,
          lines.filter((line) => line.owner === owner),
        ),
      ),
      row('all', lines),
    ],
  };
}

function amount(lines: readonly CostLine[]): Cell {
  if (lines.length === 0) return '0';
  const without = lines.filter(({ usd }) => usd === undefined).length;
  if (without === lines.length) return unknown();
  const sum = Math.round(sumOf(lines)).toLocaleString('en-US');
  return without > 0 ? { text: `${sum} +`, tone: 'unknown' } : sum;
}

/** Every line of the cost. */
export const costLines = ({ cost: { lines } }: Assessment): Table => ({
  caption: 'Every line of the cost',
  columns: columns('item', 'owner', 'region', 'environment', '#USD a month', 'standby', 'how'),
  rows: lines.map(({ item, owner, region, environment, usd, standby, basis }) => [
    item,
    owner,
    region,
    environment,
    usd === undefined ? unknown() : dollars(usd).replace(' USD', ''),
    standby ? 'yes' : 'no',
    basis,
  ]),
});

/** Where the estate decides for itself. */
export const departures = ({ input }: RenderedEstate): Table => ({
  caption: 'What the estate declares itself, or does otherwise than required',
  columns: columns('requirement', 'value', 'reason'),
  rows: input.estate.assumptions.map(({ id, value, reason }) => [id, value, reason]),
});

/** Findings that somebody accepts until a day. */
export const accepted = ({ waived }: Assessment): Table => ({
  caption: 'Findings that are accepted',
  columns: columns('check', 'finding', 'reason', 'owner', 'until'),
  rows: waived.map(({ finding, reason, owner, expires }) => [
    finding.check,
    finding.message,
    reason,
    owner,
    expires,
  ]),
});
