/** The way on premises is there from both regions, or from none; a service that needs it is in an estate that has it. */
import type { Draft, Rule } from '../_draft';
import { problemAt } from '../_source';

type EstateEntry = NonNullable<Draft['estate']>;

/** Blocks and attachments come together: a flip must not take a service away from what it talks to. */
export const attachments: Rule = ({ estate }) => (estate ? missing(estate) : []);

function missing(estate: EstateEntry) {
  const { network, regions } = estate.parts;
  const blocks = network?.onPremises ?? [];
  return Object.entries(regions ?? {}).flatMap(([position, { attachment }]) => {
    const path = ['regions', position, 'attachment'];
    if (blocks.length > 0 && attachment === undefined)
      return [
        estate.unfit(path, 'missing, expected tgw-attach-…: network.onPremises is reached from both regions'),
      ];
    if (blocks.length === 0 && attachment !== undefined)
      return [estate.unfit(path, 'leads nowhere, expected blocks in network.onPremises')];
    return [];
  });
}

/** Ports of a service on premises need addresses. */
export const reachOnPremises: Rule = ({ estate, services }) => {
  if (!estate || (estate.parts.network?.onPremises ?? []).length > 0) return [];
  return services
    .filter(({ parts }) => (parts.onPremises ?? []).length > 0)
    .map(({ source }) =>
      problemAt(
        source,
        ['onPremises'],
        'Cannot reach ports on premises: the estate has no such network, expected blocks in network.onPremises of estate.yaml',
      ),
    );
};
