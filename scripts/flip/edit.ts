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

/** What a flip changes in the repository. */
export interface Edit {
  /** The claim's file after the edit. */
  readonly text: string;
  /** Its lines that change. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Files below `dist/` that change with it, by path. */
  readonly rendered: Rendered;
}

/** Makes the edit in memory. Only what the flip itself changes is rendered: whatever else is stale stays. */
export function editOf(estate: FlipEstate, flip: Flip, render: Render): Edit {
  const path = claimPath(estate.name);
  const before = new TextDecoder().decode(estate.files.get(path));
  const text = edited(before, flip);
  const files = new Map(estate.files).set(path, new TextEncoder().encode(text));
  const loaded = loadEstate(estate.name, files);
  if ('problems' in loaded) throw new UserError(formatProblems(loaded.problems));
  const old = render([estate.input]);
  const rendered = [...render([loaded.input])].filter(([file, content]) => old.get(file) !== content);
  return { text, rendered: new Map(rendered), ...changesOf(estate, flip) };
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

function changesOf({ input }: FlipEstate, flip: Flip): Pick<Edit, 'removed' | 'added'> {
  const { region, epoch, mode } = input.primaryRegion.spec;
  const old: Record<string, unknown> = { region, epoch, mode };
  const wanted: Record<string, unknown> = { region: flip.region, epoch: flip.epoch, mode: flip.mode };
  const keys = Object.keys(wanted).filter((key) => old[key] !== wanted[key]);
  return {
    removed: keys.map((key) => `${key}: ${old[key]}`),
    added: keys.map((key) => `${key}: ${wanted[key]}`),
  };
}
