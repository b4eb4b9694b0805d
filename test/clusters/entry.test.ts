/** The public entry of each region. */
import { TLS_POLICY } from '../../clusters/entry/listeners';
import { DEREGISTRATION_DELAY } from '../../model/drain';
import { targetGroupNames, targetGroupOutput } from '../../model/outputs';
import { allOf, everyCluster, type Json, propertiesOf, type Template, templateOf } from './_templates';

const entry = (estate: string, cluster: string) => templateOf(estate, cluster, 'entry');
const storefront = () => entry('storefront', 'prod-us-east-1');
const BOTH = [
  ['storefront', 'prod-us-east-1'],
  ['storefront', 'prod-eu-west-1'],
  ['warm-standby', 'prod-us-west-2'],
  ['pilot-light', 'prod-us-east-1'],
] as const;

const attributes = (template: Template) => {
  const [balancer] = propertiesOf(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  return Object.fromEntries(
    balancer?.['LoadBalancerAttributes'].map(({ Key, Value }: Record<string, string>) => [Key, Value]),
  );
};

const group = (template: Template, name: string) =>
  template.Resources[`targetgroup${name.replaceAll('-', '')}`]?.Properties ?? {};

/** Path patterns and the target group behind them, in the order of their priority. */
const rules = (template: Template) =>
  propertiesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule')
    .toSorted((a, b) => a['Priority'] - b['Priority'])
    .map(({ Conditions, Actions }) => [
      Conditions[0].PathPatternConfig.Values.join(' '),
      Actions[0].TargetGroupArn.Ref.replace('targetgroup', ''),
    ]);

test.each(BOTH)(
  'S0-17, S3-10, S2-04, S4-25: %s has an internet-facing load balancer in three zones of %s',
  (...at) => {
    const [balancer] = propertiesOf(entry(...at), 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(balancer).toMatchObject({
      Scheme: 'internet-facing',
      Type: 'application',
      Name: `${at[1]}-entry`,
    });
    expect(balancer?.['Subnets']).toHaveLength(3);
  },
);

test.each(BOTH)('S0-18, S1-06: %s in %s is protected from deletion and balances over zones', (...at) => {
  expect(attributes(entry(...at))).toMatchObject({
    'deletion_protection.enabled': 'true',
    'load_balancing.cross_zone.enabled': 'true',
    'access_logs.s3.enabled': 'true',
  });
});

test('S4-26: plain HTTP is redirected', () => {
  const listeners = propertiesOf(storefront(), 'AWS::ElasticLoadBalancingV2::Listener');
  expect(listeners.find(({ Port }) => Port === 80)?.['DefaultActions']).toMatchObject([
    { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443' } },
  ]);
});

test('S4-27, S1-54: TLS ends at the load balancer, with a certificate of its own region and TLS 1.3', () => {
  const listeners = propertiesOf(storefront(), 'AWS::ElasticLoadBalancingV2::Listener');
  expect(listeners.find(({ Port }) => Port === 443)).toMatchObject({
    Protocol: 'HTTPS',
    SslPolicy: TLS_POLICY,
    Certificates: [{ CertificateArn: { Ref: 'certificate' } }],
  });
  // Health checkers of Route 53 speak 1.2 at most: with 1.3 alone both regions would look dead.
  expect(TLS_POLICY).toMatch(/TLS13-1-2/);
});

test('the certificate covers the names that health checks and the CDN ask, and those of users', () => {
  const [certificate] = propertiesOf(
    entry('global-tables', 'prod-us-east-1'),
    'AWS::CertificateManager::Certificate',
  );
  expect(certificate).toMatchObject({ DomainName: '*.global.example.com', ValidationMethod: 'DNS' });
  expect(certificate?.['SubjectAlternativeNames']).toContain('global.example.com');
});

test('S4-28: paths lead to services, the most specific first, and / takes the rest', () => {
  expect(rules(storefront())).toEqual([
    ['/primary /primary/*', 'beacon'],
    ['/health', 'web'],
    ['/checkout /checkout/*', 'checkout'],
    ['/account /account/*', 'account'],
    ['/catalog /catalog/*', 'catalog'],
    ['/search /search/*', 'catalog'],
    ['/cart /cart/*', 'cart'],
  ]);
  const https = propertiesOf(storefront(), 'AWS::ElasticLoadBalancingV2::Listener').find(
    ({ Port }) => Port === 443,
  );
  expect(https?.['DefaultActions']).toEqual([{ Type: 'forward', TargetGroupArn: { Ref: 'targetgroupweb' } }]);
});

test('no rule asks for a host: health checkers and accelerators come under any', () => {
  for (const { estate, cluster } of everyCluster()) {
    const all = propertiesOf(entry(estate, cluster.name), 'AWS::ElasticLoadBalancingV2::ListenerRule');
    for (const { Conditions } of all)
      expect(Conditions.map(({ Field }: Json) => Field)).toEqual(['path-pattern']);
  }
});

test('X-37, S0-10: the health of a region is answered by pods, under the path that depends on no store', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    const health = propertiesOf(
      entry(estate, cluster.name),
      'AWS::ElasticLoadBalancingV2::ListenerRule',
    ).find(({ Priority }) => Priority === 2);
    expect(health?.['Conditions'][0].PathPatternConfig.Values).toEqual([
      model.estate.traffic.healthCheck.path,
    ]);
    expect(health?.['Transforms']).toMatchObject([
      { Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex: '^/health$', Replace: '/healthz' }] } },
    ]);
  }
});

test('S4-29: path, interval and thresholds of the estate', () => {
  expect(group(entry('global-tables', 'prod-us-west-2'), 'api')).toMatchObject({
    HealthCheckPath: '/',
    HealthCheckIntervalSeconds: 30,
    HealthyThresholdCount: 3,
    UnhealthyThresholdCount: 3,
  });
});

test('S1-19, S0-20: pods are targets themselves, and leave within their grace period', () => {
  for (const { estate, cluster } of everyCluster()) {
    for (const one of propertiesOf(entry(estate, cluster.name), 'AWS::ElasticLoadBalancingV2::TargetGroup')) {
      expect(one['TargetType']).toBe('ip');
      expect(one['TargetGroupAttributes']).toContainEqual({
        Key: 'deregistration_delay.timeout_seconds',
        Value: String(DEREGISTRATION_DELAY),
      });
      expect(one['Tags']).toContainEqual({ Key: 'eks:eks-cluster-name', Value: cluster.name });
      expect(one['HealthCheckTimeoutSeconds']).toBeLessThan(one['HealthCheckIntervalSeconds']);
    }
  }
});

test('a target group for each published service, and a beacon only where one runs', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    const template = entry(estate, cluster.name);
    const names = targetGroupNames(model, cluster);
    expect(names.includes('beacon')).toBe(cluster.environment === 'prod');
    expect(allOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toHaveLength(names.length);
    expect(Object.keys(template.Outputs ?? {})).toEqual(expect.arrayContaining(names.map(targetGroupOutput)));
  }
});

test.each([
  ['storefront', '/readyz', 'latency: both regions serve, wherever the writers are'],
  ['pilot-light', '/readyz', 'failover by records, which ask the beacon themselves'],
  ['warm-standby', '/primary', 'an accelerator asks only whether all target groups are healthy'],
])('the beacon of %s is asked for %s: %s', (estate, path) => {
  const [cluster = ''] = everyCluster()
    .filter((one) => one.estate === estate)
    .map((one) => one.cluster.name);
  expect(group(entry(estate, cluster), 'beacon')).toMatchObject({ HealthCheckPath: path, Port: 8080 });
});
