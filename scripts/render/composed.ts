/** The golden render: what each claim becomes in each cluster, `composed/<cluster>/<team>.<claim>.yaml`. */
import { claimsIn } from '../../model/claims';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { kindOf } from '../../platform/apis';
import { settle } from '../../platform/settle';
import type { AnyClaim } from '../../spec/claims';
import { yamlStream } from './yaml';

/** The files of a cluster, relative to the estate's folder under `dist/`. */
export function composedFiles(model: EstateModel, cluster: Cluster): [string, string][] {
  return claimsIn(model, cluster).map((claim) => [pathOf(cluster, claim), text(cluster, claim)]);
}

const pathOf = (cluster: Cluster, { metadata }: AnyClaim) =>
  `composed/${cluster.name}/${metadata.namespace}.${metadata.name}.yaml`;

function text(cluster: Cluster, claim: AnyClaim): string {
  const { composition } = settle(kindOf(claim.kind), claim, cluster.placement);
  const resources = Object.entries(composition.resources).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return yamlStream(resources.map(keyed), headline(cluster, claim, resources.length));
}

/** Crossplane's own annotation for the key, so that a reader can match a resource with what compose calls it. */
function keyed([key, { manifest }]: [string, { manifest: { metadata: { annotations?: object } } }]): object {
  const annotations = { 'crossplane.io/composition-resource-name': key, ...manifest.metadata.annotations };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

const headline = (cluster: Cluster, { kind, metadata }: AnyClaim, count: number) =>
  [
    `${kind} ${metadata.namespace}/${metadata.name} in ${cluster.name}: ${count} resources once all of them stand.`,
    'Values that AWS assigns (endpoints, ids) are examples.',
  ].join('\n');
