/** Values that an estate sets itself or departs from, listed for the reader. */
import type { Check } from '../check';
import { estateSpot } from './_read';

/** No silent change: what a requirement says otherwise stands under `assumptions`, and here. */
export const departures: Check = {
  id: 'departures',
  title: 'Departures from a requirement are listed',
  severity: 'info',
  reference: 'C-29, X-48',
  run: (estate, report) =>
    estate.input.estate.assumptions.map(({ id, value, reason }, index) =>
      report({
        message: `${id}: ${value} (${reason})`,
        path: estateSpot(estate, `assumptions[${index}]`),
        remedy: 'None: read it',
      }),
    ),
};
