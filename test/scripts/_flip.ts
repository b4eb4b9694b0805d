/** Runs `failover` in the tests' world. */
import { UserError } from '../../scripts/answer';
import { failover } from '../../scripts/failover';
import type { FailoverOptions } from '../../scripts/flip/wish';
import { ESTATE, PEER } from './_repository';
import type { World } from './_world';

export const UNPLANNED = { unplanned: true, acceptDataLoss: true };

/** Cuts the home region off. */
export const lost = (world: World) => {
  world.home.up = false;
};

/** Runs the verb and gives its exit code and everything that was said. */
export async function flip(world: World, options: Partial<FailoverOptions> = {}) {
  world.lines.length = 0;
  try {
    const code = await failover(world.root, { estate: ESTATE, to: PEER, ...options }, world.ports);
    return { code, text: world.lines.join('\n') };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.exitCode, text: [...world.lines, error.message].join('\n') };
  }
}
