/** The committed estates keep the numbers of their requirements, or say which they change. */
import type { Check } from '../check';
import type { EstateInput } from '../../spec/input';
import { NUMBERS } from './_numbers-asked';
import { estateSpot } from './_read';

/** A number that is changed without a reason is a mistake until somebody says otherwise. */
export const unlistedDepartures: Check = {
  id: 'unlisted-departures',
  title: 'Every departure from a required number is listed',
  severity: 'error',
  reference: 'C-29: no silent change',
  run: (estate, report) =>
    (NUMBERS[estate.input.estate.name] ?? [])
      .filter(({ id }) => !isListed(estate.input, id))
      .filter(({ asked, read }) => read(estate.input) !== asked)
      .map(({ id, what, asked, path, read }) =>
        report({
          message: `${what} is ${String(read(estate.input))}, ${id} asks for ${String(asked)}`,
          path: path.startsWith('services/')
            ? `estates/${estate.input.estate.name}/${path}`
            : estateSpot(estate, path),
          remedy: `Set it back, or list ${id} with the value and the reason under assumptions`,
        }),
      ),
};

const isListed = ({ estate }: EstateInput, id: string) => estate.assumptions.some((one) => one.id === id);
