import { assess } from '../../review/assess';
import { checksFor } from '../../review/checks';
import { committed } from './checks/_rendered';

const TODAY = '2026-11-21';

test.each([...committed])('%s has no error that is neither mended nor waived', (_name, estate) => {
  const { findings } = assess(estate, { today: TODAY });
  const open = findings.filter(({ severity }) => severity === 'error');
  expect(open.map(({ check, path, message }) => `${check} ${path}: ${message}`)).toEqual([]);
});

test.each([...committed])(
  'every waiver of %s accepts something, until a day within half a year',
  (_name, estate) => {
    const { findings, waived } = assess(estate, { today: TODAY });
    expect(findings.filter(({ check }) => check === 'unused-waiver')).toEqual([]);
    expect(waived.filter(({ expires }) => expires > '2027-05-31')).toEqual([]);
  },
);

test.each([...committed])('the waivers of %s run out', (_name, estate) => {
  const { findings, waived } = assess(estate, { today: '2028-01-01' });
  expect(waived).toEqual([]);
  expect(findings.filter(({ message }) => message.includes('waiver expired'))).not.toEqual([]);
});

test.each([...committed])('%s is judged the same way twice, the gravest first', (_name, estate) => {
  const { findings } = assess(estate, { today: TODAY });
  expect(assess(estate, { today: TODAY }).findings).toEqual(findings);
  const grave = findings.map(({ severity }) => ['error', 'warning', 'info'].indexOf(severity));
  expect(grave).toEqual(grave.toSorted((a, b) => a - b));
});

test('every check has an id of its own, a title and a source', () => {
  const checks = checksFor({ today: TODAY });
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  for (const { id, title, reference } of checks) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(reference).not.toBe('');
  }
});

test.each([...committed])(
  'every finding of %s says where and what to do, without a full stop',
  (_name, estate) => {
    const { findings, waived } = assess(estate, { today: TODAY });
    for (const { message, path, remedy } of [...findings, ...waived.map(({ finding }) => finding)]) {
      expect(message).toMatch(/[^.]$/);
      expect(path).toMatch(/^(estates|dist|docs|model)\//);
      expect(remedy).not.toBe('');
    }
  },
);
