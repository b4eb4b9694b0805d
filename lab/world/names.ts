/**
 * What the DNS server knows: the records and health checks that Crossplane composed in the home region, and where
 * Aurora's endpoints lead. As with Route 53 it stays when the home region is lost.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { RDSClient, DescribeGlobalClustersCommand } from '@aws-sdk/client-rds';
import type { EstateModel } from '../../model/estate';
import { entryHost, zoneName } from '../../model/site-hosts';
import { type Checkers, startCheckers } from '../dns/checkers';
import type { HealthCheck, Names, RecordSet, Target } from '../dns/records';
import { type Composed, type Entry, siteNames } from '../dns/site';
import { kubeOf } from '../kube';
import type { Layout, Region } from '../layout';
import type { Databases } from './databases';

const LOOK_MS = 1_000;
const COMPOSED = [
  '/apis/route53.aws.m.upbound.io/v1beta1/records',
  '/apis/route53.aws.m.upbound.io/v1beta1/healthchecks',
  '/apis/cloudfront.aws.m.upbound.io/v1beta1/distributions',
  '/apis/globalaccelerator.aws.m.upbound.io/v1beta1/endpointgroups',
];

/** The names, kept current. */
export interface WorldNames {
  readonly now: () => Names;
  readonly checkers: Checkers;
  /** Hosts that the public asks for. */
  readonly hosts: () => readonly string[];
  /** Aurora's global writer endpoint, once AWS has told it. */
  readonly endpointOf: (globalId: string) => string | undefined;
  readonly stop: () => void;
}

/** Starts looking. */
export function startNames(layout: Layout, model: EstateModel, databases: Databases): WorldNames {
  const zone = zoneName('prod', model.estate.domain);
  const urls = new Map(
    layout.regions.map((region) => [entryHost(region.name, zone), `http://127.0.0.1:${region.ports.entry}`]),
  );
  const checkers = startCheckers({
    speed: layout.speed,
    endpointOf: (fqdn, _port, path) => {
      const url = urls.get(fqdn.replace(/\.$/, ''));
      return url && `${url}${path}`;
    },
  });
  let resources: readonly Composed[] = [];
  let up: Readonly<Record<string, boolean>> = {};
  const endpoints = new Map<string, string>();
  const ended = new AbortController();
  const site = () => siteNames(resources, entriesOf(layout, model, up));
  const look = async () => {
    resources = await composedIn(layout, resources);
    const said = await Promise.all(layout.regions.map(entrySays));
    up = { ...up, ...Object.fromEntries(said.filter((one) => one !== undefined)) };
    checkers.check(site().checks as readonly HealthCheck[]);
    for (const id of databases.keys()) {
      const endpoint = endpoints.has(id) ? undefined : await endpointIn(layout, model, id);
      if (endpoint) endpoints.set(id, endpoint);
    }
  };
  void repeat(look, ended.signal);
  return {
    checkers,
    endpointOf: (id) => endpoints.get(id),
    hosts: () => [
      ...new Set(
        site()
          .records.filter(isPublic)
          .map(({ name }) => name),
      ),
    ],
    now: () => namesOf(zone, site(), checkers, databases, endpoints),
    stop: () => {
      ended.abort();
      checkers.stop();
    },
  };
}

/** Those that lead to one region, whatever happens, are for health checkers and operators. */
const isPublic = ({ type, name }: RecordSet) => type === 'A' && !name.startsWith('entry-');

async function repeat(look: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await look().catch((error: unknown) => console.error(`names: ${String(error)}`));
    await sleep(LOOK_MS);
  }
}

/** What the home region composed; while it does not answer, what it composed last. */
async function composedIn(
  { regions: [home] }: Layout,
  known: readonly Composed[],
): Promise<readonly Composed[]> {
  try {
    const kube = await kubeOf(home.kubeconfig);
    const lists = await Promise.all(COMPOSED.map((path) => kube.list(path)));
    return lists.flat() as unknown as readonly Composed[];
  } catch {
    return known;
  }
}

/**
 * Whether a region's load balancer has a healthy target. One that is gone with its region says nothing any more: what it
 * said last stands, and the health checks decide.
 */
const entrySays = ({ name, ports }: Region): Promise<readonly [string, boolean] | undefined> =>
  fetch(`http://127.0.0.1:${ports.entry}/`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => [name, ok] as const,
    () => undefined,
  );

function entriesOf(
  { regions }: Layout,
  { clusters }: EstateModel,
  up: Readonly<Record<string, boolean>>,
): Entry[] {
  return regions.map(({ name, cluster, position, ports }) => {
    const { placement } = clusters.find((one) => one.name === cluster) ?? {};
    return {
      region: name,
      dnsName: placement?.[position]?.facts.loadBalancer.dnsName ?? '',
      address: '127.0.0.1',
      port: ports.entry,
      healthy: up[name] ?? false,
    };
  });
}

async function endpointIn(layout: Layout, model: EstateModel, id: string): Promise<string | undefined> {
  const client = new RDSClient({
    region: layout.regions[0].name,
    endpoint: `http://127.0.0.1:${layout.ports.gateway}`,
    credentials: { accessKeyId: model.estate.account, secretAccessKey: 'world' },
    maxAttempts: 1,
  });
  try {
    const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: id });
    return (await client.send(command)).GlobalClusters?.[0]?.Endpoint;
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

const serverName = (id: string, region: string) => `${id}.${region}.lab`;

function namesOf(
  zone: string,
  { records, targets }: ReturnType<typeof siteNames>,
  checkers: Checkers,
  databases: Databases,
  endpoints: ReadonlyMap<string, string>,
): Names {
  const servers = [...databases.values()].flatMap(({ name, regions, port }) =>
    regions.map((region): [string, Target] => [
      serverName(name, region),
      { is: 'address', address: '127.0.0.1', port: port(region), healthy: true },
    ]),
  );
  const writers = [...endpoints].map(([id, endpoint]) => [
    endpoint,
    serverName(id, databases.get(id)?.writer() ?? ''),
  ]);
  return {
    zone: { name: zone, records },
    health: checkers.health(),
    targets: { ...targets, ...Object.fromEntries(servers) },
    writers: Object.fromEntries(writers),
  };
}
