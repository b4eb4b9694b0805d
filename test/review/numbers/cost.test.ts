import { BASELINES, priceOf } from '../../../model/prices';
import type { CostLine } from '../../../review/assessment';
import { costOf, sumOf, unknownOf } from '../../../review/numbers/cost';
import type { RenderedEstate } from '../../../review/rendered';
import { committed, edited, NAMES, rewritten, withStack } from './_estates';

const lineOf = (estate: RenderedEstate, item: string, region: string): CostLine => {
  const found = costOf(estate).lines.find((line) => line.item.includes(item) && line.region === region);
  if (!found) throw new Error(`Cannot find ${item} in ${region}`);
  return found;
};

describe('by hand, in us-east-1', () => {
  test.each([
    ['EKS control plane', 73],
    ['NAT gateways', 3 * 0.045 * 730 + 100 * 0.045],
    ['shop/orders: 2 × db.r6g.xlarge', 4 * 0.26 * 730],
    ['shop/sessions: 2 cache nodes', 2 * 2 * 0.1752 * 730],
    ['shop/api-keys: secrets', 0.8],
    ['shop/site: web ACL', 5 + 5 + 6],
  ])('%s costs %s', (item, usd) => {
    expect(lineOf(committed('storefront'), item, 'us-east-1').usd).toBeCloseTo(usd);
  });

  test('all nodes together are 24 vCPUs, whoever they are for', () => {
    const nodes = costOf(committed('storefront')).lines.filter(
      ({ basis, region }) => basis.includes('vCPUs of m6i') && region === 'us-east-1',
    );
    expect(sumOf(nodes)).toBeCloseTo(24 * (0.096 / 2) * 1.12 * 730);
  });
});

describe('unknown prices', () => {
  test('nothing is taken over from another region', () => {
    expect(priceOf('auroraLargeHour', 'eu-west-1')).toBeUndefined();
    expect(lineOf(committed('storefront'), 'db.r6g.xlarge', 'eu-west-1').usd).toBeUndefined();
  });

  test.each(NAMES)('%s: they are in no sum and named', (name) => {
    const cost = costOf(committed(name));
    const known = cost.lines.filter(({ usd }) => usd !== undefined);
    expect(sumOf(known)).toBeCloseTo(cost.total);
    expect(unknownOf(cost).every(({ basis }) => /no price/.test(basis))).toBe(true);
    expect(cost.assumptions).toContain(`Lines without a known price, in no sum: ${unknownOf(cost).length}`);
  });
});

describe('the standby', () => {
  test('a pilot light pays for what stands ready and nothing for its services', () => {
    const standby = costOf(committed('pilot-light')).lines.filter((line) => line.standby);
    expect(sumOf(standby.filter(({ owner }) => owner === 'web'))).toBe(0);
    expect(sumOf(standby.filter(({ owner }) => owner !== 'web'))).toBeGreaterThan(73);
  });

  test('where both regions serve, none waits', () => {
    expect(costOf(committed('storefront')).standby).toBe(0);
  });
});

test('the seed of storefront says 1,225 and 775, and stands beside what was computed', () => {
  const sums = Object.values(BASELINES['storefront'] ?? {}).map((parts) =>
    Object.values(parts).reduce((sum, one) => sum + one, 0),
  );
  expect(sums).toEqual([1225, 775]);
  const { assumptions } = costOf(committed('storefront'));
  expect(
    assumptions.some((line) => /^us-east-1: the seed says 1,225 USD .* computed [\d,]+ /.test(line)),
  ).toBe(true);
});

test('smaller environments are in the total, each in its own lines', () => {
  const environments = new Set(costOf(committed('capstone')).lines.map(({ environment }) => environment));
  expect([...environments]).toEqual(['prod', 'staging', 'dev']);
});

test('what only the stacks know is counted once they are rendered', () => {
  const stack = withStack(committed('storefront'), 'prod-us-east-1-network', {
    Nat: { Type: 'AWS::EC2::NatGateway' },
    Secrets: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b', 'c'] },
    },
    Plan: { Type: 'AWS::Backup::BackupPlan' },
  });
  expect(lineOf(stack, 'interface endpoints', 'us-east-1').usd).toBeCloseTo(3 * 0.01 * 730);
  expect(lineOf(stack, 'NAT gateways', 'us-east-1').usd).toBeCloseTo(0.045 * 730 + 4.5);
  expect(lineOf(stack, 'AWS Backup', 'us-east-1').usd).toBeUndefined();
});

test('without a CDN the region sends the bytes itself', () => {
  const plain = edited('storefront', ({ estate }) => {
    estate.traffic.cdn = false;
  });
  expect(lineOf(plain, 'transfer to users', 'us-east-1').usd).toBe(90);
});

test('a class without a price is not guessed', () => {
  const other = rewritten('storefront', (object) => {
    if (object.kind === 'ClusterInstance') object.spec.forProvider.instanceClass = 'db.x2g.large';
  });
  expect(lineOf(other, 'shop/orders: 2 ×', 'us-east-1').usd).toBeUndefined();
});
