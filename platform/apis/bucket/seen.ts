/** What is known of a claim's resources, in no controller's words. */

/** What AWS said. */
export interface BucketSeen {
  /** The bucket exists. */
  readonly found: boolean;
  /** Alias of the access point, once AWS has made one. */
  readonly alias?: string;
}
