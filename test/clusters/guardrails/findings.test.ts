/** Threats, findings, and what may be done about them without a person. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEACON_CALLS, PROMOTE_CALLS, WATCH_CALLS } from '../../../model/calls';
import { ACTIONS } from '../../../clusters/guardrails/_actions';
import { FAILOVER_SERVICES } from '../../../clusters/guardrails/remediation';
import { root } from '../../helpers/cli';
import { allOf, estateOf, everyCluster, propertiesOf, templateOf } from '../_templates';

const guardrailsOf = (estate: string, cluster: string) => templateOf(estate, cluster, 'guardrails');

test('S4-63: GuardDuty is on in every region, for EKS too', () => {
  for (const { estate, cluster } of everyCluster()) {
    const [detector] = propertiesOf(guardrailsOf(estate, cluster.name), 'AWS::GuardDuty::Detector');
    const on = detector?.['Features'].filter(({ Status }: { Status: string }) => Status === 'ENABLED');
    expect(detector?.['Enable']).toBe(true);
    expect(on.map(({ Name }: { Name: string }) => Name)).toEqual(
      expect.arrayContaining(['EKS_AUDIT_LOGS', 'RUNTIME_MONITORING']),
    );
  }
});

test.each([
  { estate: 'storefront', gathers: 'prod-eu-west-1', other: 'prod-us-east-1', region: 'us-east-1' },
  { estate: 'pilot-light', gathers: 'prod-us-west-2', other: 'prod-us-east-1', region: 'us-east-1' },
  { estate: 'global-tables', gathers: 'prod-us-west-2', other: 'prod-us-east-1', region: 'us-east-1' },
])(
  'S4-65: $gathers reads the findings of $estate without us-east-1',
  ({ estate, gathers, other, region }) => {
    const type = 'AWS::SecurityHub::FindingAggregator';
    const [aggregator] = propertiesOf(guardrailsOf(estate, gathers), type);
    expect(aggregator).toMatchObject({ RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: [region] });
    expect(propertiesOf(guardrailsOf(estate, other), type)).toEqual([]);
  },
);

test('S4-65: each region keeps its own hub and tells its own topic', () => {
  for (const { estate, cluster } of everyCluster()) {
    const template = guardrailsOf(estate, cluster.name);
    expect(propertiesOf(template, 'AWS::SecurityHub::Hub')).toHaveLength(1);
    const told = propertiesOf(template, 'AWS::Events::Rule').find(({ Name }) => Name.endsWith('-findings'));
    expect(told?.['Targets'][0].Arn).toEqual({ Ref: 'alerts' });
  }
});

const arns = (estate: string) =>
  propertiesOf(guardrailsOf(estate, 'prod-us-east-1'), 'AWS::SecurityHub::Standard').map(
    ({ StandardsArn }) => StandardsArn as string,
  );

test('S4-69: Security Hub checks the standards of AWS, CIS and, for card data, PCI DSS', () => {
  expect(arns('global-tables').some((arn) => arn.includes('pci-dss'))).toBe(true);
  expect(arns('storefront').map((arn) => arn.split('/')[1])).toEqual([
    'aws-foundational-security-best-practices',
    'cis-aws-foundations-benchmark',
  ]);
});

test('S4-64, S4-70: every repair has a rule, a target, a runbook and an off switch', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    const template = guardrailsOf(estate, cluster.name);
    const rules = propertiesOf(template, 'AWS::Events::Rule').filter(({ Name }) => Name.includes('-repair-'));
    expect(rules).toHaveLength(Object.keys(ACTIONS).length);
    for (const { Name, State, Targets, Description } of rules) {
      const wanted = model.estate.guardrails.remediation.some((id) => Name.endsWith(id));
      expect(State).toBe(wanted ? 'ENABLED' : 'DISABLED');
      expect(Targets).toHaveLength(1);
      expect(Description).toMatch(
        /Off switch: .* aws events disable-rule .* Runbook: runbooks\/[a-z-]+\.md$/,
      );
      expect(Description.length).toBeLessThanOrEqual(512);
    }
  }
});

const states = (estate: string) =>
  propertiesOf(guardrailsOf(estate, 'prod-us-east-1'), 'AWS::Events::Rule')
    .filter(({ Name }) => Name.includes('-repair-'))
    .map(({ State }) => State);

test('S4-64: the estate switches repairs on by name', () => {
  expect(states('global-tables')).toEqual(['ENABLED', 'ENABLED']);
  expect(states('storefront')).toEqual(['DISABLED', 'DISABLED']);
});

/** The actions of each kind of statement in the roles of a template. */
function actionsOf(template: ReturnType<typeof guardrailsOf>, effect: string, role: RegExp): string[] {
  return allOf(template, 'AWS::IAM::Role')
    .filter(([id]) => role.test(id))
    .flatMap(([, { Properties }]) => Properties['Policies'])
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === effect)
    .flatMap(({ Action }) => Action as string | string[]);
}

test('X-39: no guardrail action may touch failover resources', () => {
  const failover = new Set(
    [...PROMOTE_CALLS, ...WATCH_CALLS, ...BEACON_CALLS].map((call) => call.split(':')[0] ?? ''),
  );
  // Reading metrics and asking who one is change nothing that a failover needs.
  for (const harmless of ['cloudwatch', 'sts']) failover.delete(harmless);
  for (const service of failover) expect(FAILOVER_SERVICES).toContain(service);
  for (const { estate, cluster } of everyCluster()) {
    const template = guardrailsOf(estate, cluster.name);
    const allowed = actionsOf(template, 'Allow', /^repair/).map((action) => action.split(':')[0]);
    expect([...new Set(allowed)].toSorted()).toEqual(['ec2', 'iam', 'ssm']);
    const denied = actionsOf(template, 'Deny', /^repair.*role$/);
    for (const service of FAILOVER_SERVICES) expect(denied).toContain(`${service}:*`);
  }
});

test('X-39: a repair of a security group is refused on every group of an estate', () => {
  const [, role] =
    allOf(guardrailsOf('global-tables', 'prod-us-east-1'), 'AWS::IAM::Role').find(
      ([id]) => id === 'repairopenportsrole',
    ) ?? [];
  const close = role?.Properties['Policies'][0].PolicyDocument.Statement[0];
  expect(close?.Condition).toEqual({ Null: { 'aws:ResourceTag/flipside.dev/estate': 'true' } });
});

test('the inputs of a repair are parameters of its document, and become JSON', () => {
  for (const { estate, cluster } of everyCluster()) {
    const template = guardrailsOf(estate, cluster.name);
    for (const [id, { document, inputs }] of Object.entries(ACTIONS)) {
      const { parameters } = document as { parameters: object };
      expect(Object.keys(parameters).toSorted()).toEqual(
        [...Object.keys(inputs), 'AutomationAssumeRole'].toSorted(),
      );
      const rule = propertiesOf(template, 'AWS::Events::Rule').find(({ Name }) => Name.endsWith(id));
      const shape = rule?.['Targets'][0].InputTransformer.InputTemplate;
      const text = (shape['Fn::Join'][1] as unknown[])
        .map((part) => (typeof part === 'string' ? part : 'arn'))
        .join('');
      expect(() => JSON.parse(text.replaceAll(/<\w+>/g, '"value"'))).not.toThrow();
    }
  }
});

test('S4-116, C-30: every stack of guardrails carries the tags of costs', () => {
  for (const { estate } of everyCluster()) {
    for (const [path, template] of estateOf(estate).templates) {
      const topics = propertiesOf(template, 'AWS::SNS::Topic');
      for (const { Tags } of topics) {
        const keys = Tags.map(({ Key }: { Key: string }) => Key);
        expect([path, keys]).toEqual([
          path,
          expect.arrayContaining(['flipside.dev/estate', 'flipside.dev/environment', 'flipside.dev/owner']),
        ]);
      }
    }
  }
});

test('S4-70: the runbook of every repair exists and names its off switch', () => {
  for (const [id, { runbook }] of Object.entries(ACTIONS)) {
    const text = readFileSync(join(root, runbook), 'utf8');
    expect(text).toContain(`-repair-${id}`);
  }
});
