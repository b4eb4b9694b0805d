/** Every share of the budget is of somebody: a team of the estate, or the platform. */
import type { Rule } from '../_draft';
import { choice } from '../_words';

/** Who pays for what the stacks make. */
const PLATFORM = 'platform';

/** Shares are named like teams. */
export const budgetShares: Rule = ({ estate, services, claims }) => {
  const shares = Object.keys(estate?.parts.budget?.shares ?? {});
  if (!estate || shares.length === 0) return [];
  const teams = [...services.map(({ parts }) => parts.team), ...claims.map(({ folder }) => folder)];
  const known = [...new Set([...teams.filter((team) => team !== undefined), PLATFORM])].toSorted();
  return shares
    .filter((share) => !known.includes(share))
    .map((share) =>
      estate.unfit(
        ['budget', 'shares', share],
        `the share of ${share}, who owns nothing here, ${choice(share, known)}`,
      ),
    );
};
