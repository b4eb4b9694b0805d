/** The repository: the commits of the regional claim. */
import type { PrimaryRegionSpec } from '../spec/claims';
import type { Context } from './context';

/** What Git says about the flip; the override is never in Git. */
export type Committed = Omit<PrimaryRegionSpec, 'override'>;

/** The branch that both regions follow. */
export interface Git {
  readonly head: () => Committed;
  readonly push: (spec: Committed, note: string) => void;
  /** Forces the branch back by so many commits. */
  readonly rewind: (commits: number) => void;
  /** Called with every push, when a webhook would be. */
  readonly onPush: (action: () => void) => void;
}

/** A repository whose only commit is `born`. */
export function gitOf({ log }: Context, born: Committed): Git {
  const commits = [born];
  const listeners: (() => void)[] = [];
  const head = () => commits.at(-1) ?? born;
  const tell = (note: string) => {
    log({ what: 'commit', region: head().region, epoch: head().epoch, note });
    for (const listener of listeners) listener();
  };
  return {
    head,
    push: (spec, note) => {
      commits.push(spec);
      tell(note);
    },
    rewind: (count) => {
      commits.length = Math.max(1, commits.length - count);
      tell('forced back to an older commit');
    },
    onPush: (action) => {
      listeners.push(action);
    },
  };
}
