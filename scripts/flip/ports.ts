/** What the flip's verbs need from outside. The command line gives real ones; tests give clusters in memory. */
import type { Render } from './edit';
import type { Sight } from './sight';

/** The API servers of both regions. */
export interface Clusters {
  /** One look at a region. Never throws: a region that does not answer is an answer. */
  readonly look: (region: string) => Promise<Sight>;
  /** Merges into the `spec` of the regional claim. Throws a UserError with the API server's reason. */
  readonly patch: (region: string, spec: object) => Promise<void>;
  /** Asks the region's Argo CD to read Git now. Best effort: never throws. */
  readonly refresh: (region: string) => Promise<void>;
}

/** How a call to the Git host ended. */
export type Told = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** A commit that the Git host does not have yet. */
export interface Unpushed {
  readonly id: string;
  readonly message: string;
}

/** The repository. All but `fetch` and `push` are local; those throw a UserError when Git itself cannot work. */
export interface Git {
  /** The branch that is checked out; undefined when none is. */
  readonly branch: () => Promise<string | undefined>;
  /** Files below `paths` that differ from the last commit. */
  readonly dirty: (paths: readonly string[]) => Promise<readonly string[]>;
  readonly fetch: () => Promise<Told>;
  readonly unpushed: () => Promise<readonly Unpushed[]>;
  /** Commits of the Git host that are missing here, as of the last fetch. */
  readonly behind: () => Promise<number>;
  /** Commits `paths` and nothing else; gives the short id. Undoes the edits when it cannot. */
  readonly commit: (paths: readonly string[], message: string) => Promise<string>;
  readonly push: () => Promise<Told>;
}

/** Time, and whether the person has had enough. */
export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Returns early when interrupted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** True once Ctrl-C was pressed. */
  readonly interrupted: () => boolean;
}

/** Asks the person; undefined when nobody can be asked, empty when they left. */
export type Prompt = (question: string) => Promise<string | undefined>;

/** Where the person looks. */
export interface Screen {
  readonly line: (text: string) => void;
  /** Replaces the lines that stand below the last one; nothing where output is not a terminal. */
  readonly live: (lines: readonly string[]) => void;
  /** The answer for a program, with `--json`; nothing otherwise. */
  readonly data: (value: unknown) => void;
}

/** Everything outside. */
export interface Ports {
  readonly clusters: Clusters;
  readonly git: Git;
  readonly clock: Clock;
  readonly prompt: Prompt;
  readonly screen: Screen;
  /** What renders estates; loaded only when it is needed, because it takes longer than all the rest. */
  readonly renderer: () => Promise<Render>;
  /** Who acts; written into the override. */
  readonly user: string;
}

/** Branch that both Argo CDs follow, and the remote that has it. */
export const BRANCH = 'main';
export const REMOTE = 'origin';
