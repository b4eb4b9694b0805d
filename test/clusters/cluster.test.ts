/** The EKS clusters, their key and their registries. */
import { PROGRAMS } from '../../model/release';
import { workloadsOf } from '../../model/workload';
import { allOf, everyCluster, type Json, propertiesOf, templateOf } from './_templates';

const eks = (estate: string, cluster: string) => templateOf(estate, cluster, 'cluster');
const storefront = () => eks('storefront', 'prod-us-east-1');
const clusterOf = (estate: string, cluster: string) =>
  propertiesOf(eks(estate, cluster), 'AWS::EKS::Cluster')[0] ?? {};

/** Subnets of a control plane of capstone. */
const used = (cluster: string) => clusterOf('capstone', cluster)['ResourcesVpcConfig'].SubnetIds;

/** The key of a cluster of capstone. */
const data = (cluster: string) => templateOf('capstone', cluster, 'data');

/** The replication rules of a cluster of capstone. */
const rules = (cluster: string) =>
  propertiesOf(templateOf('capstone', cluster, 'registry'), 'AWS::ECR::ReplicationConfiguration').flatMap(
    ({ ReplicationConfiguration }) => ReplicationConfiguration.Rules,
  );

test('Auto Mode on a version in standard support, entries instead of a config map, every log', () => {
  for (const { estate, cluster } of everyCluster()) {
    expect(clusterOf(estate, cluster.name)).toMatchObject({
      Name: cluster.name,
      Version: '1.36',
      AccessConfig: { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false },
      ComputeConfig: { Enabled: true },
      StorageConfig: { BlockStorage: { Enabled: true } },
      UpgradePolicy: { SupportType: 'STANDARD' },
      ZonalShiftConfig: { Enabled: true },
      DeletionProtection: cluster.environment === 'prod',
      KubernetesNetworkConfig: { ServiceIpv4Cidr: '172.20.0.0/16', ElasticLoadBalancing: { Enabled: true } },
    });
    expect(clusterOf(estate, cluster.name)['Logging'].ClusterLogging.EnabledTypes).toHaveLength(5);
  }
});

test('S1-13: the API server answers in its VPC only', () => {
  const { ResourcesVpcConfig } = clusterOf('capstone', 'prod-us-east-1');
  expect(ResourcesVpcConfig).toMatchObject({ EndpointPrivateAccess: true, EndpointPublicAccess: false });
});

test('S0-25, S1-14: the control plane stands in application subnets, in two zones even where nodes use one', () => {
  expect(used('prod-us-east-1')).toHaveLength(3);
  expect(used('dev-us-east-1')).toHaveLength(2);
  for (const id of used('dev-us-east-1')) expect(id['Fn::ImportValue']).toMatch(/Refapplication/);
});

test('S1-53: secrets of the API server are under the region’s own key', () => {
  const [config] = clusterOf('storefront', 'prod-us-east-1')['EncryptionConfig'];
  expect(config.Resources).toEqual(['secrets']);
  expect(config.Provider.KeyArn['Fn::ImportValue']).toMatch(/^storefront-prod-us-east-1-data:/);
});

test('S4-24, X-35: people come by access entries; on call sees no secrets and has a group of its own', () => {
  const entries = propertiesOf(storefront(), 'AWS::EKS::AccessEntry');
  const granted = entries.map(({ AccessPolicies, KubernetesGroups }) => [
    AccessPolicies[0].PolicyArn.split('/').at(-1),
    KubernetesGroups,
  ]);
  expect(granted).toEqual([
    ['AmazonEKSClusterAdminPolicy', undefined],
    ['AmazonEKSAdminViewPolicy', undefined],
    ['AmazonEKSViewPolicy', ['flipside:on-call']],
  ]);
  expect(propertiesOf(storefront(), 'AWS::Logs::LogGroup')).toMatchObject([
    { LogGroupName: '/aws/eks/prod-us-east-1/cluster', RetentionInDays: 400 },
  ]);
});

test('S1-20: the node role pulls images and joins, and has no right of an application', () => {
  for (const { estate, cluster } of everyCluster()) {
    const node = eks(estate, cluster.name).Resources['noderole']?.Properties;
    expect(node?.['Policies']).toBeUndefined();
    expect(node?.['ManagedPolicyArns']).toEqual([
      'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly',
      'arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy',
    ]);
  }
});

test('nodes and control plane reach one another, and nobody else reaches the control plane', () => {
  const rules = propertiesOf(storefront(), 'AWS::EC2::SecurityGroupIngress');
  expect(rules).toHaveLength(2);
  for (const rule of rules) expect(rule['CidrIp']).toBeUndefined();
});

test('add-ons run on the nodes that EKS keeps for the system', () => {
  const names = propertiesOf(storefront(), 'AWS::EKS::Addon').map(({ AddonName }) => AddonName);
  expect(names).toEqual(['metrics-server', 'amazon-cloudwatch-observability']);
  const [metrics] = propertiesOf(storefront(), 'AWS::EKS::Addon');
  expect(JSON.parse(metrics?.['ConfigurationValues']).tolerations[0].key).toBe('CriticalAddonsOnly');
});

test('C-16: one multi-Region key, born at home; an environment of one region has one of its own', () => {
  const [home] = propertiesOf(data('prod-us-east-1'), 'AWS::KMS::Key');
  expect(home).toMatchObject({ MultiRegion: true, EnableKeyRotation: true, PendingWindowInDays: 30 });
  expect(propertiesOf(data('prod-eu-west-1'), 'AWS::KMS::ReplicaKey')).toMatchObject([
    { PrimaryKeyArn: { Ref: 'PrimaryKeyArn' } },
  ]);
  expect(propertiesOf(data('dev-us-east-1'), 'AWS::KMS::Key')).toMatchObject([{ MultiRegion: false }]);
  expect(data('prod-us-east-1').Resources['key']?.DeletionPolicy).toBe('Retain');
});

test('S0-15: the CDN of this account may decrypt static files, and no other', () => {
  const [key] = propertiesOf(templateOf('storefront', 'prod-us-east-1', 'data'), 'AWS::KMS::Key');
  const cdn = key?.['KeyPolicy'].Statement.find(
    (one: Json) => one.Principal.Service === 'cloudfront.amazonaws.com',
  );
  expect(cdn).toMatchObject({
    Action: 'kms:Decrypt',
    Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::111111111111:distribution/*' } },
  });
});

test('S1-21, S1-38: a repository for every image that a cluster pulls, immutable and scanned', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    const repositories = propertiesOf(templateOf(estate, cluster.name, 'registry'), 'AWS::ECR::Repository');
    const names = new Set(repositories.map(({ RepositoryName }) => RepositoryName));
    const services = workloadsOf(model, cluster).map(({ image }) => image.replace(/^[^/]+\/|@.*$/g, ''));
    const programs = PROGRAMS.map((program) => `flipside/${program}`);
    for (const name of [...services, ...programs]) expect(names).toContain(name);
    for (const one of repositories) {
      expect(one).toMatchObject({
        ImageTagMutability: 'IMMUTABLE',
        ImageScanningConfiguration: { ScanOnPush: true },
      });
    }
  }
});

test('S3-24, C-17: every repository is copied to the other region, both ways; none of a smaller environment', () => {
  for (const [own, far] of [
    ['us-east-1', 'eu-west-1'],
    ['eu-west-1', 'us-east-1'],
  ] as const) {
    const [rule] = rules(`prod-${own}`);
    expect(rule.Destinations).toEqual([{ Region: far, RegistryId: '222222222222' }]);
    const filters = rule.RepositoryFilters.map(({ Filter }: { Filter: string }) => Filter);
    const names = propertiesOf(templateOf('capstone', `prod-${own}`, 'registry'), 'AWS::ECR::Repository').map(
      ({ RepositoryName }) => RepositoryName as string,
    );
    expect(names.filter((name) => !filters.some((filter: string) => name.startsWith(filter)))).toEqual([]);
  }
  expect(rules('dev-us-east-1')).toEqual([]);
});

test('what holds data or evidence stays when its stack goes', () => {
  const stateful = [
    'AWS::KMS::Key',
    'AWS::KMS::ReplicaKey',
    'AWS::ECR::Repository',
    'AWS::S3::Bucket',
    'AWS::EKS::Cluster',
  ];
  for (const { estate, cluster } of everyCluster()) {
    for (const part of ['network', 'data', 'cluster', 'registry']) {
      const template = templateOf(estate, cluster.name, part);
      for (const [id, { DeletionPolicy }] of stateful.flatMap((type) => allOf(template, type))) {
        expect([id, DeletionPolicy]).toEqual([id, 'Retain']);
      }
    }
  }
});
