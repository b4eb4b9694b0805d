/** What the function has done since it started, as Prometheus reads it. */

/** Upper bounds of the duration histogram in seconds; the budget of a call is 10 ms. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5] as const;

/** One call. */
export interface Call {
  readonly kind: string;
  readonly outcome: string;
  readonly seconds: number;
}

/** Durations of one kind: how many calls were at most as long as each bound. */
interface Histogram {
  readonly within: number[];
  count: number;
  sum: number;
}

/** Counts calls; kinds and outcomes are few, so it stays small. */
export interface Metrics {
  readonly record: (call: Call) => void;
  /** Text format 0.0.4. https://prometheus.io/docs/instrumenting/exposition_formats/ (2026-11) */
  readonly text: () => string;
}

/** Empty counters; `memory` gives the resident memory of the process in bytes. */
export function metrics(memory: () => number): Metrics {
  const requests = new Map<string, number>();
  const durations = new Map<string, Histogram>();
  return {
    record: ({ kind, outcome, seconds }) => {
      const labels = `kind="${kind}",result="${outcome}"`;
      requests.set(labels, (requests.get(labels) ?? 0) + 1);
      observe(durations, kind, seconds);
    },
    text: () =>
      [...requestLines(requests), ...durationLines(durations), ...memoryLines(memory()), ''].join('\n'),
  };
}

function observe(durations: Map<string, Histogram>, kind: string, seconds: number): void {
  const histogram = durations.get(kind) ?? { within: BOUNDS.map(() => 0), count: 0, sum: 0 };
  durations.set(kind, histogram);
  histogram.count += 1;
  histogram.sum += seconds;
  BOUNDS.forEach((bound, i) => {
    if (seconds <= bound) histogram.within[i] = (histogram.within[i] ?? 0) + 1;
  });
}

const requestLines = (requests: ReadonlyMap<string, number>) => [
  '# HELP flipside_compose_requests_total Calls of the composition function.',
  '# TYPE flipside_compose_requests_total counter',
  ...[...requests].map(([labels, count]) => `flipside_compose_requests_total{${labels}} ${count}`),
];

const durationLines = (durations: ReadonlyMap<string, Histogram>) => [
  '# HELP flipside_compose_duration_seconds How long a call took, without the network.',
  '# TYPE flipside_compose_duration_seconds histogram',
  ...[...durations].flatMap(([kind, histogram]) => seriesOf(`kind="${kind}"`, histogram)),
];

const seriesOf = (labels: string, { within, count, sum }: Histogram) => [
  ...BOUNDS.map(
    (bound, i) => `flipside_compose_duration_seconds_bucket{${labels},le="${bound}"} ${within[i]}`,
  ),
  `flipside_compose_duration_seconds_bucket{${labels},le="+Inf"} ${count}`,
  `flipside_compose_duration_seconds_sum{${labels}} ${sum}`,
  `flipside_compose_duration_seconds_count{${labels}} ${count}`,
];

const memoryLines = (bytes: number) => [
  '# HELP process_resident_memory_bytes Resident memory size in bytes.',
  '# TYPE process_resident_memory_bytes gauge',
  `process_resident_memory_bytes ${bytes}`,
];
