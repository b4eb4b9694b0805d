/** An estate that holds data says how much of it may be lost. */
import type { Draft, Rule } from '../_draft';

/** Kinds whose data cannot be built again. A global Cache is one of them, a regional one is not. */
const STORES: ReadonlySet<string> = new Set(['PostgresDatabase', 'Bucket', 'Table']);

/** `objectives.rpo` is there when a claim holds data. */
export const objectives: Rule = ({ estate, claims }) => {
  const stated = estate?.parts.objectives;
  const store = claims.find(holdsData);
  if (!estate || !stated || stated.rpo !== undefined || !store) return [];
  const half = `expected how much of the data of ${store.folder}/${store.stem} may be lost, for example 1m`;
  return [estate.unfit(['objectives', 'rpo'], half)];
};

function holdsData({ parts }: Draft['claims'][number]): boolean {
  const kind = String(parts.kind);
  return STORES.has(kind) || (kind === 'Cache' && scopeOf(parts.spec) === 'global');
}

const scopeOf = (spec: unknown): unknown =>
  typeof spec === 'object' && spec !== null && 'scope' in spec ? spec.scope : undefined;
