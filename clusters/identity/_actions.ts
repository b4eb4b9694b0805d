/** The shape of what a provider may do. */

/** Actions of one provider. */
export interface ProviderActions {
  /** Looks: on everything of its kind, as many of these calls cannot be narrowed. */
  readonly read: readonly string[];
  /** Changes, on what the estate names in the own region. */
  readonly write: readonly string[];
  /** ARNs that `write` is for, with `<name>` in place of each name; left out: AWS makes the names up. */
  readonly resources?: readonly string[];
  /** The thing exists once for both regions: the home region changes it, the peer only looks. */
  readonly once?: true;
}

/** `actions` of a service, as IAM spells them. */
export const prefixed = (service: string, ...actions: readonly string[]) =>
  actions.map((action) => `${service}:${action}`);
