/** The emulators behind the gateway, as processes of a lab: they outlive the command that started them, and the gateway. */
import { freePorts } from '../ports';
import { isAlive, start } from '../process';
import { ministackAnswers, ministackOn } from './ministack';

/** Name of the process and of its log. */
const NAME = 'ministack';

/** Where the emulators stand. */
export interface Emulators {
  readonly ministack: string;
}

/**
 * Starts ministack for the lab whose state folder is `state`, and waits until it answers. It belongs to no region:
 * killing one leaves it running. `stop` of `lab/process.ts` ends it with the lab.
 */
export async function startEmulators(root: string, state: string): Promise<Emulators> {
  const [port = 0] = await freePorts(1);
  const { program, args, env, url } = ministackOn(root, port);
  const emulator = start(program, args, { name: NAME, state, env });
  await ministackAnswers(url, () => isAlive(emulator.pid));
  return { ministack: url };
}
