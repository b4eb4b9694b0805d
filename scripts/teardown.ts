/** `flipside teardown`: prints how an environment is taken down. */
import { UserError } from './answer';

/** The verb. */
export function teardown(_root: string, _options: { readonly estate: string }): number {
  throw new UserError('Cannot plan yet');
}
