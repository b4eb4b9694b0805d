/** Runs the bundled function as the process that it is in a cluster. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Starts it on ports that the system chooses; of a flag that is there twice the last counts. */
export const start = (program: string, flags: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, '--address=127.0.0.1:0', '--metrics-address=127.0.0.1:0', ...flags]);

/** Its ports, once it listens. */
export async function listening({ stdout }: ChildProcess): Promise<{ port: number; metricsPort: number }> {
  if (!stdout) throw new Error('Cannot read the log of the function: it has no stdout');
  for await (const line of createInterface(stdout)) {
    if (line.includes('listening')) return JSON.parse(line);
  }
  throw new Error('Cannot use the function: it ended before it listened');
}
