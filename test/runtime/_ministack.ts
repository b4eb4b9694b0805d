/** ministack for the integration tests: the emulator of the lab, where Python is installed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Ministack, startMinistack as startIn } from '../../lab/aws/ministack';

export { INSTALL_MS, type Ministack } from '../../lab/aws/ministack';

/** Starts it on a free port and waits until it answers; installs it when needed. */
export const startMinistack = (): Promise<Ministack> => startIn(join(__dirname, '..', '..'));

/** Only a developer's machine without Python may go without these tests; CI never does. */
export function hasPython(): boolean {
  if (spawnSync('python3', ['--version']).status === 0) return true;
  if (process.env['CI'] === 'true')
    throw new Error('Cannot run the integration tests: no python3, expected it in CI');
  process.stderr.write(
    '\nSKIPPED: the promotion, the beacon and the lab against an AWS emulator. python3 is not installed.\n\n',
  );
  return false;
}
