/** Who pods are in AWS, and what they may do there. */
import { PROVIDER_ACTIONS } from '../../clusters/identity/provider-actions';
import { BEACON_CALLS, PROMOTE_CALLS, WATCH_CALLS } from '../../model/calls';
import { PROVIDER_SERVICES } from '../../model/identities';
import { regionalNameOf } from '../../model/names';
import { flipPlanOf } from '../../model/flip';
import { workloadsOf } from '../../model/workload';
import { kinds } from '../../platform/apis';
import { allOf, estateOf, everyCluster, propertiesOf, type Template, templateOf } from './_templates';

const identity = (estate: string, cluster: string) => templateOf(estate, cluster, 'identity');

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of the role of a service account. */
function statementsOf(template: Template, namespace: string, name: string): Statement[] {
  const association = propertiesOf(template, 'AWS::EKS::PodIdentityAssociation').find(
    ({ Namespace, ServiceAccount }) => Namespace === namespace && ServiceAccount === name,
  );
  const role = template.Resources[association?.['RoleArn']['Fn::GetAtt'][0]]?.Properties;
  return role?.['Policies']?.[0].PolicyDocument.Statement ?? [];
}

const actionsOf = (statements: readonly Statement[]) =>
  [...new Set(statements.flatMap(({ Action }) => Action))].toSorted();

/** The calls of `all` on stores that the estate has. */
const possible = (all: readonly string[], kindsThere: ReadonlySet<string>) =>
  all.filter(
    (call) =>
      (!call.startsWith('rds:') || kindsThere.has('PostgresDatabase')) &&
      (!call.startsWith('elasticache:') || kindsThere.has('Cache')),
  );

test.each([
  ['flipside-promote', PROMOTE_CALLS],
  ['flipside-beacon', BEACON_CALLS],
  ['flipside-watch', WATCH_CALLS],
])('%s may make exactly the calls of its list', (program, calls) => {
  for (const { estate, cluster, model } of everyCluster()) {
    const plan = flipPlanOf(model, cluster);
    if (!plan) continue;
    if (program === 'flipside-watch' && !model.primaryRegion.spec.trigger.automatic) continue;
    const statements = statementsOf(identity(estate, cluster.name), 'flipside-system', program);
    const there = new Set(plan.stores.map(({ kind }) => kind));
    expect(actionsOf(statements)).toEqual(possible(calls, there).toSorted());
  }
});

test('a promotion touches the estate’s own stores, and marks those of its own region alone', () => {
  const statements = statementsOf(
    identity('warm-standby', 'prod-us-west-2'),
    'flipside-system',
    'flipside-promote',
  );
  const on = (action: string) => statements.find(({ Action }) => Action.includes(action))?.Resource;
  expect(on('rds:FailoverGlobalCluster')).toEqual([
    'arn:aws:rds::444444444444:global-cluster:prod-warm-standby-shop-orders',
    'arn:aws:rds:us-west-2:444444444444:cluster:prod-us-west-2-warm-standby-shop-orders',
    'arn:aws:rds:us-east-1:444444444444:cluster:prod-us-east-1-warm-standby-shop-orders',
  ]);
  expect(on('rds:AddTagsToResource')).toEqual([
    'arn:aws:rds:us-west-2:444444444444:cluster:prod-us-west-2-warm-standby-shop-orders',
  ]);
});

test('only the promotion moves a writer, and no role deletes a store', () => {
  const moving = /:(Failover|Switchover)Global/;
  const deleting =
    /^(rds:(Delete(DBCluster|GlobalCluster)|RemoveFromGlobalCluster)|elasticache:(Delete|Disassociate)|dynamodb:DeleteTable|s3:DeleteBucket|secretsmanager:DeleteSecret|kms:(Schedule|Disable))/;
  for (const { estate, cluster } of everyCluster()) {
    for (const [id, { Properties }] of allOf(identity(estate, cluster.name), 'AWS::IAM::Role')) {
      const actions = actionsOf(Properties['Policies']?.[0].PolicyDocument.Statement ?? []);
      expect([id, actions.filter((action) => deleting.test(action))]).toEqual([id, []]);
      if (id.endsWith('flipsidepromote')) continue;
      expect([id, actions.filter((action) => moving.test(action))]).toEqual([id, []]);
    }
  }
});

test('S0-56, S4-22, S4-61: one role for each service account, each bounded, none taken by anybody else', () => {
  for (const { estate, cluster } of everyCluster()) {
    const template = identity(estate, cluster.name);
    const associations = propertiesOf(template, 'AWS::EKS::PodIdentityAssociation');
    const roles = allOf(template, 'AWS::IAM::Role');
    expect(new Set(associations.map(({ RoleArn }) => RoleArn['Fn::GetAtt'][0])).size).toBe(roles.length);
    expect(associations).toHaveLength(roles.length);
    expect(new Set(roles.map(([, { Properties }]) => Properties['RoleName'])).size).toBe(roles.length);
    for (const [, { Properties }] of roles) {
      expect(Properties['RoleName'].length).toBeLessThanOrEqual(64);
      expect(Properties['PermissionsBoundary']).toBe(
        `arn:aws:iam::${cluster.account}:policy/${cluster.environment}-${estate}-boundary`,
      );
      const [trust] = Properties['AssumeRolePolicyDocument'].Statement;
      expect(trust.Condition.StringEquals).toMatchObject({
        'aws:SourceAccount': cluster.account,
        'aws:RequestTag/eks-cluster-arn': `arn:aws:eks:${cluster.region}:${cluster.account}:cluster/${cluster.name}`,
      });
    }
  }
});

/** Calls for which IAM knows neither a resource nor a tag; each is accepted in the estates' waivers. */
const UNNAMED = [
  'dax:CreateParameterGroup',
  'dax:CreateSubnetGroup',
  'dax:UpdateParameterGroup',
  'dax:UpdateSubnetGroup',
  'route53:CreateHealthCheck',
];

test('S0-56: no role is allowed everything, and changes on everything are only those that AWS cannot narrow', () => {
  const wide = new Set<string>();
  for (const { estate, cluster } of everyCluster()) {
    for (const [, { Properties }] of allOf(identity(estate, cluster.name), 'AWS::IAM::Role')) {
      const statements: Statement[] = Properties['Policies']?.[0].PolicyDocument.Statement ?? [];
      for (const { Action, Resource, Condition } of statements) {
        const actions = [Action].flat();
        expect(actions.filter((action) => /^(\*|[a-z0-9-]+:\*)$/.test(action))).toEqual([]);
        if (Resource !== '*' || Condition) continue;
        for (const action of actions.filter((one) => !/:(Describe|Get|List)/.test(one))) wide.add(action);
      }
    }
  }
  expect([...wide].toSorted()).toEqual(UNNAMED);
});

/** The statement that allows a provider of storefront's home region an action. */
const ofProvider = (service: string, action: string, estate = 'storefront', cluster = 'prod-us-east-1') =>
  statementsOf(identity(estate, cluster), 'crossplane-system', `provider-aws-${service}`).find(({ Action }) =>
    Action.includes(action),
  );

test('records are written in the hosted zone of the environment alone, by the home region', () => {
  expect(ofProvider('route53', 'route53:ChangeResourceRecordSets')?.Resource).toEqual([
    { 'Fn::Join': ['', ['arn:aws:route53:::hostedzone/', { Ref: 'HostedZoneId' }]] },
  ]);
  expect(identity('storefront', 'prod-eu-west-1').Parameters).toBeUndefined();
});

test('certificates are asked for with the tag of the estate, and only those are changed', () => {
  expect(ofProvider('acm', 'acm:RequestCertificate')?.Condition).toEqual({
    StringEquals: { 'aws:RequestTag/flipside.dev/estate': 'storefront' },
  });
  expect(ofProvider('acm', 'acm:DeleteCertificate')?.Condition).toEqual({
    StringEquals: { 'aws:ResourceTag/flipside.dev/estate': 'storefront' },
  });
});

/** Whether IAM takes an ARN for one of a statement. */
const covers = (statement: Statement | undefined, arn: string) =>
  [statement?.Resource]
    .flat()
    .some((one) => new RegExp(`^${String(one).replaceAll('*', '.*').replaceAll('?', '.')}$`).test(arn));

test.each([
  ['prod-us-east-1', 'us-east-1'],
  ['prod-us-west-2', 'us-west-2'],
])('the cluster of DAX that a table gets in %s is one that its provider may make', (cluster, region) => {
  const id = { estate: 'global-tables', environment: 'prod', namespace: 'app', name: 'items' };
  const allowed = ofProvider('dax', 'dax:CreateCluster', 'global-tables', cluster);
  const arn = `arn:aws:dax:${region}:555555555555:cache/`;
  expect(covers(allowed, `${arn}${regionalNameOf('dax', id, region)}`)).toBe(true);
  expect(covers(allowed, `${arn}reports`)).toBe(false);
});

const ofWaf = (rest: string) => `arn:aws:wafv2:us-east-1:111111111111:${rest}`;

test('a web ACL is one of the estate, for a load balancer or for the CDN, and so are the rules that AWS keeps', () => {
  const allowed = ofProvider('wafv2', 'wafv2:CreateWebACL');
  expect(covers(allowed, ofWaf('regional/webacl/prod-storefront-shop-site-web-acl/1'))).toBe(true);
  expect(covers(allowed, ofWaf('global/webacl/prod-storefront-shop-site-web-acl-cdn/1'))).toBe(true);
  expect(covers(allowed, ofWaf('regional/managedruleset/*/*'))).toBe(true);
  expect(covers(allowed, ofWaf('regional/webacl/reports/1'))).toBe(false);
});

test('every provider that the kinds need has a role, and no other', () => {
  const needed = kinds.flatMap(({ activates }) => activates).flatMap((name) => name.split('.')[1] ?? []);
  expect([...PROVIDER_SERVICES]).toEqual([...new Set(needed)].toSorted());
  expect(Object.keys(PROVIDER_ACTIONS).toSorted()).toEqual([...PROVIDER_SERVICES]);
});

test('X-46: the peer looks at what exists once, and changes none of it', () => {
  const once = PROVIDER_SERVICES.filter((service) => PROVIDER_ACTIONS[service].once);
  expect(once).toEqual(expect.arrayContaining(['cloudfront', 'iam', 'route53']));
  for (const service of once) {
    const statements = statementsOf(
      identity('storefront', 'prod-eu-west-1'),
      'crossplane-system',
      `provider-aws-${service}`,
    );
    expect(actionsOf(statements).filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
  }
});

test('a provider makes roles only under the boundary, in the region of home', () => {
  const [, change] = statementsOf(
    identity('storefront', 'prod-us-east-1'),
    'crossplane-system',
    'provider-aws-iam',
  );
  expect(change?.Action).toContain('iam:CreateRole');
  expect(change?.Condition).toEqual({
    StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111111111111:policy/prod-storefront-boundary' },
  });
});

/** The actions of a service in one cluster. */
const actionsOfService = (estate: string, cluster: string, team: string, service: string) =>
  actionsOf(statementsOf(identity(estate, cluster), team, service));

test('S1-20, S1-60: a service may do what its claims need; it pulls no image and knows no node', () => {
  expect(actionsOfService('capstone', 'prod-us-east-1', 'order', 'order')).toEqual(['rds-db:connect']);
  expect(actionsOfService('storefront', 'prod-eu-west-1', 'shop', 'cart')).toEqual([]);
  expect(actionsOfService('global-tables', 'prod-us-west-2', 'app', 'api')).toEqual(
    expect.arrayContaining(['dax:GetItem', 'dynamodb:PutItem', 'kms:Decrypt']),
  );
  for (const { estate, cluster, model } of everyCluster()) {
    for (const { service } of workloadsOf(model, cluster)) {
      const all = actionsOfService(estate, cluster.name, service.team, service.name);
      expect(all.filter((action) => /^(ecr|ec2|eks|iam|sts):/.test(action))).toEqual([]);
    }
  }
});

test('S1-09: no service reaches another one’s bucket, table or secret', () => {
  const { model } = estateOf('global-tables');
  const [cluster] = model.clusters;
  const statements = statementsOf(identity('global-tables', cluster?.name ?? ''), 'app', 'web');
  expect(JSON.stringify(statements)).toContain('app-assets');
  expect(JSON.stringify(statements)).not.toContain('app-items');
});

/** What delivers secrets to storefront. */
const ofSecrets = (cluster: string) =>
  statementsOf(identity('storefront', cluster), 'external-secrets', 'external-secrets');

test('External Secrets writes at home and only reads in the peer, secrets of claims alone', () => {
  expect(actionsOf(ofSecrets('prod-us-east-1'))).toContain('secretsmanager:PutSecretValue');
  expect(actionsOf(ofSecrets('prod-eu-west-1'))).toEqual([
    'kms:Decrypt',
    'secretsmanager:DescribeSecret',
    'secretsmanager:GetSecretValue',
  ]);
  expect(ofSecrets('prod-eu-west-1')[0]?.Resource).toContain(
    'arn:aws:secretsmanager:eu-west-1:111111111111:secret:prod-storefront-shop-orders-??????',
  );
});
