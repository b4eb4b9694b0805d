/** The estate's databases as real PostgreSQL servers, one in each region for each claim. */
import type { FlipPlan } from '../../spec/flip';
import { clusterIn } from '../postgres/cluster';
import { createGlobal, type GlobalDatabase } from '../postgres/global';

/** The databases, by id of their global cluster. */
export type Databases = ReadonlyMap<string, GlobalDatabase>;

/** Creates them; all of them or none. */
export async function createDatabases(
  state: string,
  { stores, home, region, other }: FlipPlan,
): Promise<Databases> {
  const names = stores.filter(({ kind }) => kind === 'PostgresDatabase').map(({ globalId }) => globalId);
  if (names.length === 0) return new Map();
  const cluster = await clusterIn(state);
  const peer = home === region ? other : region;
  const made = await Promise.allSettled(
    names.map((name) => createGlobal({ cluster, name, regions: [home, peer] })),
  );
  const databases = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = made.find((one) => one.status === 'rejected');
  if (!failed) return new Map(databases.map((one) => [one.name, one]));
  await Promise.all(databases.map((one) => one.stop()));
  throw failed.reason;
}
