/** What is the same in both regions. */
import { drop, edit, list, replace, set } from '../_mutate';
import {
  type Break,
  ALL,
  containers,
  DATABASES,
  ELSEWHERE,
  foreignKey,
  forProvider,
  row,
  STORES,
  services,
} from './_row';

/** Each row breaks one thing. */
export const symmetry: readonly Break[] = [
  row(
    'equal-engine-versions',
    'an older engine in the peer',
    DATABASES,
    edit('rds/Cluster', (object) => set(object, 'spec.initProvider.engineVersion', '15.4'), {
      position: 'peer',
    }),
  ),
  row(
    'equal-engine-versions',
    'an older cache in the peer',
    ['capstone', 'global-tables', 'storefront'],
    edit('elasticache/ReplicationGroup', forProvider('engineVersion', '7.2'), { position: 'peer' }),
  ),
  row(
    'equal-sizes',
    'a smaller peer',
    DATABASES,
    edit('rds/ClusterInstance', forProvider('instanceClass', 'db.t4g.medium'), { position: 'peer' }),
  ),
  row(
    'equal-sizes',
    'a smaller cache for reads',
    ['global-tables'],
    edit('dax/Cluster', forProvider('nodeType', 'dax.t3.small'), { position: 'peer' }),
  ),
  row(
    'equal-sizes',
    'fewer instances in the peer',
    DATABASES,
    edit(
      'rds/ClusterInstance',
      (object) =>
        set(object, 'metadata.annotations', { 'crossplane.io/composition-resource-name': 'instance-9' }),
      { position: 'peer', name: /^instance-1$/ },
    ),
  ),
  row(
    'equal-parameters',
    'a parameter in one region',
    DATABASES,
    edit(
      'rds/ClusterParameterGroup',
      (object) => list(object, 'spec.forProvider.parameter').push({ name: 'work_mem', value: '65536' }),
      { position: 'peer' },
    ),
  ),
  row(
    'equal-parameters',
    'another eviction in the peer',
    ['capstone', 'global-tables', 'storefront'],
    edit('elasticache/ParameterGroup', forProvider('parameter', []), { position: 'peer' }),
  ),
  row(
    'global-db-rpo',
    'a limit on the lag',
    DATABASES,
    edit(
      'rds/ClusterParameterGroup',
      (object) => list(object, 'spec.forProvider.parameter').push({ name: 'rds.global_db_rpo', value: '30' }),
      { position: 'home' },
    ),
  ),
  row(
    'global-db-rpo',
    'a limit in the standby',
    DATABASES,
    edit(
      'rds/ClusterParameterGroup',
      (object) => list(object, 'spec.forProvider.parameter').push({ name: 'rds.global_db_rpo', value: '30' }),
      { position: 'peer' },
    ),
  ),
  row(
    'regional-keys',
    'disks with a key elsewhere',
    ALL,
    edit('NodeClass', (object) => set(object, 'spec.ephemeralStorage.kmsKeyID', foreignKey)),
  ),
  row(
    'regional-keys',
    'a database with a key elsewhere',
    DATABASES,
    edit('rds/Cluster', forProvider('kmsKeyId', foreignKey)),
  ),
  row(
    'regional-keys',
    'a replica with a key elsewhere',
    STORES,
    edit('secretsmanager/Secret', forProvider('replica.0.kmsKeyId', foreignKey), { position: 'home' }),
  ),
  row(
    'regional-keys',
    'copies with a key elsewhere',
    ['storefront', 'warm-standby'],
    edit(
      's3/BucketReplicationConfiguration',
      forProvider('rule.0.destination.encryptionConfiguration.replicaKmsKeyId', foreignKey),
    ),
  ),
  row(
    'replicated-secrets',
    'a secret in one region',
    STORES,
    edit('secretsmanager/Secret', forProvider('replica', []), { position: 'home' }),
  ),
  row(
    'replicated-secrets',
    'a store of another region',
    ALL,
    edit('ClusterSecretStore', (object) => set(object, 'spec.provider.aws.region', ELSEWHERE)),
  ),
  row(
    'replicated-secrets',
    'a secret that nobody makes',
    STORES,
    edit('ExternalSecret', (object) => set(object, 'spec.data.0.remoteRef.key', 'prod-nobody')),
  ),
  row(
    'equal-images',
    'another image in the peer',
    ALL,
    edit('Deployment', (object) => replace(object, `${containers}.0.image`, /sha256:..../, 'sha256:abcd'), {
      ...services,
      position: 'peer',
    }),
  ),
  row(
    'symmetric-regions',
    'another setting in the peer',
    ALL,
    edit('Deployment', (object) => set(object, 'spec.template.spec.terminationGracePeriodSeconds', 5), {
      ...services,
      position: 'peer',
    }),
  ),
  row('symmetric-regions', 'an object in one region', ALL, drop('PriorityClass', { position: 'peer' })),
];
