/** Global databases of the lab's AWS, asked through the real SDK. */
import {
  DescribeDBClustersCommand,
  DescribeGlobalClustersCommand,
  FailoverGlobalClusterCommand,
  SwitchoverGlobalClusterCommand,
} from '@aws-sdk/client-rds';
import type { Store } from '../../../spec/flip';
import { createDatabase } from '../../runtime/promote/_aurora';
import { HOME, ORDERS, PEER } from '../../runtime/_plan';
import { LAB_ACCOUNT, rdsAt, until } from './_lab-aws';

let count = 0;

/** A database of its own for each test, born at home. */
export async function newDatabase(): Promise<Store> {
  count += 1;
  const members = { [HOME]: `orders-${count}-us`, [PEER]: `orders-${count}-eu` };
  const store = { ...ORDERS, globalId: `orders-${count}`, members };
  await createDatabase(store);
  return store;
}

/** ARN of a region's member. */
export const arnOf = (store: Store, region: string) =>
  `arn:aws:rds:${region}:${LAB_ACCOUNT}:cluster:${store.members[region]}`;

/** What a move to a region names. */
export const targetOf = (store: Store, region: string) => ({
  GlobalClusterIdentifier: store.globalId,
  TargetDbClusterIdentifier: arnOf(store, region),
});

/** Asks for a failover, at the target's endpoint unless said otherwise. */
export const failover = (store: Store, to: string, at = to) =>
  rdsAt(at).send(new FailoverGlobalClusterCommand({ ...targetOf(store, to), AllowDataLoss: true }));

/** Asks for a switchover at an endpoint. */
export const switchover = (store: Store, to: string, at: string) =>
  rdsAt(at).send(new SwitchoverGlobalClusterCommand(targetOf(store, to)));

/** The global database as a region tells it; members by region. */
export async function globalAt(store: Store, region: string) {
  const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: store.globalId });
  const [global = {}] = (await rdsAt(region).send(command)).GlobalClusters ?? [];
  const members = Object.fromEntries(
    (global.GlobalClusterMembers ?? []).map((one) => [one.DBClusterArn?.split(':')[3], one]),
  );
  return { ...global, members, writer: Object.keys(members).find((one) => members[one]?.IsWriter) };
}

/** A region's own cluster. */
export async function clusterAt(store: Store, region: string) {
  const command = new DescribeDBClustersCommand({ DBClusterIdentifier: store.members[region] });
  return (await rdsAt(region).send(command)).DBClusters?.[0];
}

/** The global database once nothing moves any more. */
export const atRest = (store: Store, region: string) =>
  until(
    () => globalAt(store, region),
    ({ Status }) => Status === 'available',
  );
