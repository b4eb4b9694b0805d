/** The stores of an estate, each asked in the way of its kind. */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Store } from '../../spec/flip';
import type { StorePort } from '../promote/ports';
import { aurora } from './aurora';
import type { RegionClients } from './clients';
import { datastore } from './datastore';

/** All stores behind one port. */
export function storesOf(
  clients: (region: string) => RegionClients,
  account: string,
  now: () => number,
): StorePort {
  const ports = { PostgresDatabase: aurora(clients, account, now), Cache: datastore(clients, account, now) };
  const portOf = (store: Store) => ports[store.kind];
  return {
    view: (store, region) => portOf(store).view(store, region),
    fence: (store, region) => portOf(store).fence(store, region),
    mark: (store, region, fence) => portOf(store).mark(store, region, fence),
    switchover: (store, to) => portOf(store).switchover(store, to),
    failover: (store, to) => portOf(store).failover(store, to),
  };
}

/** The account the credentials belong to, from the region's own STS. */
export async function accountOf({ sts }: RegionClients): Promise<string> {
  return (await sts.send(new GetCallerIdentityCommand({}))).Account ?? '';
}
