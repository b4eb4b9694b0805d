/** What is known of a claim's resources, in no controller's words. */

/** What AWS and the cluster said. */
export interface AppSecretSeen {
  /** ARN in the home region, once the secret exists. */
  readonly arn?: string;
  /** All keys have a value and are delivered. */
  readonly delivered: boolean;
  /** ARN that rotation was set up for before. */
  readonly rotates?: string;
}
