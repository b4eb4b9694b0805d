/** The table of mistakes: each breaks the valid estate in one place and must give one clear problem. */
import { loadEstate } from '../../spec/load';
import type { Problem } from '../../spec/problem';
import { type Edit, estateFiles } from './estate';

/** A mistake and the answer to it. */
export interface Mistake {
  readonly reason: string;
  readonly edit: Edit;
  /** `<file>:<line> <path>`, the file relative to the estate; without line for a whole file. */
  readonly where: string;
  /** The end of the message: what is wrong and what to do. */
  readonly says: string;
}

/** Every problem of the broken estate. */
export function problemsOf(edit: Edit): readonly Problem[] {
  const loaded = loadEstate('shop', estateFiles(edit));
  return 'problems' in loaded ? loaded.problems : [];
}

/** `<file>:<line> <path>` */
export const whereOf = ({ file, line, path }: Problem): string =>
  `${[file.replace('estates/shop/', ''), line].filter((part) => part !== undefined).join(':')} ${path}`.trim();

/** One test for each mistake: exactly one problem, at the right place, with the right words. */
export function testMistakes(mistakes: Readonly<Record<string, Mistake>>): void {
  test.each(Object.entries(mistakes))('%s', (_name, { edit, where, says }) => {
    const problems = problemsOf(edit);
    expect(problems.map(whereOf)).toEqual([where]);
    expect(problems[0]?.message).toMatch(/^Cannot \S.*: .*expected .*[^.]$/s);
    expect(problems[0]?.message).toContain(says);
  });
}
