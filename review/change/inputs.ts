/** What people wrote: the fields of claims, services and the estate that differ. */
import type { EstateInput } from '../../spec/input';
import { canonical } from './_pair';
import { fieldChanges, shownChange } from './fields';

/** What differs in the inputs, each as `size medium → large`. */
export interface InputChanges {
  /** By `<team>/<claim>` and by the name of a service. */
  readonly of: ReadonlyMap<string, readonly string[]>;
  /** Of `estate.yaml` and the regional claim. */
  readonly estate: readonly string[];
  /** Claims that are another's twin under a new name: the new name by the old one. */
  readonly renamed: ReadonlyMap<string, string>;
}

type Claim = EstateInput['claims'][number];

const claimName = ({ metadata }: Claim) => `${metadata.namespace}/${metadata.name}`;

/** Compares two estates; without one of them nothing can be said. */
export function inputChanges(base: EstateInput | undefined, head: EstateInput | undefined): InputChanges {
  if (!base || !head) return { of: new Map(), estate: [], renamed: new Map() };
  const claims = changesBetween(base.claims, head.claims, claimName);
  const services = changesBetween(base.services, head.services, ({ name }) => name);
  return {
    of: new Map([...claims, ...services]),
    estate: [
      ...shown(base.estate, head.estate),
      ...shown(base.primaryRegion.spec, head.primaryRegion.spec).map((text) => `primary region: ${text}`),
    ],
    renamed: renames(base.claims, head.claims),
  };
}

const shown = (before: object, after: object): string[] => fieldChanges(before, after).map(shownChange);

function changesBetween<T extends object>(
  base: readonly T[],
  head: readonly T[],
  nameOf: (one: T) => string,
): [string, string[]][] {
  const before = new Map(base.map((one) => [nameOf(one), one]));
  return head.flatMap((after): [string, string[]][] => {
    const old = before.get(nameOf(after));
    const texts = old ? shown(old, after) : [];
    return texts.length > 0 ? [[nameOf(after), texts]] : [];
  });
}

/** Same kind and spec, the old name gone, the new one not there before. */
function renames(base: readonly Claim[], head: readonly Claim[]): Map<string, string> {
  const [before, after] = [new Set(base.map(claimName)), new Set(head.map(claimName))];
  const gone = base.filter((claim) => !after.has(claimName(claim)));
  const fresh = head.filter((claim) => !before.has(claimName(claim)));
  return new Map(
    gone.flatMap((old): [string, string][] => {
      const twin = fresh.find((claim) => isTwin(old, claim));
      return twin ? [[claimName(old), claimName(twin)]] : [];
    }),
  );
}

const isTwin = (one: Claim, other: Claim) =>
  one.kind === other.kind && canonical(one.spec) === canonical(other.spec);
