import { runCheck } from '../../../review/check';
import { numberChecks } from '../../../review/checks/numbers';
import type { Finding } from '../../../review/finding';
import type { RenderedEstate } from '../../../review/rendered';
import { committed, declared, edited, NAMES, withStack } from './_estates';

const findings = (id: string, estate: RenderedEstate): readonly Finding[] => {
  const check = numberChecks.find((one) => one.id === id);
  if (!check) throw new Error(`Cannot find the check "${id}"`);
  return runCheck(check, estate);
};

type Draft = any; // oxlint-disable-line typescript/no-explicit-any -- drafts of readonly input

const wide = ({ services }: Draft) =>
  services.forEach((service: Draft) => {
    service.scale.max = 160;
  });

const lists =
  (id: string) =>
  ({ estate }: Draft) =>
    estate.assumptions.push({ id, value: 'a value', reason: 'a reason' });

interface Case {
  readonly reason: string;
  readonly pass: () => RenderedEstate;
  readonly fail: () => RenderedEstate;
  readonly says: RegExp;
  readonly path: string;
}

const reserved = { Type: 'AWS::EC2::CapacityReservation' };

const CASES: Readonly<Record<string, Case>> = {
  rto: {
    reason: 'the p95 is compared with the objective',
    pass: () => committed('warm-standby'),
    fail: () => committed('storefront'),
    says: /Cannot recover in 5 min: \d+ min \d+ s at p95 .* \+ shop\/orders: Aurora failover 5 min \+ /,
    path: 'estates/storefront/estate.yaml#objectives.rto',
  },
  'rto-ttl': {
    reason: 'an alias has a TTL of its own',
    pass: () => committed('storefront'),
    fail: () => declared('storefront', ({ estate }) => (estate.traffic.ttl = 10)),
    says: /within 10 s: .* is an alias, which AWS keeps for 60 s/,
    path: 'estates/storefront/estate.yaml#traffic.ttl',
  },
  rpo: {
    reason: 'objects may arrive after a quarter of an hour',
    pass: () => declared('warm-standby', ({ estate }) => (estate.objectives.rpo = 900)),
    fail: () => committed('warm-standby'),
    says: /Bucket shop\/content within 5 min: 15 min: /,
    path: 'estates/warm-standby/claims/shop/content.yaml',
  },
  availability: {
    reason: 'what stands before both regions counts',
    pass: () => committed('pilot-light'),
    fail: () => committed('storefront'),
    says: /Cannot promise 99\.99 %: 99\.89\d %.* most of it before both regions/,
    path: 'estates/storefront/estate.yaml#objectives.availability',
  },
  'availability-budget': {
    reason: 'one recovery is longer than a month allows',
    pass: () => committed('pilot-light'),
    fail: () => committed('storefront'),
    says: /a month leaves 4\.4 min and a year 52\.6 min, enough for \d recoveries/,
    path: 'estates/storefront/estate.yaml#objectives.availability',
  },
  'capacity-peak': {
    reason: 'ten times four pods do not fit into thirty',
    pass: () => committed('storefront'),
    fail: () =>
      edited('storefront', ({ services }) => {
        services[1].scale.max = 30;
      }),
    says: /Cannot carry prod-us-east-1 at the surge: first short is pods of cart 30 of 40 pods/,
    path: 'estates/storefront/services/cart.yaml#scale',
  },
  'capacity-region': {
    reason: 'the survivor carries both',
    pass: () =>
      edited('storefront', (input) => {
        wide(input);
        input.claims.find((claim: Draft) => claim.kind === 'PostgresDatabase').spec.size = 'xlarge';
      }),
    fail: () => committed('storefront'),
    says: /with the other region lost: first short is pods of account 40 of 80 pods; then /,
    path: 'estates/storefront/services/account.yaml#scale',
  },
  'capacity-reserved': {
    reason: 'a replaced node needs room in EC2',
    pass: () => withStack(committed('storefront'), 'prod-eu-west-1-cluster', { Reserved: reserved }),
    fail: () => committed('storefront'),
    says: /6 static nodes of prod-eu-west-1: no capacity reservation/,
    path: 'estates/storefront/estate.yaml#regions.peer',
  },
  'capacity-quotas': {
    reason: 'quotas of a new account hold nothing of this size',
    pass: () =>
      edited('pilot-light', ({ services }) => {
        services[0].critical = false;
      }),
    fail: () => committed('pilot-light'),
    says: /L-1216C47A: vCPUs of standard instances on demand: 5 by default, expected 12/,
    path: 'estates/pilot-light/estate.yaml#objectives.surge',
  },
  'cost-budget': {
    reason: 'the computed month is dearer',
    pass: () => declared('storefront', ({ estate }) => (estate.budget = { monthly: 100_000, shares: {} })),
    fail: () => declared('storefront', ({ estate }) => (estate.budget = { monthly: 500, shares: {} })),
    says: /budget\.monthly 500 USD a month: [\d,]+ USD computed/,
    path: 'estates/storefront/estate.yaml#budget.monthly',
  },
  'cost-unknown': {
    reason: 'the sum is not the bill',
    // No estate is known to the last cent: one without any claim, in one region, comes close enough to have none.
    pass: () => ({ ...committed('pilot-light'), clusters: [] }),
    fail: () => committed('storefront'),
    says: /Cannot price \d+ lines of the cost in us-east-1, eu-west-1/,
    path: 'estates/storefront/estate.yaml#regions',
  },
};

test('every check has a case', () => {
  expect(Object.keys(CASES).toSorted()).toEqual(numberChecks.map(({ id }) => id).toSorted());
});

test.each(Object.entries(CASES))('%s finds nothing where all is well', (id, { pass }) => {
  expect(findings(id, pass())).toEqual([]);
});

test.each(Object.entries(CASES))(
  '%s says what is wrong, where, and what to do',
  (id, { fail, says, path }) => {
    const [first] = findings(id, fail());
    expect(first?.message).toMatch(says);
    expect(first?.message).toMatch(/^Cannot \S.*[^.]$/s);
    expect(first?.path).toBe(path);
    expect(first?.remedy).not.toBe('');
  },
);

describe('what an estate lists is known, and no error', () => {
  test.each([
    ['rpo', 'X-12', 'warm-standby', 'info'],
    ['capacity-region', 'X-05', 'storefront', 'info'],
  ])('%s: %s', (id, assumption, name, severity) => {
    const found = findings(id, declared(name, lists(assumption)));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => one.severity === severity)).toBe(true);
  });

  test('table units that are only shown: X-33', () => {
    expect(findings('capacity-peak', committed('global-tables'))).toHaveLength(1);
    expect(findings('capacity-peak', declared('global-tables', lists('X-33')))).toEqual([]);
  });
});

test('a share of the budget is compared with the lines of its team', () => {
  const shared = declared('storefront', ({ estate }) => {
    estate.budget = { monthly: 100_000, shares: { shop: 99_000, platform: 1_000 } };
  });
  expect(findings('cost-budget', shared)).toEqual([]);
  const tight = declared('storefront', ({ estate }) => {
    estate.budget = { monthly: 100_000, shares: { shop: 100, platform: 99_900 } };
  });
  expect(findings('cost-budget', tight).map(({ path }) => path)).toEqual([
    'estates/storefront/estate.yaml#budget.shares.shop',
  ]);
});

test('of three databases side by side one stands for all', () => {
  const hurried = declared('capstone', ({ estate }) => (estate.objectives.rto = 60));
  const [first] = findings('rto', hurried);
  expect(first?.message.match(/Aurora failover 5 min/g)).toHaveLength(1);
});

test('the loss of logins is the question of another check', () => {
  expect(findings('rpo', committed('capstone'))).toEqual([]);
});

test.each(NAMES)(
  '%s: its figures are made without looking at the clock or at anything but the output',
  (name) => {
    const twice = [committed(name), structuredClone(committed(name))].map((estate) =>
      numberChecks.flatMap((check) => runCheck(check, estate)),
    );
    expect(twice[1]).toEqual(twice[0]);
  },
);
