/** A mistake in what people wrote: where it is, what it is, and what is allowed. */
export interface Problem {
  /** File, relative to the repository, with forward slashes. */
  readonly file: string;
  /** 1-based; absent when the whole file is meant. */
  readonly line?: number;
  readonly column?: number;
  /** Path of the value in the file as `regions.peer.cidr` or `uses[1]`; empty for the whole file. */
  readonly path: string;
  /** `Cannot <action> "<value>": <current>, expected <allowed>`, without a full stop. */
  readonly message: string;
}

/** What people wrote, as bytes by path relative to the repository, with forward slashes. */
export type Files = ReadonlyMap<string, Uint8Array>;
