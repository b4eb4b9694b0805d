/** A program to run: shown exactly as it is run. */
import { quote } from 'zx';
import { exec, type Ran } from '../exec';

/** A program, its arguments, and how long it may take. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  /** File that its output becomes. */
  readonly into?: string;
}

const MINUTE_MS = 60_000;

/** A command that answers within a minute, unless told otherwise. */
export const command = (program: string, args: readonly string[], timeout = MINUTE_MS): Command => ({
  program,
  args,
  timeout,
});

/** As a line for a shell. */
export const shown = ({ program, args, into }: Command): string =>
  [[program, ...args].map(quote).join(' '), ...(into ? [`> ${quote(into)}`] : [])].join(' ');

/** Runs it. */
export const run = ({ program, args, timeout }: Command): Promise<Ran> => exec(program, args, { timeout });
