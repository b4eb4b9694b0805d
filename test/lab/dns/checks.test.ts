/** The health of checks from what their endpoints answer. */
import * as fc from 'fast-check';
import { statusesOf } from '../../../lab/dns/checks';
import type { HealthCheck } from '../../../lab/dns/records';

const endpoint = (id: string, more: Partial<HealthCheck> = {}): HealthCheck => ({
  id,
  type: 'HTTPS',
  ...more,
});
const combined = (childHealthThreshold: number, ...childHealthchecks: string[]): HealthCheck => ({
  id: 'all',
  type: 'CALCULATED',
  childHealthThreshold,
  childHealthchecks,
});

const inverted = { invertHealthcheck: true };

interface Case {
  readonly checks: readonly HealthCheck[];
  readonly up: Readonly<Record<string, boolean>>;
  readonly healthy: boolean;
  readonly reason: string;
}

test.each<Case>([
  { checks: [endpoint('a')], up: {}, healthy: true, reason: 'a new check is healthy' },
  { checks: [endpoint('a', inverted)], up: {}, healthy: false, reason: 'a new inverted check is not' },
  { checks: [endpoint('a')], up: { a: false }, healthy: false, reason: 'no answer' },
  { checks: [endpoint('a', inverted)], up: { a: false }, healthy: true, reason: 'no answer, inverted' },
  { checks: [endpoint('a', { disabled: true })], up: { a: false }, healthy: true, reason: 'nobody looks' },
  {
    checks: [endpoint('a', { disabled: true, ...inverted })],
    up: {},
    healthy: false,
    reason: 'nobody looks, inverted',
  },
])('$reason', ({ checks, up, healthy }) => {
  expect(statusesOf(checks, up)).toEqual({ a: healthy });
});

/** As every site with failover routing has it: home serves while its entry answers and the peer has not taken over. */
const homeServes = [
  endpoint('home'),
  endpoint('not-taken-over', inverted),
  combined(2, 'home', 'not-taken-over'),
];

test.each([
  { home: true, taken: false, healthy: true },
  { home: true, taken: true, healthy: false },
  { home: false, taken: false, healthy: false },
  { home: false, taken: true, healthy: false },
])('home serves: $healthy, with its entry $home and the peer primary $taken', ({ home, taken, healthy }) => {
  expect(statusesOf(homeServes, { home, 'not-taken-over': taken })['all']).toBe(healthy);
});

test('a combined check counts its children, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
      fc.nat(7),
      fc.boolean(),
      (up, threshold, invert) => {
        const ids = up.map((_, index) => `c${index}`);
        const parent = { ...combined(threshold, ...ids), invertHealthcheck: invert };
        const statuses = statusesOf(
          [...ids.map((id) => endpoint(id)), parent],
          Object.fromEntries(ids.map((id, index) => [id, up[index] ?? false])),
        );
        expect(statuses['all']).toBe(up.filter(Boolean).length >= threshold !== invert);
      },
    ),
  );
});

test('a child that is not there, or that is its own parent, is an error that names it', () => {
  expect(() => statusesOf([combined(1, 'gone')], {})).toThrow('"gone"');
  expect(() => statusesOf([combined(1, 'all')], {})).toThrow('combined of itself');
});
