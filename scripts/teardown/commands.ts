/** How each kind of resource that outlives its claim is deleted. No backup is, and what can leave a last copy does. */
import type { Owned } from './resources';

/** Commands for a resource, in order; a line that starts with `#` is for the reader. */
type Deletion = (owned: Owned) => readonly string[];

const aws = ({ region }: Pick<Owned, 'region'>, words: string) => `aws ${words} --region ${region}`;

/** Of one region, by kind, in the order in which they can go: what holds another thing goes before it. */
export const DELETIONS: readonly (readonly [kind: string, deletion: Deletion])[] = [
  ['globalaccelerator.Accelerator', accelerator],
  ['rds.Cluster', detach],
  ['rds.ClusterInstance', (one) => [aws(one, `rds delete-db-instance --db-instance-identifier ${one.name}`)]],
  ['rds.Cluster', database],
  ['elasticache.ReplicationGroup', cache],
  ['dax.Cluster', dax],
  ['appautoscaling.Policy', () => []],
  ['appautoscaling.Target', scaling],
  ['dynamodb.Table', table],
  ['cloudwatch.MetricAlarm', (one) => [aws(one, `cloudwatch delete-alarms --alarm-names ${one.name}`)]],
  ['secretsmanager.Secret', secret],
  ['s3.BucketReplicationConfiguration', replication],
  ['s3.Bucket', bucket],
  ['iam.RolePolicy', rolePolicy],
  ['iam.Role', (one) => [`aws iam delete-role --role-name ${one.name}`]],
  [
    'rds.ClusterParameterGroup',
    group('rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name'),
  ],
  ['rds.ParameterGroup', group('rds delete-db-parameter-group --db-parameter-group-name')],
  ['rds.SubnetGroup', group('rds delete-db-subnet-group --db-subnet-group-name')],
  [
    'elasticache.ParameterGroup',
    group('elasticache delete-cache-parameter-group --cache-parameter-group-name'),
  ],
  ['elasticache.SubnetGroup', group('elasticache delete-cache-subnet-group --cache-subnet-group-name')],
  ['dax.ParameterGroup', group('dax delete-parameter-group --parameter-group-name')],
  ['dax.SubnetGroup', group('dax delete-subnet-group --subnet-group-name')],
];

/** What joins the regions and is taken apart before what it joins. */
export const JOINING: readonly (readonly [kind: string, deletion: Deletion])[] = [
  ['elasticache.GlobalReplicationGroup', globalCache],
];

/** What joins the regions and goes once it is empty. */
export const EMPTIED: readonly (readonly [kind: string, deletion: Deletion])[] = [
  ['rds.GlobalCluster', globalDatabase],
];

/** Settings of a bucket: they go with it. */
export const PARTS_OF_ANOTHER: readonly string[] = [
  's3.BucketServerSideEncryptionConfiguration',
  's3.BucketLifecycleConfiguration',
  's3.BucketOwnershipControls',
  's3.BucketPolicy',
  's3.BucketPublicAccessBlock',
  's3.BucketVersioning',
  's3.BucketIntelligentTieringConfiguration',
  's3.BucketMetric',
];

/** Kinds whose loss is a loss of data. */
export const HOLDS_DATA: readonly string[] = [
  'rds.Cluster',
  'elasticache.GlobalReplicationGroup',
  'dynamodb.Table',
  's3.Bucket',
  'secretsmanager.Secret',
];

function group(words: string): Deletion {
  return (one) => [aws(one, `${words} ${one.name}`)];
}

/** Out of its global database it is a database of its own, and can be deleted like one. */
function detach(one: Owned): readonly string[] {
  const global = one.fields['globalClusterIdentifier'];
  if (!global) return [];
  const arn = `rds describe-db-clusters --db-cluster-identifier ${one.name} --query "DBClusters[0].DBClusterArn" --output text`;
  return [
    aws(
      one,
      `rds remove-from-global-cluster --global-cluster-identifier ${String(global)} --db-cluster-identifier "$(${aws(one, arn)})"`,
    ),
    aws(one, `rds wait db-cluster-available --db-cluster-identifier ${one.name}`),
  ];
}

/** A last snapshot is left, and the automated backups stay for as long as they were to be kept. */
function database(one: Owned): readonly string[] {
  const id = `--db-cluster-identifier ${one.name}`;
  return [
    aws(one, `rds modify-db-cluster ${id} --no-deletion-protection --apply-immediately`),
    aws(
      one,
      `rds delete-db-cluster ${id} --final-db-snapshot-identifier ${one.name}-final --no-delete-automated-backups`,
    ),
    aws(one, `rds wait db-cluster-deleted ${id}`),
  ];
}

function globalDatabase(one: Owned): readonly string[] {
  const id = `--global-cluster-identifier ${one.name}`;
  return [
    aws(one, `rds modify-global-cluster ${id} --no-deletion-protection`),
    aws(one, `rds delete-global-cluster ${id}`),
  ];
}

function globalCache(one: Owned): readonly string[] {
  const id = `--global-replication-group-id ${one.name}`;
  const members = `elasticache describe-global-replication-groups ${id} --show-member-info`;
  const secondary = `GlobalReplicationGroups[0].Members[?Role=='SECONDARY'].[ReplicationGroupId,ReplicationGroupRegion]`;
  return [
    `${aws(one, `${members} --query "${secondary}" --output text`)} | while read -r group in; do ` +
      `${aws(one, `elasticache disassociate-global-replication-group ${id} --replication-group-id "$group" --replication-group-region "$in"`)}; done`,
    `until [ -z "$(${aws(one, `${members} --query "${secondary}" --output text`)})" ]; do sleep 15; done`,
    aws(one, `elasticache delete-global-replication-group ${id} --retain-primary-replication-group`),
  ];
}

function cache(one: Owned): readonly string[] {
  const id = `--replication-group-id ${one.name}`;
  return [
    aws(one, `elasticache wait replication-group-available ${id}`),
    aws(one, `elasticache delete-replication-group ${id} --final-snapshot-identifier ${one.name}-final`),
    aws(one, `elasticache wait replication-group-deleted ${id}`),
  ];
}

function dax(one: Owned): readonly string[] {
  const id = `--cluster-names ${one.name}`;
  return [
    aws(one, `dax delete-cluster --cluster-name ${one.name}`),
    `while ${aws(one, `dax describe-clusters ${id}`)} > /dev/null 2>&1; do sleep 15; done`,
  ];
}

function scaling({ name, region, fields }: Owned): readonly string[] {
  const dimension = String(fields['scalableDimension']);
  return [
    aws(
      { region },
      `application-autoscaling deregister-scalable-target --service-namespace dynamodb --resource-id ${name} --scalable-dimension ${dimension}`,
    ),
  ];
}

/** Every replica is deleted from the region that the table was made in. */
function table(one: Owned): readonly string[] {
  const id = `--table-name ${one.name}`;
  const replicas = (one.fields['replica'] ?? []) as readonly { readonly regionName: string }[];
  return [
    aws(one, `dynamodb create-backup ${id} --backup-name ${one.name}-final`),
    ...replicas.flatMap(({ regionName }) => [
      aws({ region: regionName }, `dynamodb update-table ${id} --no-deletion-protection-enabled`),
      aws(one, `dynamodb update-table ${id} --replica-updates "Delete={RegionName=${regionName}}"`),
      aws({ region: regionName }, `dynamodb wait table-not-exists ${id}`),
    ]),
    aws(one, `dynamodb update-table ${id} --no-deletion-protection-enabled`),
    aws(one, `dynamodb wait table-exists ${id}`),
    aws(one, `dynamodb delete-table ${id}`),
  ];
}

/** It can be restored for thirty days. */
function secret(one: Owned): readonly string[] {
  const replicas = (one.fields['replica'] ?? []) as readonly { readonly region: string }[];
  const regions = replicas.map(({ region }) => region).join(' ');
  return [
    ...(regions
      ? [
          aws(
            one,
            `secretsmanager remove-regions-from-replication --secret-id ${one.name} --remove-replica-regions ${regions}`,
          ),
        ]
      : []),
    aws(one, `secretsmanager delete-secret --secret-id ${one.name} --recovery-window-in-days 30`),
  ];
}

function replication(one: Owned): readonly string[] {
  return [aws(one, `s3api delete-bucket-replication --bucket ${one.name}`)];
}

/** Refused while it holds objects: emptying it is left to whoever knows what they are. */
function bucket(one: Owned): readonly string[] {
  return [
    `# Refused while it holds an object or an old version; a lifecycle rule or the console's "Empty" takes those.`,
    aws(one, `s3api delete-bucket --bucket ${one.name}`),
  ];
}

function rolePolicy({ name, fields }: Owned): readonly string[] {
  return [`aws iam delete-role-policy --role-name ${String(fields['role'])} --policy-name ${name}`];
}

/** Its control plane is in us-west-2 alone. https://docs.aws.amazon.com/global-accelerator/latest/dg/introduction-how-it-works.html (2026-11) */
function accelerator({ name }: Owned): readonly string[] {
  const at = { region: 'us-west-2' };
  const query = `Accelerators[?Name=='${name}'].AcceleratorArn`;
  return [
    `accelerator="$(${aws(at, `globalaccelerator list-accelerators --query "${query}" --output text`)})"`,
    aws(at, 'globalaccelerator update-accelerator --accelerator-arn "$accelerator" --no-enabled'),
    aws(at, 'globalaccelerator delete-accelerator --accelerator-arn "$accelerator"'),
  ];
}
