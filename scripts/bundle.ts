/** `flipside bundle`: makes the one file that a program's image holds. */
import { relative } from 'node:path';
import { isProgram, PROGRAMS } from '../model/release';
import { bundle as bundled } from '../runtime/build';
import { EXIT, UserError } from './answer';

/** The verb. */
export async function bundle(root: string, program: string): Promise<number> {
  if (!isProgram(program)) {
    throw new UserError(
      `Cannot bundle "${program}": no such program, expected one of ${PROGRAMS.join(', ')}`,
      EXIT.usage,
    );
  }
  console.log(relative(root, await bundled(program, root)));
  return EXIT.ok;
}
