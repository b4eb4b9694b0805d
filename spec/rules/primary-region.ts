/** The regional claim names a region of its estate. */
import type { Draft, Rule } from '../_draft';
import { choice } from '../_words';
import type { Problem } from '../problem';

type Entry = NonNullable<Draft['primaryRegion']>;
interface Names {
  readonly home: string;
  readonly peer: string;
}

/** It bears the estate's name, and what it flips to is home or peer. */
export const primaryRegion: Rule = ({ name, estate, primaryRegion }) => {
  const regions = estate?.parts.regions;
  if (!primaryRegion) return [];
  const named = wrongName(primaryRegion, name);
  if (!regions) return named;
  const names = { home: regions.home.name, peer: regions.peer.name };
  return [...named, ...wrongRegions(primaryRegion, names)];
};

function wrongName(claim: Entry, estate: string): Problem[] {
  const name = claim.parts.metadata?.name;
  if (name === undefined || name === estate) return [];
  return [claim.unfit(['metadata', 'name'], `not the estate, expected ${estate}`)];
}

function wrongRegions(claim: Entry, names: Names): Problem[] {
  const spec = claim.parts.spec;
  if (!spec) return [];
  return [
    ...wrongRegion(claim, ['spec', 'region'], spec, names),
    ...(spec.override ? wrongRegion(claim, ['spec', 'override', 'region'], spec.override, names) : []),
  ];
}

interface Target {
  readonly region: string;
  readonly epoch: number;
}

function wrongRegion(
  claim: Entry,
  path: string[],
  { region, epoch }: Target,
  { home, peer }: Names,
): Problem[] {
  if (region !== home && region !== peer)
    return [claim.unfit(path, `not a region of the estate, ${choice(region, [home, peer])}`)];
  if (epoch > 0 || region === home) return [];
  return [
    claim.unfit(path, `not home, where the writers are at epoch 0, expected ${home}, or epoch: 1 for a flip`),
  ];
}
