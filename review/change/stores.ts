/** Which types hold data that nothing can make again. */

const STORES: ReadonlySet<string> = new Set([
  'rds.aws.m.upbound.io/Cluster',
  'rds.aws.m.upbound.io/GlobalCluster',
  'elasticache.aws.m.upbound.io/ReplicationGroup',
  'elasticache.aws.m.upbound.io/GlobalReplicationGroup',
  'elasticache.aws.m.upbound.io/ServerlessCache',
  's3.aws.m.upbound.io/Bucket',
  'dynamodb.aws.m.upbound.io/Table',
  'secretsmanager.aws.m.upbound.io/Secret',
  // Without its key, encrypted data is lost too.
  'kms.aws.m.upbound.io/Key',
  'kms.aws.m.upbound.io/ReplicaKey',
  'route53.aws.m.upbound.io/Zone',
  'AWS::Backup::BackupVault',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ECR::Repository',
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::GlobalCluster',
  'AWS::Route53::HostedZone',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
]);

/** True for a type whose loss is a loss of data. */
export const holdsData = (type: string): boolean => STORES.has(type);

/** True for a type of a CloudFormation template. */
export const isCloudFormation = (type: string): boolean =>
  type.startsWith('AWS::') || type.startsWith('Custom::');

/** True for a managed resource of the AWS provider. */
export const isManaged = (type: string): boolean => /\.aws\.m\.upbound\.io\//.test(type);
