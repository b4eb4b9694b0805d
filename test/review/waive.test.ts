import type { Finding } from '../../review/finding';
import { waive } from '../../review/waive';
import type { Waiver } from '../../spec/waivers';

const finding = (rest: Partial<Finding> = {}): Finding => ({
  check: 'recent-drill',
  severity: 'warning',
  message: 'No drill',
  path: 'docs/drills.md#shop',
  remedy: 'Run one',
  ...rest,
});

const waiver = (rest: Partial<Waiver> = {}): Waiver => ({
  check: 'recent-drill',
  reason: 'The account is not there before the spring',
  owner: 'platform',
  expires: '2027-03-31',
  ...rest,
});

const judge = (waivers: readonly Waiver[], today = '2026-11-21') =>
  waive([finding()], waivers, { estate: 'shop', today });

interface Case {
  readonly reason: string;
  readonly waivers: readonly Waiver[];
  readonly today?: string;
  readonly left: readonly string[];
  readonly waived: number;
}

const cases: Record<string, Case> = {
  'no waiver': { reason: 'the finding stays', waivers: [], left: ['recent-drill'], waived: 0 },
  'a waiver of the check': { reason: 'the finding is put aside', waivers: [waiver()], left: [], waived: 1 },
  'the beginning of the path': {
    reason: 'one waiver for a folder',
    waivers: [waiver({ path: 'docs/' })],
    left: [],
    waived: 1,
  },
  'another path': {
    reason: 'the finding stays, and the waiver is told',
    waivers: [waiver({ path: 'dist/' })],
    left: ['recent-drill', 'unused-waiver'],
    waived: 0,
  },
  'another check': {
    reason: 'a typing mistake does not go unseen',
    waivers: [waiver({ check: 'recent-drills' })],
    left: ['recent-drill', 'unused-waiver'],
    waived: 0,
  },
  'the last day': { reason: 'it still holds', waivers: [waiver()], today: '2027-03-31', left: [], waived: 1 },
  'the day after': {
    reason: 'it does not hold any more',
    waivers: [waiver()],
    today: '2027-04-01',
    left: ['recent-drill'],
    waived: 0,
  },
  'an expired one and a valid one': {
    reason: 'the valid one counts',
    waivers: [waiver({ expires: '2026-01-01' }), waiver()],
    left: [],
    waived: 1,
  },
};

test.each(Object.entries(cases))('%s', (_name, { waivers, today, left, waived }) => {
  const judged = judge(waivers, today);
  expect(judged.findings.map(({ check }) => check)).toEqual(left);
  expect(judged.waived).toHaveLength(waived);
});

test('what an expired waiver accepted is an error that says so', () => {
  const [expired] = judge([waiver({ expires: '2026-11-20' })]).findings;
  expect(expired).toMatchObject({
    severity: 'error',
    message: expect.stringContaining('waiver expired on 2026-11-20'),
  });
});

test('a waiver that accepts nothing points at itself', () => {
  const [, unused] = judge([waiver({ check: 'no-such-check' })]).findings;
  expect(unused).toMatchObject({ severity: 'warning', path: 'estates/shop/waivers.yaml#waivers[0]' });
});
