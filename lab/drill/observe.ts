/** What a drill looks at: the Job, the writer in the emulated AWS, the traffic. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeGlobalClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { DescribeGlobalReplicationGroupsCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { flipPlanOf } from '../../model/flip';
import { modelOf } from '../../model/estate';
import { readEstates } from '../../scripts/estates';
import { SYSTEM_NAMESPACE } from '../../spec/claims';
import type { FlipPlan, Store } from '../../spec/flip';
import type { CallRecord } from '../aws/orders';
import { kubeOf } from '../kube';
import type { Layout, Region } from '../layout';
import { barePath, clonePath } from '../repository';
import { until } from '../until';
import type { World } from '../world/client';

/** Longer than a loaded machine needs. */
export const PATIENCE_MS = 5 * 60_000;
/** The emulated AWS answers on the cores that everything else runs on: it is not asked more than needed. */
const LOOK_MS = 250;

/** The plan of a flip of the lab's estate, in the home region or in another. */
export function planOf(layout: Layout, { cluster }: Region = layout.regions[0]): FlipPlan {
  const [input] = readEstates(clonePath(layout.state), layout.estate);
  const model = input && modelOf(input);
  const own = model?.clusters.find(({ name }) => name === cluster);
  const plan = model && own && flipPlanOf(model, own);
  if (!plan) throw new Error(`Cannot drill "${layout.estate}": it has no two regions`);
  return plan;
}

/** When the last push arrived, in Unix milliseconds, by the Git host's own file. */
export const pushedAt = ({ state }: Layout) =>
  statSync(join(barePath(state), 'refs', 'heads', 'main')).mtimeMs;

/** Waits for a Job by name; gives when it was first seen, in Unix milliseconds. */
export async function jobSeen(region: Region, epoch: number, signal: AbortSignal): Promise<number> {
  const kube = await kubeOf(region.kubeconfig);
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no Job promote-${epoch} in ${region.name}`));
    const timer = setTimeout(late, PATIENCE_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
    const path = `/apis/batch/v1/namespaces/${SYSTEM_NAMESPACE}/jobs`;
    void kube.watch(
      path,
      (known) => {
        const seen = [...known.values()].some(({ metadata }) => metadata.name === `promote-${epoch}`);
        if (seen) resolve(Date.now());
      },
      signal,
    );
  });
}

/** Asks the emulated AWS, through the endpoint of `from`, which region writes a store. */
export function writerAsker(
  layout: Layout,
  account: string,
): (store: Store, from: string) => Promise<string> {
  const endpoint = `http://127.0.0.1:${layout.ports.gateway}`;
  const credentials = { accessKeyId: account, secretAccessKey: 'drill' };
  const config = (region: string) => ({ region, endpoint, credentials, maxAttempts: 1 });
  const rds = new Map(layout.regions.map(({ name }) => [name, new RDSClient(config(name))]));
  const caches = new Map(layout.regions.map(({ name }) => [name, new ElastiCacheClient(config(name))]));
  return async ({ kind, globalId }, from) => {
    if (kind === 'PostgresDatabase') {
      const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: globalId });
      const answer = await rds.get(from)?.send(command);
      const writer = answer?.GlobalClusters?.[0]?.GlobalClusterMembers?.find(({ IsWriter }) => IsWriter);
      return writer?.DBClusterArn?.split(':')[3] ?? '';
    }
    const command = new DescribeGlobalReplicationGroupsCommand({
      GlobalReplicationGroupId: globalId,
      ShowMemberInfo: true,
    });
    const answer = await caches.get(from)?.send(command);
    const primary = answer?.GlobalReplicationGroups?.[0]?.Members?.find(({ Role }) => Role === 'PRIMARY');
    return primary?.ReplicationGroupRegion ?? '';
  };
}

/** Waits until every store is written in `region`; gives when that was seen, in Unix milliseconds. */
export async function writersIn(layout: Layout, region: string, signal: AbortSignal): Promise<number> {
  const { stores, account } = planOf(layout);
  const ask = writerAsker(layout, account);
  const deadline = Date.now() + PATIENCE_MS;
  while (!signal.aborted && Date.now() < deadline) {
    const writers = await Promise.all(stores.map((store) => ask(store, region).catch(() => '')));
    if (writers.every((writer) => writer === region)) return Date.now();
    await sleep(LOOK_MS);
  }
  throw new Error(`no writer of every store in ${region} within ${PATIENCE_MS / 1000} s`);
}

/**
 * When the last writer since a moment of the gateway's moved to `region`, in Unix milliseconds; undefined when none did.
 * The emulated AWS noted it, so that nobody has to look while it happens.
 */
export async function movedAt({ aws }: World, since: number, region: string): Promise<number | undefined> {
  const { now, moves } = await aws.calls(since);
  const last = moves.findLast(({ to }) => to === region);
  return last && Date.now() - (now - last.at);
}

/** Waits for something; gives how long it took, in milliseconds. */
export async function timed(what: string, is: () => boolean | Promise<boolean>): Promise<number> {
  const started = Date.now();
  await until(what, is, PATIENCE_MS, 50);
  return Date.now() - started;
}

/** The calls since a moment that asked AWS to move a writer. */
export async function promotingCalls({ aws }: World, since: number): Promise<readonly CallRecord[]> {
  const { calls } = await aws.calls(since);
  return calls.filter(({ action }) => /^(Failover|Switchover)/.test(action));
}
