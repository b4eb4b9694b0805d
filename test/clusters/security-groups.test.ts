/** Who may connect to whom. */
import { allOf, everyCluster, type Json, propertiesOf, type Template, templateOf } from './_templates';

const network = (estate: string, cluster = 'prod-us-east-1') => templateOf(estate, cluster, 'network');
const ref = (group: string) => ({ 'Fn::GetAtt': [`securitygroup${group}`, 'GroupId'] });

/** Every rule into a group: where from and to which port, sorted. */
const into = (template: Template, group: string) =>
  propertiesOf(template, 'AWS::EC2::SecurityGroupIngress')
    .filter(({ GroupId }) => JSON.stringify(GroupId) === JSON.stringify(ref(group)))
    .map(({ SourceSecurityGroupId, CidrIp, IpProtocol, FromPort }) => {
      const from = CidrIp ?? SourceSecurityGroupId['Fn::GetAtt'][0].replace('securitygroup', '');
      return `${from}:${IpProtocol === '-1' ? 'all' : FromPort}`;
    })
    .toSorted();

test('S4-54, S0-19: the load balancer takes 80 and 443 from the internet, and sends to pods alone', () => {
  for (const { estate, cluster } of everyCluster()) {
    const template = network(estate, cluster.name);
    const group = template.Resources['securitygrouploadbalancer']?.Properties;
    expect(
      group?.['SecurityGroupIngress'].map((rule: Json) => [rule.CidrIp, rule.FromPort, rule.ToPort]),
    ).toEqual([
      ['0.0.0.0/0', 80, 80],
      ['0.0.0.0/0', 443, 443],
    ]);
    expect(into(template, 'loadbalancer')).toEqual([]);
    const out = propertiesOf(template, 'AWS::EC2::SecurityGroupEgress');
    expect(out.every((rule) => rule['DestinationSecurityGroupId'] !== undefined)).toBe(true);
  }
});

test.each([
  ['S0-19', 'storefront', ['loadbalancer:3000', 'loadbalancer:8080', 'nodes:all']],
  ['S1-22, S4-55', 'capstone', ['loadbalancer:8080', 'nodes:all']],
])('%s: pods of %s are reached on the ports of its services and its beacon', (_, estate, rules) => {
  expect(into(network(estate), 'nodes')).toEqual(rules);
});

test('S1-58, S1-33: stores accept services alone, on their own ports; databases also those of the other region', () => {
  expect(into(network('capstone'), 'database')).toEqual([
    '10.2.10.0/24:5432',
    '10.2.11.0/24:5432',
    '10.2.12.0/24:5432',
    'nodes:5432',
  ]);
  expect(into(network('capstone'), 'cache')).toEqual(['nodes:6379', 'nodes:9111']);
  expect(into(network('capstone', 'dev-us-east-1'), 'database')).toEqual(['nodes:5432']);
});

test('S4-56: without a rule nothing goes out of the load balancer and the stores', () => {
  for (const group of ['loadbalancer', 'database', 'cache', 'endpoints']) {
    const properties = network('global-tables').Resources[`securitygroup${group}`]?.Properties;
    expect(properties?.['SecurityGroupEgress']).toMatchObject([{ CidrIp: '255.255.255.255/32' }]);
  }
});

/** Keys whose values name security groups. */
const GROUP_KEYS =
  /^(GroupId|SourceSecurityGroupId|DestinationSecurityGroupId|SecurityGroups?|SecurityGroupIds)$/;

function literals(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return GROUP_KEYS.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => literals(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    /^(Ref|Fn::)/.test(name) ? [] : literals(inner, name),
  );
}

test('S2-24: no template names a security group by a text', () => {
  for (const { estate, cluster } of everyCluster()) {
    for (const part of ['network', 'cluster', 'entry']) {
      const { Resources } = templateOf(estate, cluster.name, part);
      expect(literals(Resources)).toEqual([]);
    }
  }
  expect(literals({ Properties: { SecurityGroups: ['web'] } })).toEqual(['web']);
});

test('S1-13, S4-24: no rule for port 22 and no key pair anywhere', () => {
  for (const { estate, cluster } of everyCluster()) {
    const template = network(estate, cluster.name);
    expect(JSON.stringify(propertiesOf(template, 'AWS::EC2::SecurityGroupIngress'))).not.toContain(
      '"FromPort":22,',
    );
    expect(allOf(template, 'AWS::EC2::KeyPair')).toEqual([]);
  }
});
