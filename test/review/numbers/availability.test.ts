import { availabilityOf, budgetOf } from '../../../review/numbers/availability';
import { downtimeOf, minutesOf, serialMinutes, successNeeded } from '../../../review/numbers/_downtime';
import { MINUTES_PER_YEAR } from '../../../model/sla';
import { committed, rewritten } from './_estates';

/** One region down for 473 minutes a year, four hours at a time, recovered in five minutes; nothing else. */
const EXAMPLE = { oneRegion: 473, sharedCause: 0, success: 1, recovery: 5, outage: 240, frontDoor: 0 };
const percent = (minutes: number) => (1 - minutes / MINUTES_PER_YEAR) * 100;

describe('worked by hand', () => {
  test.each([
    ['load balancer, EC2, Aurora and cache: 210 min', [0.9999, 0.9999, 0.9999, 0.9999], 210],
    ['and EKS: 473 min', [0.9999, 0.9999, 0.9999, 0.9999, 0.9995], 473],
  ])('%s', (_, promises, minutes) => {
    expect(Math.round(serialMinutes(promises))).toBe(minutes);
  });

  test.each([
    [0.99, 99.997],
    [0.95, 99.994],
    [0.7, 99.972],
  ])('%s of the failovers work: %s %%', (success, availability) => {
    expect(percent(minutesOf(downtimeOf({ ...EXAMPLE, success })))).toBeCloseTo(availability, 3);
  });

  test('for 99.99 % nine of ten failovers are not enough, 91 of 100 are', () => {
    const needed = successNeeded(EXAMPLE, 52.56);
    expect(needed).toBeGreaterThan(0.9);
    expect(needed).toBeLessThan(0.912);
  });

  test('a tenth of the causes shared leaves 99.991 % by itself', () => {
    expect(percent(downtimeOf({ ...EXAMPLE, sharedCause: 0.1 }).shared)).toBeCloseTo(99.991, 3);
  });

  test('never as good as two independent regions', () => {
    const naive = (473 / MINUTES_PER_YEAR) ** 2 * MINUTES_PER_YEAR;
    expect(minutesOf(downtimeOf(EXAMPLE))).toBeGreaterThan(10 * naive);
  });

  test('99.99 % is 4.38 min a month and 52.56 min a year', () => {
    expect(budgetOf(0.9999)).toEqual({ minutesPerMonth: 4.38, minutesPerYear: 52.56 });
  });
});

describe('the committed estates', () => {
  test('the parts add up to what is expected', () => {
    const { parts, expected } = availabilityOf(committed('warm-standby'));
    const minutes = parts.reduce((sum, part) => sum + part.minutesPerYear, 0);
    expect(1 - minutes / MINUTES_PER_YEAR).toBeCloseTo(expected, 9);
  });

  test('a region of storefront is a load balancer, EC2, Aurora and a cache with logins', () => {
    const { oneRegion, dependencies } = availabilityOf(committed('storefront'));
    expect(oneRegion).toBeCloseTo(0.9996, 6);
    expect(dependencies.filter(({ hard, sla }) => hard && sla < 1).map(({ service }) => service)).toEqual([
      'CloudFront',
      'load balancer',
      'EC2',
      'Aurora shop/orders',
      'ElastiCache shop/sessions',
    ]);
  });

  test('with a CDN before it no estate is promised 99.99 %', () => {
    expect(availabilityOf(committed('storefront'))).toMatchObject({ objective: 0.9999, meets: false });
  });

  test('without one, and with a modest objective, an estate meets it', () => {
    expect(availabilityOf(committed('pilot-light'))).toMatchObject({ objective: 0.999, meets: true });
  });

  test('how many recoveries a year takes: three of 15 minutes would fit into 52.56', () => {
    expect(Math.floor(budgetOf(0.9999).minutesPerYear / 15)).toBe(3);
    expect(availabilityOf(committed('storefront')).recoveriesPerYear).toBeGreaterThan(3);
  });

  test('a database in one zone is promised less', () => {
    const narrow = rewritten('storefront', (object) => {
      if (object.kind === 'ClusterInstance') object.spec.forProvider.availabilityZone = 'us-east-1a';
    });
    expect(availabilityOf(narrow).oneRegion).toBeLessThan(0.9988);
  });
});
