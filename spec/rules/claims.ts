/** A claim fits the regions and the traffic of its estate, which its own schema does not know. */
import type { Draft, Rule } from '../_draft';
import { siteProblems, tableProblems } from '../claims';
import type { Estate } from '../estate';
import type { Problem } from '../problem';

type Claim = Draft['claims'][number];

/** What each kind asks of its estate. */
export const claimsFit: Rule = ({ estate, claims }) => {
  const value = estate?.value;
  if (!value) return [];
  return claims.flatMap((claim) => problemsOf(claim, value));
};

function problemsOf(claim: Claim, estate: Estate): Problem[] {
  const { value } = claim;
  if (value?.kind === 'Site') {
    return siteProblems(value.spec, estate).map(({ path, half }) => claim.unfit(path, half));
  }
  if (value?.kind !== 'Table') return [];
  const regions = { home: estate.regions.home.name, peer: estate.regions.peer.name };
  return tableProblems(value.spec, regions).map((half) => claim.unfit(['spec', 'consistency'], half));
}
