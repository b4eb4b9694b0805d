/** Aurora global databases in the emulator, made through the real SDK. */
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateGlobalClusterCommand,
  DescribeGlobalClustersCommand,
  ListTagsForResourceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Store } from '../../../spec/flip';
import { HOME, PEER } from '../_plan';

/** The account of the test: a 12-digit access key selects it. */
export const EMULATED = '222222222222';

const clusterOf = (store: Store, region: string) => store.members[region] ?? '';

/** A database born in home, followed in peer, one instance in each. */
export async function createDatabase(store: Store): Promise<void> {
  const common = {
    Engine: 'aurora-postgresql',
    EngineVersion: '16.8',
    GlobalClusterIdentifier: store.globalId,
  };
  await new RDSClient({ region: HOME }).send(new CreateGlobalClusterCommand(common));
  const tags = ['flipside.dev/epoch', 'flipside.dev/promoted'].map((Key) => ({ Key, Value: '0' }));
  for (const region of [HOME, PEER]) {
    const rds = new RDSClient({ region });
    const born = region === HOME ? { MasterUsername: 'app', MasterUserPassword: 'not-a-secret' } : {};
    const DBClusterIdentifier = clusterOf(store, region);
    await rds.send(new CreateDBClusterCommand({ ...common, ...born, DBClusterIdentifier, Tags: tags }));
    await rds.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: `${DBClusterIdentifier}-0`,
        DBClusterIdentifier,
        Engine: common.Engine,
        DBInstanceClass: 'db.r6g.large',
      }),
    );
  }
}

/** Says how far the follower is behind, in milliseconds, as Aurora would. */
export async function publishLag(store: Store, region: string, milliseconds: number): Promise<void> {
  await new CloudWatchClient({ region }).send(
    new PutMetricDataCommand({
      Namespace: 'AWS/RDS',
      MetricData: [
        {
          MetricName: 'AuroraGlobalDBReplicationLag',
          Dimensions: [{ Name: 'DBClusterIdentifier', Value: clusterOf(store, region) }],
          Unit: 'Milliseconds',
          Value: milliseconds,
          Timestamp: new Date(),
        },
      ],
    }),
  );
}

/** Region of the writer, as any region tells it. */
export async function writerOf(store: Store, asked: string): Promise<string | undefined> {
  const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: store.globalId });
  const { GlobalClusters = [] } = await new RDSClient({ region: asked }).send(command);
  return GlobalClusters[0]?.GlobalClusterMembers?.find(({ IsWriter }) => IsWriter)?.DBClusterArn?.split(
    ':',
  )[3];
}

/** The tags of a region's own cluster. */
export async function tagsOf(store: Store, region: string): Promise<Record<string, string>> {
  const ResourceName = `arn:aws:rds:${region}:${EMULATED}:cluster:${clusterOf(store, region)}`;
  const { TagList = [] } = await new RDSClient({ region }).send(
    new ListTagsForResourceCommand({ ResourceName }),
  );
  return Object.fromEntries(TagList.map(({ Key = '', Value = '' }) => [Key, Value]));
}
