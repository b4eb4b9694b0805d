/** The real code that a world runs. A test may hand in a broken copy and expect that a property finds it. */
import { compose } from '../platform/apis/primary-region/compose';
import { observe } from '../runtime/beacon/observe';
import { promote } from '../runtime/promote/promote';
import { decide } from '../runtime/watch/decide';

/** The programs of both clusters. */
export interface Programs {
  readonly compose: typeof compose;
  readonly promote: typeof promote;
  readonly observe: typeof observe;
  readonly decide: typeof decide;
}

/** The programs as they are shipped. */
export const PROGRAMS: Programs = { compose, promote, observe, decide };
