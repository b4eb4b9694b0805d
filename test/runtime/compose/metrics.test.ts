import { metrics } from '../../../runtime/compose/metrics';

const textOf = (...seconds: number[]) => {
  const counted = metrics(() => 50_000_000);
  for (const each of seconds) counted.record({ kind: 'Cache', outcome: 'ready', seconds: each });
  return counted.text();
};

test('counts calls by kind and result', () => {
  expect(textOf(0.001, 0.002)).toContain('flipside_compose_requests_total{kind="Cache",result="ready"} 2\n');
});

test('a bucket holds every call that took at most its bound', () => {
  const text = textOf(0.002, 0.02, 7);
  expect(text).toContain('{kind="Cache",le="0.001"} 0\n');
  expect(text).toContain('{kind="Cache",le="0.0025"} 1\n');
  expect(text).toContain('{kind="Cache",le="0.025"} 2\n');
  expect(text).toContain('{kind="Cache",le="+Inf"} 3\n');
  expect(text).toContain('flipside_compose_duration_seconds_count{kind="Cache"} 3\n');
});

test('tells the memory, even before the first call', () => {
  expect(textOf()).toContain('process_resident_memory_bytes 50000000\n');
});
