/** The AWS names of a claim, in both regions: each position must know what the other one makes. */
import { globalNameOf, identityOf, nameFor, regionalNameOf } from '../../../model/names';
import type { PostgresDatabase, PostgresDatabaseSpec } from '../../../spec/claims';
import { here, type Placement } from '../../../spec/placement';

/** Names that do not depend on the number of instances or the version. */
export interface Names {
  readonly global: string;
  readonly cluster: string;
  readonly homeCluster: string;
  readonly secret: string;
  /** A further name in this region, for example of the instance `0`. */
  readonly part: (suffix: string) => string;
}

/** Adopted clusters and snapshots are prod's: a smaller environment of the same claim gets new, empty ones. */
export const birthOf = (
  { spec }: PostgresDatabase,
  { environment }: Placement,
): Pick<PostgresDatabaseSpec, 'adopt' | 'restore'> => (environment === 'prod' ? spec : {});

/** The names of a claim in the placement's region. */
export function namesOf(claim: PostgresDatabase, placement: Placement): Names {
  const id = identityOf(claim, placement);
  const { adopt } = birthOf(claim, placement);
  const { region } = here(placement);
  return {
    global: adopt?.globalCluster ?? globalNameOf('rds', id),
    cluster: adopt?.[placement.position] ?? regionalNameOf('rds', id, region),
    homeCluster: adopt?.home ?? regionalNameOf('rds', id, placement.home.region),
    secret: globalNameOf('secret', id),
    part: (suffix) => nameFor('rds', [id.environment, region, id.estate, id.namespace, id.name, suffix]),
  };
}
