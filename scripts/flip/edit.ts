/** The edit that is a flip: two values of one file, and what it changes in what is rendered. Pure. */
import { parseDocument } from 'yaml';
import type { Rendered } from '../../main';
import type { EstateInput } from '../../spec/input';
import { formatProblems } from '../../spec/format';
import { loadEstate } from '../../spec/load';
import { UserError } from '../answer';
import { claimPath, type FlipEstate } from './estate';
import type { Flip } from './stand';

/** Renders estates; `render` of `main.ts`. */
export type Render = (estates: readonly EstateInput[]) => Rendered;

/** Every file that a flip changes, by path in the repository. Whatever else is stale under `dist/` stays. */
export function editOf(estate: FlipEstate, flip: Flip, render: Render): ReadonlyMap<string, string> {
  const path = claimPath(estate.name);
  const text = edited(new TextDecoder().decode(estate.files.get(path)), flip);
  const files = new Map(estate.files).set(path, new TextEncoder().encode(text));
  const loaded = loadEstate(estate.name, files);
  if ('problems' in loaded) throw new UserError(formatProblems(loaded.problems));
  const old = render([estate.input]);
  const changed = [...render([loaded.input])].filter(([file, content]) => old.get(file) !== content);
  return new Map([
    [path, text],
    ...changed.map(([file, content]): [string, string] => [`dist/${file}`, content]),
  ]);
}

/** Keeps comments, order and style of what people wrote. */
function edited(before: string, { region, epoch, mode }: Flip): string {
  const document = parseDocument(before);
  document.setIn(['spec', 'region'], region);
  document.setIn(['spec', 'epoch'], epoch);
  document.setIn(['spec', 'mode'], mode);
  document.deleteIn(['spec', 'acceptDataLoss']);
  if (mode === 'Unplanned') document.setIn(['spec', 'acceptDataLoss'], true);
  return document.toString({ lineWidth: 0 });
}

/** The values that differ, before and after, side by side. */
export function changeLines(from: Flip, to: Flip): string[] {
  const keys = (['region', 'epoch', 'mode'] as const).filter((key) => from[key] !== to[key]);
  return keys.map((key) => `${`-   ${key}: ${from[key]}`.padEnd(30)} +   ${key}: ${to[key]}`);
}
