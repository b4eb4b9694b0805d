/** From an amount of something to a line of the cost. */
import { priceOf, type Priced } from '../../model/prices';
import type { CostLine } from '../assessment';
import type { RenderedCluster } from '../rendered';

/** Where a line belongs. */
export type Place = Pick<CostLine, 'region' | 'environment' | 'standby'>;

/** What is paid for: so many units of something with a price. */
export interface Amount {
  readonly thing: Priced;
  readonly units: number;
  /** What the units are, for example `2 × db.r6g.large`. */
  readonly note: string;
}

/** Things that no region pays for by itself. */
export const GLOBAL = 'global';

/** The place of a cluster; `standby`: it carries no load until the other region is lost. */
export const placeOf = ({ region, environment }: RenderedCluster, standby: boolean): Place => ({
  region,
  environment,
  standby,
});

/** Amounts with a price become one line, those without one another. */
export function linesOf(place: Place, owner: string, item: string, amounts: readonly Amount[]): CostLine[] {
  const priced = amounts.map((amount) => ({ ...amount, price: priceOf(amount.thing, place.region) }));
  const known = priced.flatMap(({ price, ...rest }) => (price ? [{ ...rest, price }] : []));
  const unknown = priced.filter(({ price }) => !price);
  return [
    ...(known.length > 0
      ? [
          {
            ...place,
            owner,
            item,
            usd: known.reduce((sum, { units, price }) => sum + units * price.usd, 0),
            basis: known.map(({ note, price }) => `${note} (${price.source}, ${price.date})`).join('; '),
          },
        ]
      : []),
    ...(unknown.length > 0
      ? [
          unpriced(
            place,
            owner,
            item,
            `no price in ${place.region} of ${unknown.map(({ thing, note }) => `${thing} (${note})`).join(', ')}`,
          ),
        ]
      : []),
  ];
}

/** A line without a sum. */
export const unpriced = (place: Place, owner: string, item: string, basis: string): CostLine => ({
  ...place,
  owner,
  item,
  basis,
});
