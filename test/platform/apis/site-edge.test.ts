import type { Manifest } from '../../../platform/kind';
import { home } from '../../helpers/placement';
import { inHome, placements, recordsOf, settledSite, siteClaim, wish, wishesOf } from '../../helpers/site';

const [HOME, PEER] = ['us-east-1', 'eu-west-1'];

const traffic = { cdn: true, waf: true } as const;
const rules = (manifest: Manifest | undefined) => JSON.parse(wish(manifest).ruleJson);

test('S0-13, S1-05, S1-56: the CDN carries a web ACL of us-east-1', () => {
  const manifests = inHome(traffic);
  expect(wish(manifests['web-acl-cdn'])).toMatchObject({ scope: 'CLOUDFRONT', region: 'us-east-1' });
  expect(wish(manifests.distribution).webAclId).toMatch(/^arn:aws:wafv2:us-east-1:.*global\/webacl\//);
});

test('S1-56, S2-30, S4-57: each region puts a web ACL in front of its own load balancer', () => {
  const associated = placements(traffic).map((placement) => {
    const manifests = settledSite(siteClaim(), placement);
    expect(wish(manifests['web-acl'])).toMatchObject({ scope: 'REGIONAL' });
    return wish(manifests['web-acl-association']).resourceArn;
  });
  expect(associated).toEqual([home.home, home.peer].map((place) => place?.facts.loadBalancer.arn));
});

test.each(['web-acl', 'web-acl-cdn'])(
  'S4-58, S4-59, S4-60: %s blocks by managed groups and by rate',
  (key) => {
    const all = rules(inHome(traffic, { rateLimit: 500 })[key]);
    const groups = all.flatMap((rule: any) => rule.Statement.ManagedRuleGroupStatement?.Name ?? []); // eslint-disable-line typescript/no-explicit-any -- AWS JSON
    expect(groups).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesSQLiRuleSet',
    ]);
    expect(all.slice(1).every((rule: { OverrideAction: object }) => 'None' in rule.OverrideAction)).toBe(
      true,
    );
    expect(all[0].Statement.RateBasedStatement).toMatchObject({ Limit: 500, EvaluationWindowSec: 300 });
    expect(all[0].Action).toEqual({ Block: {} });
    expect(all.map((rule: { Priority: number }) => rule.Priority)).toEqual([0, 1, 2, 3, 4]);
  },
);

test('no limit stops the health checkers: a blocked one would fail the region over', () => {
  const [rate] = rules(
    inHome({ waf: true, healthCheck: { interval: 10, failures: 3, path: '/health.txt' } })['web-acl'],
  );
  const pattern = new RegExp(
    rate.Statement.RateBasedStatement.ScopeDownStatement.NotStatement.Statement.RegexMatchStatement
      .RegexString,
  );
  expect(['/health.txt', '/primary', '/healthXtxt', '/login'].map((path) => pattern.test(path))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

const countedBy = (manifest: Manifest | undefined) =>
  rules(manifest)[0].Statement.RateBasedStatement.AggregateKeyType;

test('behind the CDN the limit counts the sender, not the CDN', () => {
  expect(countedBy(inHome(traffic)['web-acl'])).toBe('FORWARDED_IP');
  expect(countedBy(inHome(traffic)['web-acl-cdn'])).toBe('IP');
  expect(countedBy(inHome({ waf: true })['web-acl'])).toBe('IP');
});

test('S2-30, S2-31: without the options there is no web ACL and no distribution', () => {
  const kinds = Object.values(inHome({ routing: 'failover' })).map((manifest) => manifest.kind);
  expect(kinds).not.toContain('WebACL');
  expect(kinds).not.toContain('Distribution');
});

const manifests = inHome({ routing: 'failover', accelerator: true });

test('S3-16, X-16: it has one endpoint group for each region with the dial at 100', () => {
  const groups = wishesOf(manifests, 'EndpointGroup');
  expect(groups.map((g) => [g.endpointGroupRegion, g.trafficDialPercentage])).toEqual([
    [HOME, 100],
    [PEER, 100],
  ]);
  expect(groups.map((g) => g.endpointConfiguration[0])).toEqual(
    [home.home, home.peer].map((place) => ({
      endpointId: place?.facts.loadBalancer.arn,
      weight: 128,
      clientIpPreservationEnabled: true,
    })),
  );
});

test('S3-16: the name leads to the accelerator', () => {
  const primary = recordsOf(manifests, 'shop.example.com').find(
    (r) => r.failoverRoutingPolicy.type === 'PRIMARY',
  );
  expect(primary?.alias).toMatchObject({
    name: expect.stringMatching(/\.awsglobalaccelerator\.com$/),
    zoneId: 'Z2BJ6XQ5FK7U4H',
  });
  const [simple, ...others] = recordsOf(
    inHome({ routing: 'latency', accelerator: true }),
    'shop.example.com',
  );
  expect(simple?.alias.zoneId).toBe('Z2BJ6XQ5FK7U4H');
  expect(others).toEqual([]);
});

test('its addresses outlive the claim', () => {
  expect(manifests.accelerator?.spec).toMatchObject({ managementPolicies: ['Observe', 'Create', 'Update'] });
});
