import { choice, kindOf, nearest, quoted } from '../../spec/_words';
import { pathText } from '../../spec/_path';

describe('nearest', () => {
  const known = ['orders', 'sessions', 'media'];
  const cases: Record<string, { reason: string; name: string; want: string | undefined }> = {
    'a letter lost': { reason: 'a slip', name: 'sesions', want: 'sessions' },
    'two letters swapped': { reason: 'a slip', name: 'ordres', want: 'orders' },
    'another case': { reason: 'a slip', name: 'Orders', want: 'orders' },
    'another word': { reason: 'a wrong guess helps nobody', name: 'payments', want: undefined },
  };
  test.each(Object.entries(cases))('%s', (_name, { name, want }) => {
    expect(nearest(name, known)).toBe(want);
  });
});

test('one choice is not a list', () => {
  expect(choice('b', ['a'])).toBe('expected a');
  expect(choice('b', [])).toBe('expected none');
});

test('long values are cut and control characters shown', () => {
  expect(quoted('x'.repeat(100))).toBe(`"${'x'.repeat(80)}…"`);
  expect(quoted('a\u202e\n')).toBe('"a\\u{202e}\\u{a}"');
});

test.each([
  [null, 'empty'],
  [[], 'a list'],
  [{}, 'a mapping'],
  [true, 'true or false'],
  ['', 'a string'],
  [1, 'a whole number'],
  [1.5, 'a number with a fraction'],
])('%j is %s', (value, want) => {
  expect(kindOf(value)).toBe(want);
});

test('paths are written as people would', () => {
  expect(pathText(['regions', 'peer', 'cidr'])).toBe('regions.peer.cidr');
  expect(pathText(['uses', 1])).toBe('uses[1]');
  expect(pathText(['metadata', 'labels', 'a/b'])).toBe('metadata.labels["a/b"]');
});
