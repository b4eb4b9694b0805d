/** What is known of a claim's resources, in no controller's words. */

/** A region's cluster in the global database. */
export interface Member {
  readonly arn: string;
  readonly region: string;
  readonly writer: boolean;
}

/** What AWS last said about the region's cluster; everything is absent before the first answer. */
export interface ClusterSeen {
  readonly engine?: string;
  readonly version?: string;
  readonly encrypted: boolean;
  /** Global database that it is a member of. */
  readonly global?: string;
  readonly endpoint?: string;
  readonly readerEndpoint?: string;
  /** Identifiers of its instances, ours and others. */
  readonly instances: readonly string[];
}

/** What is known of one claim in one region. */
export interface Seen {
  /** Keys that the API server holds. */
  readonly composed: ReadonlySet<string>;
  /** Keys whose controller says that they are ready. */
  readonly ready: ReadonlySet<string>;
  /** Keys of AWS resources that we may already change. */
  readonly takenOver: ReadonlySet<string>;
  readonly cluster: ClusterSeen;
  readonly global: {
    readonly endpoint?: string;
    readonly version?: string;
    readonly members: readonly Member[];
  };
  /** Instance class by key. */
  readonly classes: Readonly<Record<string, string>>;
  readonly secretArn?: string;
  /** What the connection said when it was last composed. */
  readonly connection: Readonly<Record<string, string>>;
}
