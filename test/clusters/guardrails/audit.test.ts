/** The audit trail, Config and the buckets that keep them. */
import { allOf, estateOf, estates, everyCluster, propertiesOf, templateOf } from '../_templates';

const RECORDED = { S3: 'AWS::S3::Object', tables: 'AWS::DynamoDB::Table' };

test.each(['storefront', 'capstone', 'pilot-light', 'warm-standby', 'global-tables'])(
  'S1-62, S4-147: %s has one multi-region trail in an account, with data events and validated files',
  (estate) => {
    const accounts = everyCluster().filter((one) => one.estate === estate);
    const trails = accounts.map(
      ({ cluster }) =>
        [
          cluster,
          propertiesOf(templateOf(estate, cluster.name, 'guardrails'), 'AWS::CloudTrail::Trail'),
        ] as const,
    );
    for (const [cluster, found] of trails) expect(found).toHaveLength(cluster.position === 'home' ? 1 : 0);
    for (const [, [trail]] of trails.filter(([{ position }]) => position === 'home')) {
      expect(trail).toMatchObject({
        IsLogging: true,
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        EnableLogFileValidation: true,
      });
      expect(trail?.['KMSKeyId']).toBeDefined();
      const fields = JSON.stringify(trail?.['AdvancedEventSelectors']);
      for (const type of ['Management', ...Object.values(RECORDED)]) expect(fields).toContain(type);
    }
  },
);

test('the trail and Config wait for the policy of their bucket', () => {
  const template = templateOf('storefront', 'prod-us-east-1', 'guardrails');
  for (const type of ['AWS::CloudTrail::Trail', 'AWS::Config::DeliveryChannel']) {
    const [[, resource] = []] = allOf(template, type);
    expect(resource?.DependsOn).toContain('auditpolicy');
  }
});

test('S1-63, S4-146: Config records everything in each region, IAM in one of them', () => {
  for (const { estate, cluster } of everyCluster()) {
    const [recorder] = propertiesOf(
      templateOf(estate, cluster.name, 'guardrails'),
      'AWS::Config::ConfigurationRecorder',
    );
    expect(recorder?.['RecordingGroup']).toEqual({
      AllSupported: true,
      IncludeGlobalResourceTypes: cluster.position === 'home',
    });
  }
});

test.each([
  ['encryption', 'ENCRYPTED_VOLUMES'],
  ['encryption', 'RDS_STORAGE_ENCRYPTED'],
  ['public access', 'S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'],
  ['public access', 'RDS_INSTANCE_PUBLIC_ACCESS_CHECK'],
  ['backup', 'AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN'],
  ['backup', 'DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN'],
  ['backup', 'DYNAMODB_PITR_ENABLED'],
])('S1-63: a rule on %s is %s, in every region', (_, id) => {
  for (const { estate, cluster } of everyCluster()) {
    const rules = propertiesOf(templateOf(estate, cluster.name, 'guardrails'), 'AWS::Config::ConfigRule');
    expect(rules.map(({ Source }) => Source.SourceIdentifier)).toContain(id);
  }
});

test('S4-111, X-38: audit logs stay for twelve months or longer', () => {
  for (const { estate, cluster } of everyCluster()) {
    if (estate === 'global-tables') continue;
    const [bucket] = propertiesOf(templateOf(estate, cluster.name, 'guardrails'), 'AWS::S3::Bucket');
    const days = bucket?.['LifecycleConfiguration'].Rules[0].ExpirationInDays;
    expect(days).toBeGreaterThanOrEqual(365);
  }
});

test('S4-73, S4-111: every log group says how long it keeps', () => {
  for (const { estate, cluster } of everyCluster()) {
    const groups = propertiesOf(templateOf(estate, cluster.name, 'rotation'), 'AWS::Logs::LogGroup');
    for (const { RetentionInDays } of groups) expect(RetentionInDays).toBeGreaterThanOrEqual(30);
    expect(groups).toHaveLength(1);
  }
});

test('S4-13: a table over the flow logs in S3 and a saved query read what CloudWatch keeps no longer', () => {
  const template = templateOf('global-tables', 'prod-us-west-2', 'search');
  const [table] = propertiesOf(template, 'AWS::Glue::Table');
  expect(table?.['TableInput'].StorageDescriptor.Location).toBe(
    's3://prod-us-west-2-global-tables-logs-555555555555/flow/AWSLogs/aws-account-id=555555555555/aws-service=vpcflowlogs/aws-region=us-west-2/',
  );
  const [query] = propertiesOf(template, 'AWS::Athena::NamedQuery');
  expect(query?.['Database']).toBe(table?.['DatabaseName']);
  expect(query?.['QueryString']).toContain(`FROM ${table?.['TableInput'].Name}`);
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (2026-11) */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

test('S4-111: every log group of every stack keeps for a time that CloudWatch Logs knows', () => {
  for (const { estate } of estates()) {
    for (const [path, template] of estateOf(estate.name).templates) {
      for (const { LogGroupName, RetentionInDays } of propertiesOf(template, 'AWS::Logs::LogGroup')) {
        expect([path, LogGroupName, RETENTIONS.includes(RetentionInDays)]).toEqual([
          path,
          LogGroupName,
          true,
        ]);
      }
    }
  }
});
