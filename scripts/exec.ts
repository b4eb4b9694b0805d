/** Runs other programs: the one place that does, so that all of them have a deadline and an answer that can be told. */
import { $ } from 'zx';

/** How a program is run. */
export interface ExecOptions {
  readonly cwd?: string;
  /** Milliseconds until it is ended; a program that waits for a dead region must not hold up its rescue. */
  readonly timeout: number;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a program ended. */
export interface Ran {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Ended by the deadline. */
  readonly late: boolean;
}

/** Runs `program` with `args`, each passed as it is; never throws for a program that fails or does not exist. */
export async function exec(program: string, args: readonly string[], options: ExecOptions): Promise<Ran> {
  const { cwd, timeout } = options;
  let late = false;
  const running = $({
    ...(cwd && { cwd }),
    env: { ...process.env, ...options.env },
    // The shell becomes the program instead of waiting for it.
    prefix: 'exec ',
    quiet: true,
    nothrow: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })`${[program, ...args]}`;
  const deadline = setTimeout(() => {
    late = true;
    void running.kill('SIGKILL').catch(() => undefined);
  }, timeout);
  const output = await running.finally(() => clearTimeout(deadline));
  const missing = output.exitCode === 127;
  return {
    ok: output.exitCode === 0 && !late,
    stdout: output.stdout,
    stderr: missing ? `${program}: not found, expected it on the PATH` : output.stderr,
    late,
  };
}

/** The last line a program complained with. */
export const complaintOf = ({ stderr, stdout }: Ran): string =>
  (stderr.trim() || stdout.trim()).split('\n').at(-1)?.trim() ?? '';

/** Runs `program` on the terminal of this process; gives its exit code. */
export async function pass(program: string, args: readonly string[]): Promise<number> {
  const { exitCode } = await $({ stdio: 'inherit', nothrow: true, prefix: 'exec ' })`${[program, ...args]}`;
  return exitCode ?? 1;
}
