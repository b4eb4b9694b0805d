/** The labels by which workloads are selected and told apart. */
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';

export const TEAM_LABEL = 'flipside.dev/team';
export const ESTATE_LABEL = 'flipside.dev/estate';

/** Fewest pods of a Deployment in its region, as Git says: what a failback lowers the region to. */
export const FLOOR_ANNOTATION = 'flipside.dev/floor';

/** What selects a service's pods. Part of every selector, and selectors cannot change. */
export const selectorOf = (service: string) => ({ 'app.kubernetes.io/name': service });

/** What every object of a service is labelled with. */
export const serviceLabels = (estate: string, service: { readonly name: string; readonly team: string }) => ({
  ...selectorOf(service.name),
  [TEAM_LABEL]: service.team,
  [ESTATE_LABEL]: estate,
});

/**
 * What a cluster stands for, as the tag `Environment` of its nodes and the label of its pods. A region that only
 * waits is told apart from one that serves. It follows the position, so a flip changes nothing.
 */
export function standingOf({ estate }: EstateModel, { position, environment }: Cluster) {
  const waits = position === 'peer' && estate.pattern !== 'active-active';
  return { Environment: waits ? 'dr-standby' : environment };
}
