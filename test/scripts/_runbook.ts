/** A runbook as text: its parts, its commands, its links. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const FOLDER = join(__dirname, '..', '..', 'runbooks');

/** The parts of a runbook, in this order. */
export const PARTS = ['Prerequisites', 'Detection', 'Triage', 'Mitigation', 'Resolution', 'Post-mortem'];

/** A `flipside` command as it stands in a runbook. */
export interface RunbookCommand {
  readonly part: string;
  readonly text: string;
  readonly args: readonly string[];
  /** The exit code that a comment behind it promises; 0 without one. */
  readonly code: number;
}

export const runbooks = readdirSync(FOLDER).filter((file) => file.endsWith('.md') && file !== 'README.md');

export const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

/** Headings of the second level. */
export const headings = (text: string) => [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

/** Targets of links inside the repository. */
export const links = (text: string) =>
  [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^https?:/.test(target));

/** Every command line of a fenced block and every one in running text. */
export function commandsOf(text: string): RunbookCommand[] {
  return text.split(/^(?=## )/m).flatMap((section) => {
    const part = /^## (.+)$/m.exec(section)?.[1] ?? '';
    return [...section.matchAll(/npx flipside ([^`\n]*)/g)].map(([, rest = '']) => commandOf(part, rest));
  });
}

function commandOf(part: string, rest: string): RunbookCommand {
  const [text = '', comment = ''] = rest.split(/\s+#\s*/);
  const code = /exits (\d+)/.exec(comment)?.[1] ?? '0';
  return { part, text: text.trim(), args: text.trim().split(/\s+/), code: Number(code) };
}
