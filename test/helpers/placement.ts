/** Placements for tests: storefront's two regions with well-formed facts, and one region alone. */
import type { Facts } from '../../spec/facts';
import type { Place, Placement } from '../../spec/placement';

const ids = (prefix: string, digit: number) => [1, 2, 3].map((n) => `${prefix}-000000000000000${digit}${n}`);

function factsOf(region: string, digit: number): Facts {
  return {
    placeholder: false,
    account: '111111111111',
    region,
    vpc: { id: `vpc-0000000000000000${digit}` },
    subnets: {
      public: ids('subnet', digit),
      application: ids('subnet', digit + 2),
      data: ids('subnet', digit + 4),
    },
    securityGroups: {
      loadBalancer: `sg-0000000000000001${digit}`,
      nodes: `sg-0000000000000002${digit}`,
      database: `sg-0000000000000003${digit}`,
      cache: `sg-0000000000000004${digit}`,
    },
    keys: { data: `arn:aws:kms:${region}:111111111111:key/mrk-${digit}` },
    cluster: { name: `prod-${region}`, nodeRole: `prod-${region}-node` },
    loadBalancer: {
      arn: `arn:aws:elasticloadbalancing:${region}:111111111111:loadbalancer/app/prod-${region}-entry/${digit}`,
      dnsName: `prod-${region}-entry.${region}.elb.amazonaws.com`,
      zoneId: 'Z35SXDOTRQ7X7K',
    },
    targetGroups: {},
    hostedZone: { id: 'Z00000000000000000001' },
    elasticache: { globalPrefix: digit === 1 ? 'ldgnf' : 'lgnrf' },
    rotation: { functionArn: `arn:aws:lambda:${region}:111111111111:function:prod-${region}-rotation` },
  };
}

const placeOf = (region: string, digit: number): Place => ({
  region,
  zones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
  facts: factsOf(region, digit),
});

const shared = {
  estate: 'storefront',
  environment: 'prod',
  account: '111111111111',
  domain: 'shop.example.com',
  traffic: {
    routing: 'latency',
    cdn: true,
    waf: true,
    accelerator: false,
    ttl: 60,
    healthCheck: { interval: 10, failures: 3, path: '/health' },
  },
} as const;

/** The home and the peer cluster of one estate over us-east-1 and eu-west-1. */
export const home: Placement = {
  ...shared,
  position: 'home',
  home: placeOf('us-east-1', 1),
  peer: placeOf('eu-west-1', 2),
};
export const peer: Placement = { ...home, position: 'peer' };

/** An environment of one region. */
export const alone: Placement = {
  ...shared,
  environment: 'dev',
  position: 'home',
  home: placeOf('us-east-1', 1),
};
