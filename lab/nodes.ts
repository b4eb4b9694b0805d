/** Nodes that are pretended by KWOK, two in each zone. Pods of the flip's own programs are left to the process kubelet. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { SYSTEM_NAMESPACE } from '../spec/claims';
import type { Kube } from './kube';
import type { Region } from './layout';
import { partPath } from './parts';
import { start } from './process';

const PER_ZONE = 2;
/** Room for the largest estate at its peak. */
const SIZE = { cpu: '64', memory: '256Gi', pods: '250' };
const STAGES = ['node/fast', 'node/heartbeat-with-lease', 'pod/fast'];

/** Starts KWOK for the nodes that carry its annotation. */
export function startKwok(region: Region): void {
  const config = join(region.dir, 'kwok.yaml');
  writeFileSync(config, stages(partPath(region.root, 'kwok', 'stages')));
  start(
    partPath(region.root, 'kwok', 'kwok'),
    [
      `--kubeconfig=${region.kubeconfig}`,
      `--config=${config}`,
      '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
      '--node-lease-duration-seconds=40',
      '--server-address=',
    ],
    { name: `${region.name}-kwok`, state: region.state, region: region.name, cwd: region.dir },
  );
}

interface Stage {
  readonly kind: string;
  readonly spec: {
    readonly resourceRef: { readonly kind: string };
    readonly selector: { readonly matchExpressions: readonly object[] };
  };
}

/** KWOK's own stages; those of pods leave out the namespace whose programs run as processes. */
function stages(dir: string): string {
  return STAGES.flatMap((folder) => readdirSync(join(dir, folder)).map((name) => join(dir, folder, name)))
    .filter((path) => path.endsWith('.yaml'))
    .flatMap((path) => parseAllDocuments(readFileSync(path, 'utf8')))
    .map((document) => document.toJS() as Stage)
    .filter(({ kind }) => kind === 'Stage')
    .map((stage) => stringify(stage.spec.resourceRef.kind === 'Pod' ? withoutPrograms(stage) : stage))
    .join('---\n');
}

const withoutPrograms = (stage: Stage) => ({
  ...stage,
  spec: {
    ...stage.spec,
    selector: {
      ...stage.spec.selector,
      matchExpressions: [
        ...stage.spec.selector.matchExpressions,
        { key: '.metadata.namespace', operator: 'NotIn', values: [SYSTEM_NAMESPACE] },
      ],
    },
  },
});

/** Creates the nodes of one zone; doing it again changes nothing. */
export async function addZone(kube: Kube, region: Region, zone: string): Promise<void> {
  for (const name of nodeNames(zone)) await kube.apply(`/api/v1/nodes/${name}`, nodeOf(region, zone, name));
}

/** Takes the nodes of one zone away, as when the zone is lost; its pods are gone with it. */
export async function removeZone(kube: Kube, zone: string): Promise<void> {
  const names = nodeNames(zone);
  await Promise.all(names.map((name) => kube.remove(`/api/v1/nodes/${name}`).catch(() => undefined)));
  const pods = await kube.list('/api/v1/pods');
  const lost = pods.filter(({ spec }) => names.includes(spec.nodeName));
  await Promise.all(
    lost.map(({ metadata: { namespace, name } }) =>
      kube
        .remove(`/api/v1/namespaces/${namespace}/pods/${name}`, '?gracePeriodSeconds=0')
        .catch(() => undefined),
    ),
  );
}

const nodeNames = (zone: string) => Array.from({ length: PER_ZONE }, (_, index) => `${zone}-${index + 1}`);

const nodeOf = (region: Region, zone: string, name: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    annotations: { 'kwok.x-k8s.io/node': 'fake' },
    labels: {
      'kubernetes.io/hostname': name,
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/os': 'linux',
      'topology.kubernetes.io/region': region.name,
      'topology.kubernetes.io/zone': zone,
      'karpenter.sh/capacity-type': 'on-demand',
      'karpenter.sh/nodepool': `static-${zone}`,
    },
  },
  status: { allocatable: SIZE, capacity: SIZE },
});

/** The zone of each node that is there, by the node's name. */
export async function zonesByNode(kube: Kube): Promise<ReadonlyMap<string, string>> {
  const nodes = await kube.list('/api/v1/nodes');
  return new Map(
    nodes.map(({ metadata }) => [metadata.name, metadata.labels?.['topology.kubernetes.io/zone'] ?? '']),
  );
}
