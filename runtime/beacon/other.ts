/** The other region's beacon, through that region's public entry. */
import { type Shared, SHARED_PATH, sharedFrom } from './shared';

const ANSWER_MS = 2_000;

/** Asks the beacon behind `entry`, a URL; throws when it does not answer or says something else. */
export const otherBeacon = (entry: string) => async (): Promise<Shared> => {
  const response = await fetch(new URL(SHARED_PATH, entry), { signal: AbortSignal.timeout(ANSWER_MS) });
  return sharedFrom(await response.text());
};
