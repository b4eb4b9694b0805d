/** The peer's stores are as large as home's: after a flip they carry the same load. */
import type { Check } from '../check';
import {
  type Located,
  claimKey,
  composedOf,
  initial,
  kindOf,
  leavesOf,
  matched,
  pairsOf,
  spot,
  wanted,
} from './_read';

/** What makes a store large, by kind. */
const SIZES: Readonly<Record<string, readonly string[]>> = {
  'rds/ClusterInstance': ['instanceClass'],
  'rds/Cluster': ['serverlessv2ScalingConfiguration'],
  'elasticache/ReplicationGroup': ['nodeType', 'numNodeGroups', 'replicasPerNodeGroup'],
  'dax/Cluster': ['nodeType', 'replicationFactor'],
};

/** What a member of a global datastore takes from the datastore, so that it states none itself. */
const INHERITED: ReadonlySet<string> = new Set(['nodeType', 'numNodeGroups']);

/** A smaller standby is promoted and then overwhelmed. */
export const equalSizes: Check = {
  id: 'equal-sizes',
  title: 'Stores have the same size and number of instances in both regions',
  severity: 'error',
  reference: 'S4-03, X-42: identical kinds and sizes of data stores',
  run: (estate, report) =>
    pairsOf(estate).flatMap(({ home, peer }) => {
      const kinds = Object.keys(SIZES);
      const pairs = matched(composedOf([home], ...kinds), composedOf([peer], ...kinds), claimKey);
      return pairs.flatMap(({ home: one, peer: other }) => {
        if (!other) return [report(missing(one, peer.name))];
        return (SIZES[kindOf(one.object)] ?? [])
          .filter((field) => differs(one, other, field))
          .map((field) =>
            report({
              message: `${one.object.kind} has ${field} ${sizeOf(one, field)} in ${home.region} and ${sizeOf(other, field) || 'none'} in ${peer.region}, expected the same`,
              path: spot(other, `spec.forProvider.${field}`),
              remedy: 'Set the size on the claim; both regions follow it',
            }),
          );
      });
    }),
};

const missing = (one: Located, cluster: string) => ({
  message: `${one.object.kind} of ${one.cluster.name} has no counterpart in ${cluster}`,
  path: spot(one),
  remedy: 'Compose it in both regions',
});

function differs(home: Located, peer: Located, field: string): boolean {
  const [one, other] = [sizeOf(home, field), sizeOf(peer, field)];
  const inherits = INHERITED.has(field) && initial(peer).globalReplicationGroupId !== undefined;
  return one !== other && !(inherits && other === '');
}

const sizeOf = (item: Located, field: string): string =>
  leavesOf(wanted(item)[field] ?? initial(item)[field])
    .map(([path, value]) => [path, value].filter((part) => part !== '').join(' '))
    .join(', ');
