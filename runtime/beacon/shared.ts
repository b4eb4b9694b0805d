/** What one region's beacon tells the other region. */
import * as z from 'zod';
import { BEACON_PATH } from '../../model/site-hosts';
import { regionName } from '../../spec/scalars';

/**
 * Where it is told. The path lies under the one that the public entry sends to the beacon, so it says no more than the
 * other region needs: no names of stores.
 */
export const SHARED_PATH = `${BEACON_PATH}/status`;

const schema = z.object({
  primary: z.boolean(),
  /** When AWS last answered about every store, in Unix milliseconds; 0 where it has not, or there is no store. */
  asked: z.number().default(0),
  /** Absent until the beacon has heard of a claim. */
  claimed: z.object({ region: regionName, epoch: z.int().min(0), conflict: z.boolean() }).optional(),
});

/** What a beacon tells the other region. */
export type Shared = z.output<typeof schema>;

/** Reads what a beacon told; throws when the text is something else. */
export const sharedFrom = (text: string): Shared => schema.parse(JSON.parse(text));
