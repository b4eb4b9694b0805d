/** Data of people in the EU that leaves it, is said. */
import type { Check } from '../check';
import { estateSpot } from './_read';

const STORES: ReadonlySet<string> = new Set(['PostgresDatabase', 'Cache', 'Bucket', 'Table']);

/** Requirements under which an estate says what the legal basis is. */
const LISTED: ReadonlySet<string> = new Set(['X-40', 'S0-55', 'S4-121']);

/** Review cannot know whether data is personal; it can see that it crosses the border of the EU. */
export const dataResidency: Check = {
  id: 'data-residency',
  title: 'Data does not leave the EU unnoticed',
  severity: 'warning',
  reference: 'S0-55, X-40: a legal basis is named in documents, code alone is not compliance',
  run: (estate, report) => {
    const { regions, assumptions, name } = estate.input.estate;
    const inside = [regions.home.name, regions.peer.name].filter((region) => region.startsWith('eu-'));
    const stores = estate.input.claims.filter(({ kind }) => STORES.has(kind));
    const crosses = inside.length === 1 && stores.length > 0;
    if (!crosses || assumptions.some(({ id }) => LISTED.has(id))) return [];
    const outside = inside[0] === regions.home.name ? regions.peer.name : regions.home.name;
    return [
      report({
        message: `Data written in ${inside[0]} is kept in ${outside} as well: ${stores.map(({ metadata }) => metadata.name).join(', ')} of ${name}`,
        path: estateSpot(estate, 'regions'),
        remedy: 'Name the legal basis as X-40 under assumptions, or choose two regions inside the EU',
      }),
    ];
  },
};
