/** Alarms and canaries: what is watched, from where, and that none of it flips anything. */
import { App } from 'aws-cdk-lib';
import { stacksOf } from '../../../clusters';
import { modelOf } from '../../../model/estate';
import { estateOf, estates, everyCluster, inputOf, propertiesOf, templateOf, type Json } from '../_templates';

const alarmsIn = (estate: string, cluster: string, part = 'alarms') =>
  propertiesOf(templateOf(estate, cluster, part), 'AWS::CloudWatch::Alarm');

const every = () =>
  estates().flatMap(({ estate }) =>
    [...estateOf(estate.name).templates].flatMap(([path, template]) =>
      propertiesOf(template, 'AWS::CloudWatch::Alarm').map((alarm) => ({ path, template, alarm })),
    ),
  );

test.each([
  ['storefront', 'prod-eu-west-1', 60_000],
  ['storefront', 'prod-us-east-1', 60_000],
  ['capstone', 'prod-eu-west-1', 300_000],
  ['warm-standby', 'prod-us-west-2', 300_000],
])('S0-04, C-09: in %s the lag of Aurora in %s is held against %d ms', (estate, cluster, limit) => {
  const { model } = estateOf(estate);
  const claims = model.claims.filter(({ kind }) => kind === 'PostgresDatabase');
  const lags = alarmsIn(estate, cluster).filter(({ Metrics }) =>
    Metrics?.[0].Expression.includes('AuroraGlobalDBReplicationLag'),
  );
  expect(lags).toHaveLength(claims.length);
  for (const { Threshold, Metrics } of lags) {
    expect(Threshold).toBe(limit);
    expect(Metrics[0].Expression).toContain(`'${cluster}-`);
  }
});

test('C-09: every replicated claim has an alarm where it is copied to; a table brings its own', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    if (!cluster.placement.peer) continue;
    const names = alarmsIn(estate, cluster.name).map(({ AlarmName }) => AlarmName as string);
    const replicated = model.claims.filter(
      (claim) =>
        claim.kind === 'PostgresDatabase' ||
        (claim.kind === 'Bucket' && claim.spec.replication === 'both') ||
        (claim.kind === 'Cache' && claim.spec.scope === 'global'),
    );
    for (const { metadata } of replicated) {
      expect(names).toContain(`${cluster.name}-lag-${metadata.namespace}-${metadata.name}`);
    }
  }
});

test('S4-89: the alarm of a table reaches the topic, though its claim knows none', () => {
  const template = templateOf('global-tables', 'prod-us-east-1', 'alarms');
  const [rule] = propertiesOf(template, 'AWS::Events::Rule');
  expect(rule?.['EventPattern'].detail.alarmName).toEqual([{ suffix: '.replication-lag' }]);
});

test('S3-23: an alarm on pending time of a bucket stands in the region that is copied to', () => {
  const [lag] = alarmsIn('warm-standby', 'prod-us-west-2').filter(
    ({ MetricName }) => MetricName === 'ReplicationLatency',
  );
  expect(lag?.['Threshold']).toBe(900);
  expect(Object.fromEntries(lag?.['Dimensions'].map(({ Name, Value }: Json) => [Name, Value]))).toEqual({
    SourceBucket: 'prod-us-east-1-warm-standby-shop-content-444444444444',
    DestinationBucket: 'prod-us-west-2-warm-standby-shop-content-444444444444',
    RuleId: 'to-us-west-2',
  });
});

test('an alarm on errors of the load balancer in every region', () => {
  for (const { estate, cluster } of everyCluster()) {
    const metrics = alarmsIn(estate, cluster.name).map(({ MetricName }) => MetricName);
    expect(metrics).toContain('HTTPCode_ELB_5XX_Count');
  }
});

test('S2-26: what Route 53 measures is alarmed in us-east-1 and nowhere else, whatever the home region is', () => {
  for (const { estate } of estates()) {
    for (const stack of stacksOf(new App(), modelOf(inputOf(estate.name)))) {
      const template = estateOf(estate.name).templates.get(
        `aws/${stack.props.cluster.name}-${stack.part}.json`,
      );
      const asks = JSON.stringify(template).includes('AWS/Route53');
      expect([stack.stackName, asks]).toEqual([stack.stackName, stack.part === 'global']);
      expect([stack.stackName, asks && stack.region !== 'us-east-1']).toEqual([stack.stackName, false]);
    }
  }
});

test('S2-13: the alarm tells a topic that the owner is subscribed to', () => {
  const template = templateOf('pilot-light', 'prod-us-west-2', 'global');
  const health = propertiesOf(template, 'AWS::CloudWatch::Alarm').find(({ AlarmName }) =>
    AlarmName.endsWith('-health'),
  );
  expect(health?.['AlarmActions']).toEqual([{ Ref: 'alerts' }]);
  expect(propertiesOf(template, 'AWS::SNS::Subscription')).toEqual([
    { Protocol: 'email', Endpoint: 'owner@pilot.example.com', TopicArn: { Ref: 'alerts' } },
  ]);
});

test('X-30: no alarm takes silence for a failure, and none does more than tell', () => {
  expect(every().length).toBeGreaterThan(20);
  for (const { path, alarm } of every()) {
    expect([path, alarm['TreatMissingData']]).toEqual([path, 'missing']);
    expect(alarm['InsufficientDataActions']).toBeUndefined();
    for (const action of alarm['AlarmActions']) {
      const said = JSON.stringify(action);
      expect(said === '{"Ref":"alerts"}' || /ImportValue.*Refalerts/.test(said)).toBe(true);
    }
  }
});

test('X-30: a topic leads to people: no function, no queue, no address that acts', () => {
  for (const { estate } of estates()) {
    for (const template of estateOf(estate.name).templates.values()) {
      for (const { Protocol } of propertiesOf(template, 'AWS::SNS::Subscription')) {
        expect(Protocol).toBe('email');
      }
    }
  }
});

test('S2-13: every region has an encrypted topic of its own', () => {
  for (const { estate, cluster } of everyCluster()) {
    const [topic] = propertiesOf(templateOf(estate, cluster.name, 'guardrails'), 'AWS::SNS::Topic');
    expect(topic).toMatchObject({
      TopicName: `${cluster.name}-alerts`,
      KmsMasterKeyId: { 'Fn::GetAtt': ['key', 'KeyId'] },
    });
  }
});

test.each([
  ['global-tables', 'prod-us-east-1', 'us-west-2'],
  ['global-tables', 'prod-us-west-2', 'us-east-1'],
  ['pilot-light', 'prod-us-east-1', 'us-west-2'],
])('S4-78: in %s %s tests %s by API and in a browser, on a schedule', (estate, from, tested) => {
  const template = templateOf(estate, from, 'canaries');
  const canaries = propertiesOf(template, 'AWS::Synthetics::Canary');
  expect(canaries.map(({ Name }) => Name)).toEqual([`${from}-api`, `${from}-ui`]);
  for (const { RunConfig, Schedule, ArtifactS3Location, Code, StartCanaryAfterCreation } of canaries) {
    expect(RunConfig.EnvironmentVariables.TARGET_HOST).toMatch(new RegExp(`^entry-${tested}\\.`));
    expect(Schedule.Expression).toMatch(/^rate\(/);
    expect(JSON.stringify(ArtifactS3Location)).toContain('"Ref":"artifacts"');
    expect(Code).toEqual({ Handler: 'index.handler', Script: expect.any(String) });
    expect(StartCanaryAfterCreation).toBe(true);
  }
  expect(canaries[1]?.['Code'].Script).toContain('takeScreenshot');
});

test('S4-78, S2-16: a region whose services are off is not tested', () => {
  expect([...estateOf('pilot-light').templates.keys()]).not.toContain('aws/prod-us-west-2-canaries.json');
});

test('the programs of the canaries are JavaScript', () => {
  for (const { Code } of propertiesOf(
    templateOf('global-tables', 'prod-us-east-1', 'canaries'),
    'AWS::Synthetics::Canary',
  )) {
    expect(() => new Function('require', 'exports', Code.Script)).not.toThrow();
  }
});
