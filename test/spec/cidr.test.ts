import { blockOf, overlaps, prefixOf, usableAddresses } from '../../spec/cidr';

describe('overlaps', () => {
  const cases: Record<string, { reason: string; a: string; b: string; want: boolean }> = {
    equal: { reason: 'every address', a: '10.0.0.0/16', b: '10.0.0.0/16', want: true },
    inside: { reason: 'all of the smaller', a: '10.0.0.0/16', b: '10.0.128.0/17', want: true },
    around: { reason: 'the other way round', a: '10.0.128.0/17', b: '10.0.0.0/16', want: true },
    neighbours: {
      reason: 'the last and the first address differ',
      a: '10.0.0.0/16',
      b: '10.1.0.0/16',
      want: false,
    },
  };
  test.each(Object.entries(cases))('%s', (_name, { a, b, want }) => {
    expect(overlaps(a, b)).toBe(want);
  });
});

test('blocks are counted from 0 inside a larger block', () => {
  expect(blockOf('10.0.0.0/16', 20, 5)).toBe('10.0.80.0/20');
  expect(blockOf('10.0.0.0/16', 20, 16)).toBeUndefined();
  expect(blockOf('10.0.0.0/16', 15, 0)).toBeUndefined();
});

test('AWS keeps five addresses of a subnet', () => {
  expect(prefixOf('10.0.0.0/20')).toBe(20);
  expect(usableAddresses('10.0.0.0/20')).toBe(4091);
});
