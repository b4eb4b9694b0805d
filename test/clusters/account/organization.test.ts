/** What the organization refuses, and that a failover is not among it. */
import { BEACON_CALLS, PROMOTE_CALLS, WATCH_CALLS } from '../../../model/calls';
import { estateOf, estates, propertiesOf, templateOf, type Json } from '../_templates';

const organization = () => templateOf('global-tables', 'prod-us-east-1', 'organization');

const contents = (type: string) =>
  propertiesOf(organization(), 'AWS::Organizations::Policy')
    .filter(({ Type }) => Type === type)
    .map(({ Name, Content }) => ({ name: Name as string, content: Content }));

/** True if an action of a policy, with `*` for anything, covers a call. */
const covers = (action: string, call: string) =>
  new RegExp(`^${action.replaceAll('*', '.*')}$`, 'i').test(call);

test('S4-123: the policies keep regions, audit trail and backups', () => {
  const denied = contents('SERVICE_CONTROL_POLICY').flatMap(({ content }) =>
    content.Statement.flatMap(({ Action = [] }: Json) => Action as string | string[]),
  );
  for (const action of ['cloudtrail:StopLogging', 'backup:DeleteRecoveryPoint', 'guardduty:DeleteDetector']) {
    expect(denied).toContain(action);
  }
  const regions = contents('SERVICE_CONTROL_POLICY').find(({ name }) => name.endsWith('-regions'));
  expect(regions?.content.Statement[0].Condition).toEqual({
    StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] },
  });
});

test.each([...new Set([...PROMOTE_CALLS, ...WATCH_CALLS, ...BEACON_CALLS])])(
  'S4-123: no policy refuses %s, which a failover calls',
  (call) => {
    for (const { content } of contents('SERVICE_CONTROL_POLICY')) {
      for (const { Action, NotAction, Condition } of content.Statement) {
        const refused = Action
          ? [Action].flat().some((action: string) => covers(action, call))
          : !NotAction.some((action: string) => covers(action, call));
        // A refusal by region spares the regions of the estate, which a failover never leaves.
        const spared = Condition?.StringNotEquals?.['aws:RequestedRegion'] ?? [];
        expect(refused && !(spared.includes('us-east-1') && spared.includes('us-west-2'))).toBe(false);
      }
    }
  },
);

test('a policy that would refuse a promotion is seen', () => {
  expect(covers('rds:*', 'rds:FailoverGlobalCluster')).toBe(true);
  expect(covers('rds:DeleteDBClusterSnapshot', 'rds:FailoverGlobalCluster')).toBe(false);
});

test('a service control policy fits: 5,120 characters each, five on a unit with the one of AWS', () => {
  const policies = contents('SERVICE_CONTROL_POLICY');
  expect(policies.length).toBeLessThanOrEqual(4);
  for (const { content } of policies) expect(JSON.stringify(content).length).toBeLessThanOrEqual(5120);
});

test('S4-107: a tag policy gives cost tags one spelling', () => {
  const [{ content } = { content: undefined }] = contents('TAG_POLICY');
  expect(content.tags.estate.tag_key['@@assign']).toBe('flipside.dev/estate');
  expect(content.tags.estate.tag_value['@@assign']).toEqual(['global-tables']);
  expect(content.tags.estate.enforced_for['@@assign']).toContain('rds:cluster');
});

test('the tags that a fence is made of are in no tag policy', () => {
  expect(JSON.stringify(contents('TAG_POLICY'))).not.toMatch(/epoch|promoted/);
});

test('S4-124: the trail and Config deliver into the bucket of the log account, in each region', () => {
  for (const region of ['us-east-1', 'us-west-2']) {
    const [bucket] = propertiesOf(
      templateOf('global-tables', `prod-${region}`, 'central-logs'),
      'AWS::S3::Bucket',
    );
    const name = bucket?.['BucketName'] as string;
    expect(name).toMatch(/555555555559$/);
    const guardrails = templateOf('global-tables', `prod-${region}`, 'guardrails');
    const [channel] = propertiesOf(guardrails, 'AWS::Config::DeliveryChannel');
    expect(channel?.['S3BucketName']).toBe(name);
    expect(propertiesOf(guardrails, 'AWS::S3::Bucket')).toEqual([]);
    for (const trail of propertiesOf(guardrails, 'AWS::CloudTrail::Trail')) {
      expect(trail['S3BucketName']).toBe(name);
      expect(trail['KMSKeyId']).toBe(`arn:aws:kms:${region}:555555555559:alias/global-tables-audit`);
    }
  }
});

test('S4-124: members may write into it and not read', () => {
  const [policy] = propertiesOf(
    templateOf('global-tables', 'prod-us-east-1', 'central-logs'),
    'AWS::S3::BucketPolicy',
  );
  const allowed = policy?.['PolicyDocument'].Statement.filter(({ Effect }: Json) => Effect === 'Allow');
  for (const { Action, Condition } of allowed) {
    for (const action of [Action].flat()) {
      expect(['s3:PutObject', 's3:GetBucketAcl', 's3:ListBucket']).toContain(action);
    }
    expect(JSON.stringify(Condition)).toContain('o-flipside01');
  }
});

test('S4-126: the listed controls of Control Tower are on for the unit', () => {
  const controls = propertiesOf(organization(), 'AWS::ControlTower::EnabledControl');
  expect(controls.map(({ ControlIdentifier }) => ControlIdentifier.split('/').at(-1))).toEqual([
    'AWS-GR_RESTRICT_ROOT_USER',
    'AWS-GR_ENCRYPTED_VOLUMES',
  ]);
  for (const { TargetIdentifier } of controls) {
    expect(TargetIdentifier).toBe('arn:aws:organizations::555555555550:ou/o-flipside01/ou-flip-prod0001');
  }
});

test('without an organization nothing of it renders', () => {
  for (const { estate } of estates().filter(({ estate: { organization: one } }) => !one)) {
    const paths = [...estateOf(estate.name).templates.keys()];
    expect(paths.filter((path) => /organization|central/.test(path))).toEqual([]);
  }
});
