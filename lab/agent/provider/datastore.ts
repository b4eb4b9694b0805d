/** ElastiCache in the emulated AWS: replication groups and the Global Datastore they form. */
import {
  CreateGlobalReplicationGroupCommand,
  CreateReplicationGroupCommand,
  DescribeGlobalReplicationGroupsCommand,
  DescribeReplicationGroupsCommand,
  type ElastiCacheClient,
  type GlobalReplicationGroup,
  type ReplicationGroup,
} from '@aws-sdk/client-elasticache';
import { type AtProvider, orMissing, type Resource, tagList, textOf } from './resource';

/** By kind of the family elasticache. */
export const DATASTORE: Readonly<
  Record<string, (client: ElastiCacheClient, resource: Resource) => Promise<AtProvider>>
> = {
  GlobalReplicationGroup: globalGroup,
  ReplicationGroup: group,
};

async function globalGroup(client: ElastiCacheClient, resource: Resource): Promise<AtProvider> {
  const describe = new DescribeGlobalReplicationGroupsCommand({
    GlobalReplicationGroupId: resource.name,
    ShowMemberInfo: true,
  });
  const found = await orMissing(client.send(describe));
  const [known] = found?.GlobalReplicationGroups ?? [];
  if (known) return globalAnswer(known);
  if (!resource.creates) return undefined;
  const { GlobalReplicationGroup: made } = await client.send(
    new CreateGlobalReplicationGroupCommand({
      GlobalReplicationGroupIdSuffix: textOf(resource, 'globalReplicationGroupIdSuffix'),
      PrimaryReplicationGroupId: textOf(resource, 'primaryReplicationGroupId'),
    }),
  );
  return made && globalAnswer(made);
}

const globalAnswer = (known: GlobalReplicationGroup) => ({
  arn: known.ARN,
  primaryReplicationGroupId: known.Members?.find(({ Role }) => Role === 'PRIMARY')?.ReplicationGroupId,
  engineVersionActual: known.EngineVersion,
});

async function group(client: ElastiCacheClient, resource: Resource): Promise<AtProvider> {
  const ReplicationGroupId = resource.name;
  const found = await orMissing(client.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId })));
  const [known] = found?.ReplicationGroups ?? [];
  if (known) return groupAnswer(known, resource);
  if (!resource.creates) return undefined;
  const joins = textOf(resource, 'globalReplicationGroupId');
  const { ReplicationGroup: made } = await client.send(
    new CreateReplicationGroupCommand({
      ReplicationGroupId,
      ReplicationGroupDescription: textOf(resource, 'description') ?? ReplicationGroupId,
      ...(joins
        ? { GlobalReplicationGroupId: joins }
        : {
            Engine: textOf(resource, 'engine'),
            EngineVersion: textOf(resource, 'engineVersion'),
            CacheNodeType: textOf(resource, 'nodeType'),
            NumNodeGroups: Number(resource.asked['numNodeGroups'] ?? 1),
          }),
      ReplicasPerNodeGroup: Number(resource.asked['replicasPerNodeGroup'] ?? 1),
      MultiAZEnabled: true,
      AutomaticFailoverEnabled: true,
      Tags: tagList(resource),
    }),
  );
  return made && groupAnswer(made, resource);
}

/** The emulator gives no address; what an application would connect to is made up in AWS's form. */
const groupAnswer = (known: ReplicationGroup, { name, asked }: Resource) => ({
  arn: known.ARN ?? name,
  configurationEndpointAddress:
    known.ConfigurationEndpoint?.Address ?? `clustercfg.${name}.lab.${asked['region']}.cache.amazonaws.com`,
});
