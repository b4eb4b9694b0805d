/** What is known of a claim's resources, in no controller's words. */

/** What AWS said. */
export interface CacheSeen {
  /** The group exists in AWS. */
  readonly found: boolean;
  /** The group is composed already; from then on it always is. */
  readonly composed: boolean;
  readonly groupReady: boolean;
  readonly globalComposed: boolean;
  /** The global datastore exists in AWS. */
  readonly globalFound: boolean;
  /** Id of the group that takes the writes of the global datastore. */
  readonly globalPrimary?: string;
  /** The AUTH token stands in a Kubernetes Secret of this region. */
  readonly tokenDelivered: boolean;
  /** Where clients connect to. */
  readonly host?: string;
  /** Only a group without cluster mode has one; adopted groups may. */
  readonly readerHost?: string;
}
