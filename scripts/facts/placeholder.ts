/** Facts before there are any: of the right shape, so that an estate can be rendered and its stacks deployed. */
import { GLOBAL_DATASTORE_PREFIX } from '../../model/outputs';
import type { Facts } from '../../spec/facts';

/** A cluster that needs facts. */
export interface Place {
  /** `<environment>-<region>` */
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  readonly account: string;
}

/** Shown as an id that AWS gives to nothing. */
const id = (prefix: string, n: number) => `${prefix}-${String(n).padStart(17, '0')}`;

/** Made-up facts of a cluster with these target groups; the same on every run. */
export function placeholderFacts(place: Place, targetGroups: readonly string[] = []): Facts {
  const { name, environment, region, account } = place;
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const balancing = (rest: string) => arn('elasticloadbalancing', rest);
  const three = (first: number) => [0, 1, 2].map((n) => id('subnet', first + n));
  return {
    placeholder: true,
    account,
    region,
    vpc: { id: id('vpc', 1) },
    subnets: { public: three(11), application: three(14), data: three(17) },
    securityGroups: {
      loadBalancer: id('sg', 11),
      nodes: id('sg', 12),
      database: id('sg', 13),
      cache: id('sg', 14),
    },
    keys: { data: arn('kms', `key/mrk-${'0'.repeat(32)}`) },
    cluster: { name, nodeRole: `${name}-node` },
    loadBalancer: {
      arn: balancing(`loadbalancer/app/${name}-entry/0000000000000001`),
      dnsName: `${name}-entry-0000000001.${region}.elb.amazonaws.com`,
      zoneId: 'Z00000000000000000001',
    },
    targetGroups: Object.fromEntries(
      targetGroups.map((group) => [group, balancing(`targetgroup/${environment}-${group}/0000000000000001`)]),
    ),
    hostedZone: { id: 'Z00000000000000000001' },
    elasticache: { globalPrefix: GLOBAL_DATASTORE_PREFIX[region] ?? 'aaaaa' },
    rotation: { functionArn: arn('lambda', `function:${name}-rotation`) },
  };
}
