/** What the review takes from `docs/drills.md`. */
import { ledgerOf } from '../../scripts/review/ledger';
import { lay, root, scratch } from '../helpers/cli';

const DRILLS = `# Drills

| date | commit | where | estates | rows lost | |
|---|---|---|---|---|---|
| 2026-03-02 | 1234567 | AWS, prod | storefront, capstone | 0 | passed |
| 2026-01-09 | 1234567 | AWS, prod | storefront | 0 | passed |
| 2026-04-01 | 1234567 | AWS, prod | storefront | 3 | failed |
| 2026-05-01 | 1234567 | lab, stand-in provider | all five | 0 | passed |

## Restores

| date | estate | store | where | GiB | minutes | |
|---|---|---|---|---|---|---|
| 2026-02-01 | storefront | shop/orders | AWS | 40 | 20 | passed |
| 2026-03-01 | storefront | shop/orders | AWS | 60 | 30 | passed |
| 2026-03-02 | storefront | shop/events | AWS | - | 12 | passed |
| 2026-03-03 | storefront | shop/media | AWS | 5 | 9 | failed |
| 2026-03-04 | capstone | shop/orders | AWS | 1 | 1 | passed |
`;

function ledger(name: string, text = DRILLS) {
  const dir = scratch();
  lay(dir, new Map([['docs/drills.md', new TextEncoder().encode(text)]]));
  return ledgerOf(dir, name);
}

test('S3-34: the last drill on AWS that passed counts, of this estate', () => {
  expect(ledger('storefront').lastDrill).toBe('2026-03-02');
  expect(ledger('capstone').lastDrill).toBe('2026-03-02');
  expect(ledger('pilot-light').lastDrill).toBeUndefined();
});

test('S3-36, S4-96: the last restore of each store of this estate that passed, and what it measured', () => {
  const { lastRestores, restored } = ledger('storefront');
  expect(lastRestores).toEqual({ 'shop/orders': '2026-03-01', 'shop/events': '2026-03-02' });
  expect(restored).toEqual({ 'shop/orders': { bytes: 60 * 2 ** 30, minutes: 30 } });
});

test('nothing is recorded where there is no ledger, and the committed one knows no drill on AWS', () => {
  const nothing = { lastRestores: {}, restored: {} };
  expect(ledgerOf(scratch(), 'storefront')).toEqual(nothing);
  expect(ledgerOf(root, 'storefront')).toEqual(nothing);
});
