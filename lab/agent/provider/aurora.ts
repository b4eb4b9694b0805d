/** Aurora in the emulated AWS: created as asked, observed as it is. */
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateGlobalClusterCommand,
  type DBCluster,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeGlobalClustersCommand,
  type GlobalCluster,
  type RDSClient,
} from '@aws-sdk/client-rds';
import { type AtProvider, orMissing, type Resource, tagList, textOf } from './resource';

/** By kind of the family rds. */
export const AURORA: Readonly<Record<string, (rds: RDSClient, resource: Resource) => Promise<AtProvider>>> = {
  GlobalCluster: globalCluster,
  Cluster: cluster,
  ClusterInstance: instance,
};

async function globalCluster(rds: RDSClient, resource: Resource): Promise<AtProvider> {
  const GlobalClusterIdentifier = resource.name;
  const found = await orMissing(rds.send(new DescribeGlobalClustersCommand({ GlobalClusterIdentifier })));
  const [known] = found?.GlobalClusters ?? [];
  if (known) return globalAnswer(known);
  if (!resource.creates) return undefined;
  const { GlobalCluster: made } = await rds.send(
    new CreateGlobalClusterCommand({
      GlobalClusterIdentifier,
      Engine: textOf(resource, 'engine'),
      EngineVersion: textOf(resource, 'engineVersion'),
      StorageEncrypted: true,
      DeletionProtection: true,
    }),
  );
  return made && globalAnswer(made);
}

const globalAnswer = (global: GlobalCluster) => ({
  arn: global.GlobalClusterArn,
  engineVersionActual: global.EngineVersion,
  endpoint: global.Endpoint ?? `${global.GlobalClusterIdentifier}.global-lab.global.rds.amazonaws.com`,
  globalClusterMembers: (global.GlobalClusterMembers ?? []).map((member) => ({
    dbClusterArn: member.DBClusterArn,
    isWriter: member.IsWriter ?? false,
  })),
});

async function cluster(rds: RDSClient, resource: Resource): Promise<AtProvider> {
  const DBClusterIdentifier = resource.name;
  const found = await orMissing(rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier })));
  const [known] = found?.DBClusters ?? [];
  if (known) return clusterAnswer(known, resource);
  if (!resource.creates) return undefined;
  const master = textOf(resource, 'masterUsername');
  const { DBCluster: made } = await rds.send(
    new CreateDBClusterCommand({
      DBClusterIdentifier,
      Engine: textOf(resource, 'engine'),
      EngineVersion: textOf(resource, 'engineVersion'),
      GlobalClusterIdentifier: textOf(resource, 'globalClusterIdentifier'),
      DatabaseName: textOf(resource, 'databaseName'),
      // A secondary inherits both.
      ...(master && { MasterUsername: master, MasterUserPassword: 'emulated-only' }),
      StorageEncrypted: true,
      KmsKeyId: textOf(resource, 'kmsKeyId'),
      Tags: tagList(resource),
    }),
  );
  return made && clusterAnswer(made, resource);
}

const clusterAnswer = (known: DBCluster, resource: Resource) => ({
  arn: known.DBClusterArn,
  engine: known.Engine,
  engineVersionActual: known.EngineVersion,
  storageEncrypted: true,
  globalClusterIdentifier: textOf(resource, 'globalClusterIdentifier') ?? '',
  clusterMembers: (known.DBClusterMembers ?? []).map(({ DBInstanceIdentifier }) => DBInstanceIdentifier),
  port: known.Port,
  endpoint: known.Endpoint,
  readerEndpoint: known.ReaderEndpoint,
});

async function instance(rds: RDSClient, resource: Resource): Promise<AtProvider> {
  const DBInstanceIdentifier = resource.name;
  const found = await orMissing(rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier })));
  const [known] = found?.DBInstances ?? [];
  if (known) return { instanceClass: known.DBInstanceClass };
  if (!resource.creates) return undefined;
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier,
      DBInstanceClass: textOf(resource, 'instanceClass'),
      DBClusterIdentifier: textOf(resource, 'clusterIdentifier'),
      Engine: textOf(resource, 'engine'),
    }),
  );
  return { instanceClass: textOf(resource, 'instanceClass') };
}
