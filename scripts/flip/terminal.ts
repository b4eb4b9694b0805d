/** The person at the terminal: what they are asked, what they see, and Ctrl-C. */
import { createInterface } from 'node:readline/promises';
import type { Clock, Prompt, Screen } from './ports';

/** Asks on the terminal; undefined where there is none. */
export const terminalPrompt: Prompt = async (question) => {
  if (!process.stdin.isTTY) return undefined;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const left = new Promise<string>((resolve) => asking.once('SIGINT', () => resolve('')));
  try {
    // Ctrl-D rejects; both ways the person has left.
    return await Promise.race([asking.question(question).catch(() => ''), left]);
  } finally {
    asking.close();
  }
};

/** Time as it passes. The first Ctrl-C ends the waiting, the second one the program. */
export function realClock(): Clock {
  let interrupted = false;
  let wake: (() => void) | undefined;
  process.once('SIGINT', () => {
    interrupted = true;
    wake?.();
  });
  return {
    now: Date.now,
    interrupted: () => interrupted,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, interrupted ? 0 : milliseconds);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/** Standard output; what is still running is redrawn in place on a terminal. */
export function terminalScreen(out: NodeJS.WriteStream = process.stdout): Screen {
  let standing = 0;
  const clear = () => {
    if (standing > 0) out.write(`\x1b[${standing}A\x1b[J`);
    standing = 0;
  };
  return {
    line: (text) => {
      clear();
      out.write(`${text}\n`);
    },
    live: (lines) => {
      if (!out.isTTY) return;
      clear();
      out.write(lines.map((line) => `${line.slice(0, out.columns - 1)}\n`).join(''));
      standing = lines.length;
    },
    data: () => {},
  };
}

/** One JSON document at the end and nothing else: for `--json`. */
export const jsonScreen: Screen = {
  line: () => {},
  live: () => {},
  data: (value) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
};
