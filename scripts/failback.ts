/** `flipside failback`: a planned failover to the home region, where the stores were born. */
import { failover } from './failover';
import { flipEstate } from './flip/estate';
import { type MakePorts, realPorts } from './flip/real';
import type { FailbackOptions } from './flip/wish';

/** The verb. */
export function failback(
  root: string,
  options: FailbackOptions,
  makePorts: MakePorts = realPorts,
): Promise<number> {
  return failover(root, { ...options, to: flipEstate(root, options.estate).home }, makePorts);
}
