/** Problems as a person reads them. */
import { groupBy } from './_group';
import type { Problem } from './problem';

/** Space between the place of a problem and its path, in characters. */
const GAP = 3;

/** Every problem, by estate, each with its place; plain text without colour. */
export function formatProblems(problems: readonly Problem[]): string {
  const groups = groupBy(problems, folderOf);
  return [...[...groups].map(([folder, group]) => formatGroup(folder, group)), 'nothing was written'].join(
    '\n\n',
  );
}

/** `estates/<name>`, or `estates` for what lies in no estate. */
function folderOf({ file }: Problem): string {
  const parts = file.split('/');
  return parts.slice(0, Math.min(2, parts.length - 1)).join('/') || 'estates';
}

function formatGroup(folder: string, problems: readonly Problem[]): string {
  const places = problems.map((problem) => placeText(folder, problem));
  const width = Math.max(...places.map(({ length }) => length)) + GAP;
  const heading = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${folder}`;
  const blocks = problems.map(({ path, message }, index) =>
    [`  ${places[index]?.padEnd(width)}${path}`.trimEnd(), `    ${message}`].join('\n'),
  );
  return [heading, ...blocks].join('\n\n');
}

function placeText(folder: string, { file, line, column }: Problem): string {
  const name = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
  return [name, line, column].filter((part) => part !== undefined).join(':');
}
