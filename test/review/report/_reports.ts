/** The committed estates with their assessment, once for a test file. */
import { assess } from '../../../review/assess';
import type { Assessment } from '../../../review/assessment';
import type { RenderedEstate } from '../../../review/rendered';
import { committed } from '../numbers/_estates';

export { committed, edited, NAMES, rewritten } from '../numbers/_estates';

/** Any day: no test here depends on it. */
export const TODAY = '2026-11-21';

export const assessed = (estate: RenderedEstate): Assessment => assess(estate, { today: TODAY });

const known = new Map<string, Assessment>();

/** The assessment of a committed estate. */
export function assessmentOf(name: string): Assessment {
  const assessment = known.get(name) ?? assessed(committed(name));
  known.set(name, assessment);
  return assessment;
}

/** What stands between tags, so that a word in a class or an id does not count as shown. */
export const shownIn = (markup: string): string =>
  markup
    .replaceAll(/<(desc|style|defs)\b[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
