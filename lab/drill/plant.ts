/** Broken copies of the programs, run in place of the real ones: a drill that does not notice them proves nothing. */
import type { Program } from '../../model/release';
import { bundle } from '../../runtime/build';
import { type Edit, edited } from './edits';

/** One fault: texts of a program's sources, replaced. */
export interface Fault {
  readonly title: string;
  readonly program: Program;
  readonly edits: readonly Edit[];
}

/** Replaces the program that the lab's pods run from now on. */
export const plant = (root: string, { program, edits }: Fault) => bundle(program, root, [edited(edits)]);

/** Puts the real program back. */
export const unplant = (root: string, { program }: Fault) => bundle(program, root);
