/** Claims whose connection data other teams receive. */
import type { AnyClaim } from '../spec/claims';

/** A claim that its team shares with another. */
export interface Share {
  readonly claim: string;
  readonly owner: string;
  readonly receiver: string;
}

/** Every share of the estate, in the order of its claims. */
export const sharesOf = (claims: readonly AnyClaim[]): Share[] =>
  claims.flatMap(({ metadata, spec }) =>
    teamsOf(spec)
      .filter((team) => team !== metadata.namespace)
      .map((receiver) => ({ claim: metadata.name, owner: metadata.namespace, receiver })),
  );

const teamsOf = (spec: AnyClaim['spec']): readonly string[] => ('teams' in spec ? spec.teams : []);
