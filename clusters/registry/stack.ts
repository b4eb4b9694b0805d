/** The region's own image registry: nothing that starts in a region asks another one. */
import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { CfnReplicationConfiguration, CfnRepository } from 'aws-cdk-lib/aws-ecr';
import { farClusters } from '../../model/far';
import { repositoriesOf, repositoryPrefixes } from '../../model/repositories';
import { nameTag } from '../_parts';
import { ClusterStack, type ClusterStackProps } from '../stack';

/** A pushed image that no tag names any more was never released. */
const UNTAGGED_DAYS = 30;
/** More releases than a year of working days has. */
const RELEASES = 300;

/** A repository for each image, replicated to the other regions. */
export class RegistryStack extends ClusterStack {
  constructor(scope: App, props: ClusterStackProps) {
    super(scope, 'registry', props);
    const { model, cluster } = props;
    for (const name of repositoriesOf(model)) this.repository(name);
    const far = farClusters(model, cluster);
    if (far.length === 0) return;
    new CfnReplicationConfiguration(this, 'replication', {
      replicationConfiguration: {
        rules: [
          {
            destinations: far.map(({ region, account }) => ({ region, registryId: account })),
            repositoryFilters: repositoryPrefixes(model).map((filter) => ({
              filter,
              filterType: 'PREFIX_MATCH',
            })),
          },
        ],
      },
    });
  }

  /** Under ECR's own key: a node that starts in a failover then depends on one service less. */
  private repository(name: string): void {
    const repository = new CfnRepository(this, `repository-${name.replaceAll('/', '-')}`, {
      repositoryName: name,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256' },
      lifecyclePolicy: { lifecyclePolicyText: JSON.stringify({ rules: LIFECYCLE }) },
      tags: nameTag(name),
    });
    repository.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}

const expire = (rulePriority: number, description: string, selection: object) => ({
  rulePriority,
  description,
  selection,
  action: { type: 'expire' },
});

const LIFECYCLE = [
  expire(1, 'Never released', {
    tagStatus: 'untagged',
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: UNTAGGED_DAYS,
  }),
  expire(2, 'Old releases', { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: RELEASES }),
];
