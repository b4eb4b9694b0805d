/** What exists once in an account: zone, bill, pipeline. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ZONE_OUTPUT } from '../../../model/outputs';
import { modelOf } from '../../../model/estate';
import { root } from '../../helpers/cli';
import { rendered } from '../_rendered';
import {
  allOf,
  estateOf,
  estates,
  everyCluster,
  inputOf,
  propertiesOf,
  templateOf,
  type Json,
  type Template,
} from '../_templates';

const homes = () => everyCluster().filter(({ cluster }) => cluster.position === 'home');

test('S4-31, X-46: one zone for each environment, in the home region, kept when its stack goes', () => {
  for (const { estate, cluster, model } of homes()) {
    const template = templateOf(estate, cluster.name, 'zone');
    const [[, zone] = []] = allOf(template, 'AWS::Route53::HostedZone');
    const { domain } = model.estate;
    const name = cluster.environment === 'prod' ? domain : `${cluster.environment}.${domain}`;
    expect(zone?.Properties['Name']).toBe(`${name}.`.replace(/\.$/, ''));
    expect(zone?.DeletionPolicy).toBe('Retain');
    expect(zone?.Properties['HostedZoneFeatures']).toEqual({ EnableAcceleratedRecovery: true });
    expect(template.Outputs?.[ZONE_OUTPUT]?.Value).toEqual({ Ref: 'zone' });
  }
  for (const { estate } of estates()) {
    const zones = [...estateOf(estate.name).templates.keys()].filter((path) => path.endsWith('-zone.json'));
    expect(zones).toHaveLength(1 + Object.keys(estate.environments).length);
  }
});

test('S4-105, C-23: the budget is told at 50, 80 and 100 %, to the topic and to the owner', () => {
  const [budget] = propertiesOf(
    templateOf('global-tables', 'prod-us-east-1', 'global'),
    'AWS::Budgets::Budget',
  );
  const told = budget?.['NotificationsWithSubscribers'];
  expect(told.map(({ Notification }: Json) => Notification.Threshold)).toEqual([50, 80, 100]);
  for (const { Subscribers } of told) {
    expect(Subscribers.map(({ SubscriptionType }: Json) => SubscriptionType)).toEqual(['SNS', 'EMAIL']);
  }
});

test('S4-106: one budget for each share, by its tag; the amounts add up to that of the estate', () => {
  for (const { estate } of estates().filter(({ estate: { budget } }) => budget)) {
    const home = `prod-${estate.regions.home.name}`;
    const budgets = propertiesOf(templateOf(estate.name, home, 'global'), 'AWS::Budgets::Budget').map(
      ({ Budget }) => Budget,
    );
    const shares = budgets.filter(({ CostFilters }) => CostFilters);
    const [whole] = budgets.filter(({ CostFilters }) => !CostFilters);
    const amounts = shares.map(({ BudgetLimit }) => BudgetLimit.Amount as number);
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(whole?.BudgetLimit.Amount);
    for (const { CostFilters } of shares) {
      expect(CostFilters.TagKeyValue[0]).toMatch(/^user:flipside\.dev\/(team|owner)\$[a-z]+$/);
    }
  }
});

test('S4-103: unexpected costs are looked for and told, in every account', () => {
  for (const { estate, cluster } of homes()) {
    const template = templateOf(estate, cluster.name, 'global');
    const [monitor] = propertiesOf(template, 'AWS::CE::AnomalyMonitor');
    expect(JSON.parse(monitor?.['MonitorSpecification']).Tags.Values).toEqual([estate]);
    const [subscription] = propertiesOf(template, 'AWS::CE::AnomalySubscription');
    expect(subscription?.['Subscribers']).toEqual([{ Type: 'SNS', Address: { Ref: 'alerts' } }]);
    expect(() => JSON.parse(subscription?.['ThresholdExpression'])).not.toThrow();
  }
});

test('S4-62: each role of the pipeline trusts one branch of one repository, and there are such roles in each account', () => {
  for (const { estate, cluster } of homes().filter(({ model }) => model.estate.pipeline)) {
    const roles = propertiesOf(templateOf(estate, cluster.name, 'pipeline'), 'AWS::IAM::Role');
    expect(roles).toHaveLength(2);
    for (const { AssumeRolePolicyDocument } of roles) {
      expect(AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toEqual({
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:example/flipside:ref:refs/heads/main',
      });
    }
  }
});

test('S4-125: accounts differ, and no role of an account trusts another one', () => {
  const capstone = homes().filter(({ estate }) => estate === 'capstone');
  expect(new Set(capstone.map(({ cluster }) => cluster.account)).size).toBe(3);
  for (const { estate, cluster } of everyCluster()) {
    const others = everyCluster()
      .map((one) => one.cluster.account)
      .filter((account) => account !== cluster.account);
    for (const [path, template] of estateOf(estate).templates) {
      if (!path.startsWith(`aws/${cluster.name}-`)) continue;
      const trust = JSON.stringify(
        propertiesOf(template, 'AWS::IAM::Role').map((role) => role['AssumeRolePolicyDocument']),
      );
      expect(others.filter((account) => trust.includes(account))).toEqual([]);
    }
  }
});

const shields = (templates: ReadonlyMap<string, Template>) =>
  [...templates].flatMap(([path, template]) =>
    propertiesOf(template, 'AWS::Shield::Protection').map(() => path),
  );

test('S1-57, S4-143, X-26: Shield Advanced is off, and one switch protects load balancers and zone', () => {
  expect(shields(estateOf('storefront').templates)).toEqual([]);
  const input = inputOf('storefront');
  const guardrails = { ...input.estate.guardrails, shield: true };
  expect(shields(rendered(modelOf({ ...input, estate: { ...input.estate, guardrails } })))).toEqual([
    'aws/prod-us-east-1-alarms.json',
    'aws/prod-eu-west-1-alarms.json',
    'aws/prod-us-east-1-zone.json',
  ]);
});

test('S1-03, S4-85: the bootstrap bucket that stacks are deployed through is private, encrypted and versioned', () => {
  const path = join(root, 'node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml');
  const { Resources } = parse(readFileSync(path, 'utf8'), { logLevel: 'silent' });
  const { Properties, DeletionPolicy, UpdateReplacePolicy } = Resources.StagingBucket;
  expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  expect(JSON.stringify(Properties.BucketEncryption)).toContain('aws:kms');
  expect(JSON.stringify(Properties.PublicAccessBlockConfiguration)).toContain('"BlockPublicAcls":true');
  expect([DeletionPolicy, UpdateReplacePolicy]).toContain('Retain');
});

test('no template of any stack needs an asset: nothing has to be uploaded before it can be deployed', () => {
  for (const { estate } of estates()) {
    for (const template of estateOf(estate.name).templates.values()) {
      expect(JSON.stringify(template)).not.toMatch(/cdk-hnb659fds-assets/);
    }
  }
});
