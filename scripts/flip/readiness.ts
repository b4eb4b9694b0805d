/** Whether a region can take over, and whether the other one answers: what a person reads before they say yes. */
import { colour, plural } from '../ui/text';
import { largestLag } from './expected';
import { whole } from './duration';
import type { Seen, Sight } from './sight';

/** A beacon asks every two seconds and tells at least every fifteen; older than this, it has gone quiet. */
const STALE_SECONDS = 60;

/** The lines about both regions. */
export function readinessLines(target: Seen, other: Sight, now: number): string[] {
  return [...targetLines(target, now), otherLine(other)];
}

function targetLines({ region, ...rest }: Seen, now: number): string[] {
  const target = { region, ...rest };
  const { beacon } = target;
  if (!beacon) return [colour.yellow(`${region} answers; no beacon has told yet whether it can take over`)];
  const checked = agoText(beacon.at, now);
  const problems = beacon.stores
    .filter(({ writer, followerReady }) => writer !== region && !followerReady)
    .map(({ name }) => `  ${name}: no member in ${region} stands ready`);
  if (problems.length > 0) return [colour.red(`${region} is not ready, ${checked}:`), ...problems];
  return [`${colour.green(`${region} can take over`)}: ${inStep(target)}, ${checked}`];
}

function inStep(target: Seen): string {
  const count = target.beacon?.stores.length ?? 0;
  if (count === 0) return 'no database to move';
  const lag = largestLag(target);
  return `${plural(count, 'store')} in step${lag === undefined ? '' : `, at most ${lag} s behind`}`;
}

function agoText(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  const text = `checked ${whole(seconds)} ago`;
  return seconds > STALE_SECONDS ? colour.yellow(`${text}, the beacon has gone quiet`) : text;
}

function otherLine(other: Sight): string {
  if (other.answers) return `${other.region} answers (API server)`;
  return colour.yellow(`${other.region} ${other.why}`);
}
