import { runCheck } from '../../../review/check';
import { checksFor } from '../../../review/checks';
import { numberChecks } from '../../../review/checks/numbers';
import type { Finding } from '../../../review/finding';
import type { RenderedEstate } from '../../../review/rendered';
import { committed } from './_rendered';
import { BREAKS } from './breaks/_all';
import { MENDS } from './breaks/_mends';

/** Figures change with almost everything; they have tests of their own. */
const figures = new Set(numberChecks.map(({ id }) => id));
const checks = checksFor({ today: '2026-11-21' }).filter(({ id }) => !figures.has(id));

const found = (estate: RenderedEstate): Finding[] => checks.flatMap((check) => [...runCheck(check, estate)]);

const before = new Map([...committed].map(([name, estate]) => [name, found(estate)]));

function estateOf(name: string): RenderedEstate {
  const estate = committed.get(name);
  if (!estate) throw new Error(`Cannot break "${name}": not committed`);
  return estate;
}

/** Ids of the checks that find what they did not find before. */
function newIn(name: string, estate: RenderedEstate): string[] {
  const known = new Set(before.get(name)?.map((finding) => JSON.stringify(finding)));
  const fresh = found(estate).filter((finding) => !known.has(JSON.stringify(finding)));
  return [...new Set(fresh.map(({ check }) => check))];
}

describe.each(BREAKS)('$check finds $what', ({ check, estates, mutate }) => {
  test.each(estates)('in %s, and nothing else does', (name) => {
    expect(newIn(name, mutate(estateOf(name)))).toEqual([check]);
  });
});

describe.each(MENDS)('$check falls silent with $what', ({ check, estates, mutate }) => {
  test.each(estates)('in %s', (name) => {
    expect(before.get(name)?.map((finding) => finding.check)).toContain(check);
    const left = found(mutate(estateOf(name))).filter((finding) => finding.check === check);
    // Mutations leave the other environments alone, which run their own copy of the images.
    expect(left.filter(({ message }) => !/^(dev|staging)-/.test(message))).toEqual([]);
  });
});

/** Decided by the day or the ledger, or by what is committed; the tests beside this one break them. */
const ELSEWHERE = ['kubernetes-support', 'recent-drill', 'tested-restores', 'distant-regions'];

test('every check is broken here or beside', () => {
  const broken = new Set([...BREAKS.map(({ check }) => check), ...ELSEWHERE]);
  expect(checks.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
});
