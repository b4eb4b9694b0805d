/** Names of existing resources that claims take over: they do not follow the naming of the estate. */
import type { AnyClaim } from '../spec/claims';

/** Every identifier under `spec.adopt` of the estate's claims, sorted. */
export const adoptedNames = (claims: readonly AnyClaim[]): string[] =>
  [...new Set(claims.flatMap(({ spec }) => ('adopt' in spec ? textsIn(spec.adopt) : [])))].toSorted();

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
