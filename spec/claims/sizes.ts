/** The sizes that claims speak in; `model/sizes.ts` says what AWS calls them. */
import * as z from 'zod';

export const size = z
  .enum(['small', 'medium', 'large', 'xlarge'])
  .meta({ description: 'Size of each node; the same in both regions' });

/** A store's size. */
export type Size = z.output<typeof size>;
