/** What AWS answers to each call, from the state of the fake. */
import { type Call, failure, type FakeAws, type Reply, type StoreState } from './_shapes';

type Answer = (aws: FakeAws, call: Call) => Reply;

/** The answer to a call. */
export function answers(aws: FakeAws, call: Call): Reply {
  const answer = ANSWERS[call.action];
  return answer ? answer(aws, call) : failure('InvalidAction', `no answer for ${call.action}`);
}

const ok = (action: string, result: string): Reply => [
  200,
  `<${action}Response xmlns="http://test/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>test</RequestId></ResponseMetadata></${action}Response>`,
];

const tag = (name: string, value: string | number | boolean) => `<${name}>${value}</${name}>`;

const arnOf = (aws: FakeAws, { store }: StoreState, region: string) =>
  store.kind === 'Cache'
    ? `arn:aws:elasticache:${region}:${aws.account}:replicationgroup:${store.members[region]}`
    : `arn:aws:rds:${region}:${aws.account}:cluster:${store.members[region]}`;

const find = (aws: FakeAws, match: (state: StoreState) => boolean): StoreState | undefined =>
  aws.stores.find(match);

const regionsOf = ({ store }: StoreState) => Object.keys(store.members);

function globalXml(aws: FakeAws, state: StoreState): string {
  const members = regionsOf(state).map((region) =>
    tag(
      'GlobalClusterMember',
      tag('DBClusterArn', arnOf(aws, state, region)) +
        '<Readers/>' +
        tag('IsWriter', state.writer === region) +
        tag('GlobalWriteForwardingStatus', 'disabled') +
        tag('SynchronizationStatus', state.synchronization[region] ?? 'connected'),
    ),
  );
  const moving = tag('FailoverState', tag('Status', 'failing-over') + tag('IsDataLossAllowed', true));
  return (
    tag('GlobalClusterIdentifier', state.store.globalId) +
    tag('Status', state.moving ? 'failing-over' : 'available') +
    tag('Engine', 'aurora-postgresql') +
    tag('EngineVersion', state.versions[state.writer] ?? '') +
    tag('GlobalClusterMembers', members.join('')) +
    (state.moving ? moving : '')
  );
}

function clusterXml(aws: FakeAws, state: StoreState, region: string): string {
  const instances = Array.from({ length: state.instances[region] ?? 0 }, (_, i) =>
    tag(
      'DBClusterMember',
      tag('DBInstanceIdentifier', `${state.store.members[region]}-${i}`) +
        tag('IsClusterWriter', i === 0) +
        tag('DBClusterParameterGroupStatus', 'in-sync') +
        tag('PromotionTier', 1),
    ),
  );
  return tag(
    'DBCluster',
    tag('DBClusterIdentifier', state.store.members[region] ?? '') +
      tag('DBClusterArn', arnOf(aws, state, region)) +
      tag('Status', state.status[region] ?? '') +
      tag('Engine', 'aurora-postgresql') +
      tag('EngineVersion', state.versions[region] ?? '') +
      tag('DBClusterMembers', instances.join('')),
  );
}

const datastoreXml = (state: StoreState) =>
  tag('GlobalReplicationGroupId', state.store.globalId) +
  tag('Status', state.moving ? 'modifying' : 'available') +
  tag('Engine', 'valkey') +
  tag('EngineVersion', '8.2.0') +
  tag(
    'Members',
    regionsOf(state)
      .map((region) =>
        tag(
          'GlobalReplicationGroupMember',
          tag('ReplicationGroupId', state.store.members[region] ?? '') +
            tag('ReplicationGroupRegion', region) +
            tag('Role', state.writer === region ? 'PRIMARY' : 'SECONDARY') +
            tag('Status', state.status[region] ?? ''),
        ),
      )
      .join(''),
  );

/** Tags are read and written at the endpoint of the resource's own region, as in AWS. */
function tagged(aws: FakeAws, { region, parameters }: Call): Record<string, string> | undefined {
  const state = find(aws, (one) => arnOf(aws, one, region) === parameters['ResourceName']);
  return state?.tags[region];
}

const tagList: Answer = (aws, call) => {
  const tags = tagged(aws, call);
  if (!tags) return failure('DBClusterNotFoundFault', 'no such resource in this region', 404);
  const list = Object.entries(tags).map(([key, value]) => tag('Tag', tag('Key', key) + tag('Value', value)));
  return ok(call.action.split(':')[1] ?? '', tag('TagList', list.join('')));
};

const tagWrite: Answer = (aws, call) => {
  const tags = tagged(aws, call);
  if (!tags) return failure('DBClusterNotFoundFault', 'no such resource in this region', 404);
  for (const [name, key] of Object.entries(call.parameters).filter(([one]) => one.endsWith('.Key')))
    tags[key] = call.parameters[name.replace(/Key$/, 'Value')] ?? '';
  return ok('AddTagsToResource', '<TagList/>');
};

/** A switchover is carried out at the writer's endpoint, a failover at the target's. */
const move =
  (action: string, at: (state: StoreState, target: string) => string): Answer =>
  (aws, call) => {
    const state = find(aws, ({ store }) => store.globalId === call.parameters['GlobalClusterIdentifier']);
    if (!state) return failure('GlobalClusterNotFoundFault', 'no such global cluster', 404);
    const target = call.parameters['TargetDbClusterIdentifier']?.split(':')[3] ?? '';
    if (at(state, target) !== call.region)
      return failure('InvalidDBClusterStateFault', `wrong region ${call.region}`);
    state.writer = target;
    return ok(action, tag('GlobalCluster', globalXml(aws, state)));
  };

const ANSWERS: Readonly<Record<string, Answer>> = {
  'sts:GetCallerIdentity': ({ account }) =>
    ok('GetCallerIdentity', tag('Account', account) + tag('Arn', `arn:aws:sts::${account}:assumed-role/r/s`)),
  'rds:DescribeGlobalClusters': (aws, { parameters }) => {
    const state = find(aws, ({ store }) => store.globalId === parameters['GlobalClusterIdentifier']);
    if (!state) return failure('GlobalClusterNotFoundFault', 'no such global cluster', 404);
    return ok(
      'DescribeGlobalClusters',
      tag('GlobalClusters', tag('GlobalClusterMember', globalXml(aws, state))),
    );
  },
  'rds:DescribeDBClusters': (aws, { region, parameters }) => {
    const state = find(aws, ({ store }) => store.members[region] === parameters['DBClusterIdentifier']);
    if (!state) return failure('DBClusterNotFoundFault', 'no such cluster in this region', 404);
    return ok('DescribeDBClusters', tag('DBClusters', clusterXml(aws, state, region)));
  },
  'rds:ListTagsForResource': tagList,
  'rds:AddTagsToResource': tagWrite,
  'rds:SwitchoverGlobalCluster': move('SwitchoverGlobalCluster', ({ writer }) => writer),
  'rds:FailoverGlobalCluster': move('FailoverGlobalCluster', (_, target) => target),
  'elasticache:DescribeGlobalReplicationGroups': (aws, { parameters }) => {
    const state = find(aws, ({ store }) => store.globalId === parameters['GlobalReplicationGroupId']);
    if (!state) return failure('GlobalReplicationGroupNotFoundFault', 'no such group', 404);
    return ok(
      'DescribeGlobalReplicationGroups',
      tag('GlobalReplicationGroups', tag('GlobalReplicationGroup', datastoreXml(state))),
    );
  },
  'elasticache:ListTagsForResource': tagList,
  'elasticache:AddTagsToResource': tagWrite,
  'elasticache:FailoverGlobalReplicationGroup': (aws, { parameters }) => {
    const state = find(aws, ({ store }) => store.globalId === parameters['GlobalReplicationGroupId']);
    if (!state) return failure('GlobalReplicationGroupNotFoundFault', 'no such group', 404);
    state.writer = parameters['PrimaryRegion'] ?? '';
    return ok('FailoverGlobalReplicationGroup', tag('GlobalReplicationGroup', datastoreXml(state)));
  },
  'cloudwatch:GetMetricData': ({ lag }, { parameters }) => [
    200,
    JSON.stringify({ MetricDataResults: metricResults(parameters['body'] ?? '{}', lag) }),
  ],
};

interface MetricQuery {
  readonly Id: string;
  readonly MetricStat: { readonly Metric: { readonly Dimensions: readonly { readonly Name: string }[] } };
}

/** CloudWatch answers only to the exact set of dimensions. */
function metricResults(body: string, lag: FakeAws['lag']) {
  const { MetricDataQueries } = JSON.parse(body) as { MetricDataQueries: readonly MetricQuery[] };
  return MetricDataQueries.map(({ Id, MetricStat }) => {
    const names = MetricStat.Metric.Dimensions.map(({ Name }) => Name).join();
    const values = lag.filter(({ dimensions }) => names === dimensions.join()).map(({ value }) => value);
    return { Id, Values: values, Timestamps: values.map(() => Date.now() / 1000) };
  });
}
