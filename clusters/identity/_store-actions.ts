/** What the providers of stores may do: make and change, never delete, never move a writer. */
import { type ProviderActions, prefixed } from './_actions';

type Services = 'dax' | 'dynamodb' | 'elasticache' | 'rds' | 's3' | 's3control' | 'secretsmanager';

/** The actions by provider. */
export const STORE_ACTIONS: Readonly<Record<Services, ProviderActions>> = {
  dax: {
    read: prefixed(
      'dax',
      'DescribeClusters',
      'DescribeParameterGroups',
      'DescribeParameters',
      'DescribeSubnetGroups',
      'ListTags',
    ),
    changes: [
      {
        actions: prefixed(
          'dax',
          'CreateCluster',
          'DecreaseReplicationFactor',
          'IncreaseReplicationFactor',
          'TagResource',
          'UntagResource',
          'UpdateCluster',
        ),
        on: ['arn:aws:dax:<region>:<account>:cache/<dax>'],
      },
      // IAM knows neither kind of group.
      {
        sid: 'Groups',
        actions: prefixed(
          'dax',
          'CreateParameterGroup',
          'CreateSubnetGroup',
          'UpdateParameterGroup',
          'UpdateSubnetGroup',
        ),
      },
    ],
  },
  dynamodb: {
    read: prefixed(
      'dynamodb',
      'DescribeContinuousBackups',
      'DescribeKinesisStreamingDestination',
      'DescribeTable',
      'DescribeTableReplicaAutoScaling',
      'DescribeTimeToLive',
      'ListTagsOfResource',
    ),
    // A table's replica in the other region is made by calls of DynamoDB in the name of who asks.
    changes: [
      {
        actions: prefixed(
          'dynamodb',
          'BatchWriteItem',
          'CreateTable',
          'CreateTableReplica',
          'DeleteItem',
          'GetItem',
          'PutItem',
          'Query',
          'Scan',
          'TagResource',
          'UntagResource',
          'UpdateContinuousBackups',
          'UpdateItem',
          'UpdateTable',
          'UpdateTimeToLive',
        ),
        on: ['arn:aws:dynamodb:*:<account>:table/<name>'],
      },
    ],
    once: true,
  },
  elasticache: {
    read: prefixed(
      'elasticache',
      'DescribeCacheClusters',
      'DescribeCacheParameterGroups',
      'DescribeCacheParameters',
      'DescribeCacheSubnetGroups',
      'DescribeGlobalReplicationGroups',
      'DescribeReplicationGroups',
      'ListTagsForResource',
    ),
    changes: [
      {
        actions: prefixed(
          'elasticache',
          'AddTagsToResource',
          'CreateCacheParameterGroup',
          'CreateCacheSubnetGroup',
          'CreateGlobalReplicationGroup',
          'CreateReplicationGroup',
          'DecreaseReplicaCount',
          'IncreaseReplicaCount',
          'ModifyCacheParameterGroup',
          'ModifyCacheSubnetGroup',
          'ModifyGlobalReplicationGroup',
          'ModifyReplicationGroup',
          'ModifyReplicationGroupShardConfiguration',
          'RemoveTagsFromResource',
        ),
        on: [
          'arn:aws:elasticache:<region>:<account>:replicationgroup:<name>',
          'arn:aws:elasticache:<region>:<account>:cluster:<name>',
          'arn:aws:elasticache:<region>:<account>:subnetgroup:<name>',
          'arn:aws:elasticache:<region>:<account>:parametergroup:<name>',
          'arn:aws:elasticache::<account>:globalreplicationgroup:*<name>',
        ],
      },
    ],
  },
  rds: {
    read: prefixed(
      'rds',
      'DescribeDBClusterParameterGroups',
      'DescribeDBClusterParameters',
      'DescribeDBClusters',
      'DescribeDBInstances',
      'DescribeDBParameterGroups',
      'DescribeDBParameters',
      'DescribeDBSubnetGroups',
      'DescribeGlobalClusters',
      'ListTagsForResource',
    ),
    // Instances hold nothing: their storage is the cluster's.
    changes: [
      {
        actions: prefixed(
          'rds',
          'AddTagsToResource',
          'CreateDBCluster',
          'CreateDBClusterParameterGroup',
          'CreateDBInstance',
          'CreateDBParameterGroup',
          'CreateDBSubnetGroup',
          'CreateGlobalCluster',
          'DeleteDBInstance',
          'ModifyDBCluster',
          'ModifyDBClusterParameterGroup',
          'ModifyDBInstance',
          'ModifyDBParameterGroup',
          'ModifyDBSubnetGroup',
          'ModifyGlobalCluster',
          'RebootDBInstance',
          'RemoveTagsFromResource',
          'RestoreDBClusterFromSnapshot',
        ),
        on: [
          'arn:aws:rds:<region>:<account>:cluster:<name>',
          'arn:aws:rds:<region>:<account>:cluster-pg:<name>',
          'arn:aws:rds:<region>:<account>:cluster-snapshot:*',
          'arn:aws:rds:<region>:<account>:db:<name>',
          'arn:aws:rds:<region>:<account>:pg:<name>',
          'arn:aws:rds:<region>:<account>:subgrp:<name>',
          'arn:aws:rds::<account>:global-cluster:<name>',
        ],
      },
    ],
  },
  s3: {
    read: prefixed(
      's3',
      'GetAccelerateConfiguration',
      'GetBucket*',
      'GetEncryptionConfiguration',
      'GetLifecycleConfiguration',
      'GetReplicationConfiguration',
      'ListBucket',
    ),
    changes: [
      {
        actions: prefixed(
          's3',
          'CreateBucket',
          'PutBucketOwnershipControls',
          'PutBucketPolicy',
          'PutBucketPublicAccessBlock',
          'PutBucketTagging',
          'PutBucketVersioning',
          'PutEncryptionConfiguration',
          'PutLifecycleConfiguration',
          'PutReplicationConfiguration',
        ),
        on: ['arn:aws:s3:::<name>'],
      },
    ],
  },
  s3control: {
    read: prefixed('s3', 'DescribeMultiRegionAccessPointOperation', 'GetMultiRegionAccessPoint'),
    changes: [
      {
        actions: prefixed('s3', 'CreateMultiRegionAccessPoint'),
        // Its ARN holds an alias that AWS makes up.
        on: ['arn:aws:s3::<account>:accesspoint/*'],
      },
    ],
    once: true,
  },
  secretsmanager: {
    read: prefixed('secretsmanager', 'DescribeSecret', 'GetResourcePolicy'),
    changes: [
      {
        actions: prefixed(
          'secretsmanager',
          'CancelRotateSecret',
          'CreateSecret',
          'ReplicateSecretToRegions',
          'RotateSecret',
          'TagResource',
          'UntagResource',
          'UpdateSecret',
        ),
        on: ['arn:aws:secretsmanager:<region>:<account>:secret:<name>'],
      },
    ],
  },
};
