/** Size arithmetic of restores: what a rate makes of a size, and what an objective asks of a rate. */
import { assess } from '../../../review/assess';
import {
  ASSUMED_RATE,
  bytesWithin,
  minutesToRestore,
  rateNeeded,
  rateOf,
  type RestoreRate,
} from '../../../review/numbers/restore';
import { committed } from './_estates';

const TB = 1e12;
const TWO_HOURS = 120;

const rate = (bytesPerSecond: number): RestoreRate => ({ bytesPerSecond, source: 'the test' });

test('S3-36: 10 TB in two hours needs 1.39 GB a second', () => {
  expect(rateNeeded(10 * TB, TWO_HOURS) / 1e9).toBeCloseTo(1.389, 3);
});

const cases: Record<string, { reason: string; rate: RestoreRate; minutes: number; meets: boolean }> = {
  'the assumed rate': {
    reason: '100 MB a second are 27 h 47 min',
    rate: ASSUMED_RATE,
    minutes: 1667,
    meets: false,
  },
  'a tenth too slow': { reason: 'misses by minutes', rate: rate(1.25e9), minutes: 133, meets: false },
  'the needed rate': {
    reason: 'meets on the second',
    rate: rate(rateNeeded(10 * TB, TWO_HOURS)),
    minutes: 120,
    meets: true,
  },
  'a recorded restore of 1 TB in ten minutes': {
    reason: 'what was measured counts, not what was assumed',
    rate: rateOf({ bytes: TB, minutes: 10 }),
    minutes: 100,
    meets: true,
  },
};

test.each(Object.entries(cases))(
  'S3-36: 10 TB against 2 h with %s',
  (_name, { rate: at, minutes, meets }) => {
    const taken = minutesToRestore(10 * TB, at);
    expect([Math.round(taken), taken <= TWO_HOURS]).toEqual([minutes, meets]);
  },
);

test('S3-36: two hours at the assumed rate restore 720 GB', () => {
  expect(bytesWithin(TWO_HOURS, ASSUMED_RATE)).toBe(720e9);
});

test('the assumed rate is called assumed', () => {
  expect(rateOf().source).toMatch(/^assumed .*AWS publishes no rate for Aurora/);
});

const linesOf = (restored = {}) =>
  assess(committed('storefront'), { today: '2026-11-21', ledger: { restored } }).restore.lines;

describe('the lines of an estate', () => {
  test('S3-36: without a recorded restore the size is not known, and the objective gives the largest', () => {
    const orders = linesOf().find(({ store }) => store === 'shop/orders');
    expect(orders).toMatchObject({ rate: 100e6, most: 30e9 });
    expect(orders?.sized).toBeUndefined();
  });

  test('S3-36: a recorded restore gives the size and is held against the objective', () => {
    const orders = linesOf({ 'shop/orders': { bytes: TB, minutes: 60 } })[1];
    expect(orders?.sized).toEqual({ bytes: TB, minutes: expect.closeTo(60), meets: false });
  });

  test('a cache is filled again', () => {
    expect(linesOf().map(({ store }) => store)).toEqual(['shop/media', 'shop/orders']);
  });

  test('an estate without data has no line', () => {
    expect(assess(committed('pilot-light')).restore.lines).toEqual([]);
  });
});
