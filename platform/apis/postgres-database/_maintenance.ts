/** When AWS may restart a database: an hour a week, clear of its backup, the peer region a day before home. */
import { createHash } from 'node:crypto';
import type { ClaimIdentity } from '../../../model/names';
import { windowOf } from '../../../spec/claims/window';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY = 1440;
/** Minutes from the end of the backup to the earliest start. */
const GAP = 60;
/** Half hours that the starts of different claims are spread over. */
const SLOTS = 16;
const LENGTH = 60;

/**
 * The weekly window as `ddd:hh:mm-ddd:hh:mm` in UTC, the same for the same claim.
 *
 * A backup of three hours, the gap, the last slot and the window itself end 13 hours after the backup began.
 */
export function maintenanceWindow(id: ClaimIdentity, position: 'home' | 'peer', backup: string): string {
  const [spread = 0, weekday = 0] = createHash('sha256').update(Object.values(id).join('\n')).digest();
  const day = weekday % DAYS.length;
  const start = windowOf(backup).end + GAP + (spread % SLOTS) * 30;
  const first = (position === 'home' ? day + 1 : day) * DAY + start;
  return `${moment(first)}-${moment(first + LENGTH)}`;
}

function moment(minutes: number): string {
  const [day, time] = [Math.floor(minutes / DAY) % DAYS.length, minutes % DAY];
  return `${DAYS[day]}:${twoDigits(Math.floor(time / 60))}:${twoDigits(time % 60)}`;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');
