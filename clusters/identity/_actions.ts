/** The shape of what a provider may do. */

/** How a call that changes something is limited further than by what it is called on. */
export type Limit =
  /** The call gives the thing the estate's tag. */
  | 'tags it'
  /** The thing has the estate's tag. */
  | 'has the tag'
  /** The thing has the estate's tag, or none at all, as while it is being made. */
  | 'has no other tag'
  /** Nothing but scaling of DynamoDB. */
  | 'of DynamoDB'
  /** The role that comes of it has the permissions boundary. */
  | 'bounded';

/** Calls that change something, and what they may change. */
export interface Change {
  /** @default Change */
  readonly sid?: string;
  readonly actions: readonly string[];
  /**
   * ARNs with placeholders: `<name>` stands for each name that the estate gives, `<dax>` for those of DAX, `<zone>` for
   * the id of the hosted zone. Left out where IAM knows no resource for the calls.
   */
  readonly on?: readonly string[];
  readonly limit?: Limit;
}

/** Actions of one provider. */
export interface ProviderActions {
  /** Looks: on everything of its kind, as many of these calls cannot be narrowed. */
  readonly read: readonly string[];
  readonly changes: readonly Change[];
  /** The thing exists once for both regions: the home region changes it, the peer only looks. */
  readonly once?: true;
}

/** `actions` of a service, as IAM spells them. */
export const prefixed = (service: string, ...actions: readonly string[]) =>
  actions.map((action) => `${service}:${action}`);
