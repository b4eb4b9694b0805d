/** What is known of a claim's resources, in no controller's words. */

/** What AWS said. */
export interface TableSeen {
  /** The region's table exists in AWS. */
  readonly found: boolean;
  /** Regions that have a replica; known in the home region only. */
  readonly replicas: readonly string[];
  readonly scalingComposed: boolean;
  readonly roleFound: boolean;
  readonly daxComposed: boolean;
  /** Where clients of DAX connect to. */
  readonly daxEndpoint?: string;
}
