/** A service reaches claims of its own team, and those that another team shares with it. */
import type { Draft, Rule } from '../_draft';

/** `uses` names nothing that stays in another team's namespace. */
export const sharing: Rule = ({ services, claims }) =>
  services.flatMap((service) =>
    (service.parts.uses ?? []).flatMap((name, index) => {
      const [claim, ...others] = claims.filter(({ parts }) => parts.metadata?.name === name);
      const told = others.length > 0 || claim?.parts.metadata?.namespace !== claim?.folder;
      const half = claim && !told && withheld(claim, service.parts.team);
      return half ? [service.unfit(['uses', index], half)] : [];
    }),
  );

function withheld({ parts }: Draft['claims'][number], team: string | undefined): string | undefined {
  const owner = parts.metadata?.namespace;
  if (!team || !owner || owner === team || !parts.spec) return undefined;
  const teams: readonly string[] | undefined = 'teams' in parts.spec ? parts.spec.teams : undefined;
  if (!teams)
    return `a claim of team ${owner}, which a ${parts.kind} cannot share, expected one of team ${team}`;
  if (teams.includes(team)) return undefined;
  return `not shared by team ${owner}, expected ${team} in spec.teams of that claim`;
}
