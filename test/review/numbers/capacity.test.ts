import { connectionsOf } from '../../../model/quotas';
import { capacityOf, firstShort, isQuota } from '../../../review/numbers/capacity';
import type { RenderedEstate } from '../../../review/rendered';
import { committed, edited, NAMES, rewritten, withStack } from './_estates';

const lineOf = (estate: RenderedEstate, cluster: string, limit: string) => {
  const found = capacityOf(estate).find((line) => line.cluster === cluster && line.limit.includes(limit));
  if (!found) throw new Error(`Cannot find ${limit} of ${cluster}`);
  return found;
};

const [HOME, PEER] = ['prod-us-east-1', 'prod-eu-west-1'];

describe('pods', () => {
  test('ten times four pods fit; alone at the surge the survivor would need eighty', () => {
    expect(lineOf(committed('storefront'), PEER, 'pods of catalog')).toMatchObject({
      available: 40,
      needed: { peak: 40, zoneLost: 40, regionLost: 80 },
      meets: false,
    });
  });

  test('with room for eighty it holds', () => {
    const wide = edited('storefront', ({ services }) => {
      services.forEach((service: { scale: { max: number } }) => (service.scale.max = 80));
    });
    expect(lineOf(wide, PEER, 'pods of catalog').meets).toBe(true);
  });

  test('a standby needs nothing until it takes over the other load', () => {
    expect(lineOf(committed('warm-standby'), 'prod-us-west-2', 'pods of api').needed).toEqual({
      peak: 2,
      zoneLost: 2,
      regionLost: 10,
    });
  });
});

describe('nodes', () => {
  test('a lost zone takes its static nodes along', () => {
    const { needed } = lineOf(committed('storefront'), HOME, 'vCPUs of nodes');
    expect(needed.zoneLost - needed.peak).toBe(2 * 4);
  });

  test('a small limit of the NodePool is short', () => {
    const tight = rewritten('storefront', (object) => {
      if (object.kind === 'NodePool' && object.metadata.name === 'on-demand') object.spec.limits.cpu = '50';
    });
    expect(lineOf(tight, HOME, 'vCPUs of nodes')).toMatchObject({ available: 74, meets: false });
  });

  test('a standby without static nodes waits for EC2', () => {
    expect(lineOf(committed('pilot-light'), 'prod-us-east-1', 'floor on static nodes')).toMatchObject({
      available: 0,
      meets: false,
    });
  });
});

describe('addresses', () => {
  test('a /20 has 4,091', () => {
    expect(lineOf(committed('storefront'), HOME, 'addresses')).toMatchObject({
      available: 4091,
      meets: true,
    });
  });

  test('a /24 has 251, too few for ten times the pods', () => {
    const narrow = edited('storefront', ({ estate }) => {
      estate.network.tiers.application = { prefix: 24, indexes: [0, 1, 2] };
    });
    expect(lineOf(narrow, HOME, 'addresses')).toMatchObject({ available: 251, meets: false });
  });
});

describe('stores', () => {
  test.each([
    ['db.r6g.large', 1678],
    ['db.r6g.xlarge', 3357],
    ['db.r6g.4xlarge', 5000],
    ['db.serverless', undefined],
  ])('%s takes %s connections', (instanceClass, connections) => {
    expect(connectionsOf(instanceClass)).toBe(connections);
  });

  test('pods of both regions connect to the one writer', () => {
    const { needed, available } = lineOf(committed('storefront'), HOME, 'connections to shop/orders');
    expect(needed.peak).toBe(4 * 40 * 10 * 2);
    expect(available).toBe(3357);
  });

  test('a smaller class is short', () => {
    const small = rewritten('storefront', (object) => {
      if (object.kind === 'ClusterInstance') object.spec.forProvider.instanceClass = 'db.r6g.large';
    });
    expect(lineOf(small, HOME, 'connections').meets).toBe(false);
  });

  test('max_connections of the parameter group counts before the class', () => {
    const set = rewritten('storefront', (object) => {
      if (object.kind === 'ParameterGroup' && object.apiVersion.startsWith('rds'))
        object.spec.forProvider.parameter = [{ name: 'max_connections', value: '100' }];
    });
    expect(lineOf(set, HOME, 'connections').available).toBe(100);
  });

  test('ten units carry no hundred requests a second; on demand they do', () => {
    expect(lineOf(committed('global-tables'), HOME, 'write units').meets).toBe(false);
    const onDemand = edited('global-tables', ({ claims }) => {
      delete claims.find((claim: { kind: string }) => claim.kind === 'Table').spec.capacity.provisioned;
    });
    expect(lineOf(onDemand, HOME, 'write units').meets).toBe(true);
  });
});

describe('quotas', () => {
  test('a new account has five vCPUs', () => {
    expect(lineOf(committed('storefront'), HOME, 'L-1216C47A')).toMatchObject({ available: 5, meets: false });
  });

  test('Elastic IPs follow the NAT gateways of the stacks', () => {
    const nat = { Type: 'AWS::EC2::NatGateway' };
    const stack = withStack(committed('storefront'), `${HOME}-network`, {
      A: nat,
      B: nat,
      C: nat,
      D: nat,
      E: nat,
      F: nat,
    });
    expect(lineOf(stack, HOME, 'L-0263D0A3')).toMatchObject({ needed: { peak: 6 }, meets: false });
  });
});

test.each(NAMES)('%s: every line names its source and has positive limits', (name) => {
  const lines = capacityOf(committed(name));
  expect(lines.filter(({ source, available }) => source === '' || !Number.isFinite(available))).toEqual([]);
});

test('the first short one is the one that the growing load meets first', () => {
  const lines = capacityOf(committed('storefront')).filter((line) => !isQuota(line));
  expect(firstShort(lines, 'peak')).toBeUndefined();
  expect(firstShort(lines, 'regionLost')?.limit).toBe('pods of account');
});
