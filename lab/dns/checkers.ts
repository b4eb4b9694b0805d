/**
 * A stand-in for Route 53's health checkers: eight of them per check, each with its own rhythm, ask live endpoints of
 * this machine. They do not stand in eight regions of the world, so they see no network between.
 */
import { setMaxListeners } from 'node:events';
import { HEALTHY_SHARE, statusesOf } from './checks';
import { PATIENCE, type Patience, probe } from './probe';
import type { Health, HealthCheck } from './records';

/** Where Route 53's checkers stand. https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (2026-11) */
export const CHECKER_REGIONS = [
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'sa-east-1',
] as const;

/** Defaults of API_HealthCheckConfig. */
const INTERVAL = 30;
const FAILURES = 3;

/** URL on this machine that stands for an endpoint; undefined where nothing does. */
export type EndpointOf = (fqdn: string, port: number, path: string, checker: string) => string | undefined;

/** How checkers are started. */
export interface CheckersProps {
  readonly endpointOf: EndpointOf;
  /** Intervals are divided by this; `note` says so. @default 1 */
  readonly speed?: number;
  /** @default PATIENCE */
  readonly patience?: Patience;
  /** Told when the status of a check changes. */
  readonly changed?: (id: string, healthy: boolean) => void;
}

/** Checkers that run. */
export interface Checkers {
  /** Checks these from now on. One that is checked already goes on; a new one starts healthy. Throws before it changes anything. */
  readonly check: (checks: readonly HealthCheck[]) => void;
  readonly health: () => Health;
  /** What a report has to say about the intervals; undefined when they are as configured. */
  readonly note: () => string | undefined;
  readonly stop: () => void;
}

/** One endpoint, as all its checkers see it. */
interface Watched {
  readonly config: string;
  readonly healthy: () => boolean;
  readonly stop: () => void;
}

/** Starts checkers that check nothing yet. */
export function startCheckers(props: CheckersProps): Checkers {
  const watched = new Map<string, Watched>();
  let checks: readonly HealthCheck[] = [];
  let said: Health = {};
  const look = () => {
    const endpoints = Object.fromEntries([...watched].map(([id, one]) => [id, one.healthy()]));
    const before = said;
    said = statusesOf(checks, endpoints);
    for (const [id, healthy] of Object.entries(said)) {
      if (id in before && before[id] !== healthy) props.changed?.(id, healthy);
    }
  };
  return {
    check: (next) => {
      refuseUnknown(next, props.endpointOf);
      statusesOf(next, {});
      checks = next;
      exchange(watched, next, (check) => watch(check, props, look));
      look();
    },
    health: () => said,
    note: () => noteOn(checks, props.speed ?? 1),
    stop: () => exchange(watched, [], (check) => watch(check, props, look)),
  };
}

/** Ends what is no longer checked, or checked otherwise, and starts what is new. */
function exchange(
  watched: Map<string, Watched>,
  checks: readonly HealthCheck[],
  start: (check: HealthCheck) => Watched,
): void {
  const wanted = new Map(checks.filter(isEndpoint).map((check) => [check.id, check]));
  for (const [id, { config, stop }] of watched) {
    if (config === JSON.stringify(wanted.get(id))) continue;
    stop();
    watched.delete(id);
  }
  for (const [id, check] of wanted) if (!watched.has(id)) watched.set(id, start(check));
}

const isEndpoint = ({ type, disabled }: HealthCheck) => type !== 'CALCULATED' && !disabled;

/** All that cannot be checked, at once. */
function refuseUnknown(checks: readonly HealthCheck[], endpointOf: EndpointOf): void {
  const problems = checks.filter(isEndpoint).flatMap((check) => {
    const { id, type, fqdn, resourcePath = '/' } = check;
    if (type !== 'HTTP' && type !== 'HTTPS') {
      return [`Cannot check "${id}": type ${type}, expected HTTP, HTTPS or CALCULATED`];
    }
    if (fqdn && endpointOf(fqdn, portOf(check), resourcePath, CHECKER_REGIONS[0])) return [];
    const what = `${fqdn ?? 'no fqdn'}:${portOf(check)}${resourcePath}`;
    return [`Cannot check "${id}": nothing on this machine stands for ${what}, expected a local endpoint`];
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

const portOf = ({ port, type }: HealthCheck) => port ?? (type === 'HTTPS' ? 443 : 80);

/** Each checker turns after so many answers in a row, and the endpoint is healthy while enough of them say so. */
function watch(check: HealthCheck, props: CheckersProps, look: () => void): Watched {
  const ended = new AbortController();
  // Each checker listens, and each request of it.
  setMaxListeners(0, ended.signal);
  const every = intervalMs(check, props.speed ?? 1);
  const checkers = CHECKER_REGIONS.map((region, index) => {
    const checker = checkerOf(check.failureThreshold ?? FAILURES);
    void repeat(every, (index * every) / CHECKER_REGIONS.length, ended.signal, async () => {
      const passed = await asked(check, region, props, ended.signal);
      if (!ended.signal.aborted && checker.hear(passed)) look();
    });
    return checker;
  });
  return {
    config: JSON.stringify(check),
    healthy: () => checkers.filter((one) => one.healthy()).length > HEALTHY_SHARE * checkers.length,
    stop: () => ended.abort(),
  };
}

const intervalMs = ({ requestInterval = INTERVAL }: HealthCheck, speed: number) =>
  (requestInterval * 1_000) / speed;

function asked(
  check: HealthCheck,
  checker: string,
  { endpointOf, patience = PATIENCE }: CheckersProps,
  signal: AbortSignal,
): Promise<boolean> {
  const { fqdn = '', resourcePath = '/' } = check;
  const url = endpointOf(fqdn, portOf(check), resourcePath, checker);
  return url ? probe({ url, host: fqdn, patience, signal }) : Promise.resolve(false);
}

function checkerOf(threshold: number) {
  let healthy = true;
  let against = 0;
  return {
    healthy: () => healthy,
    /** True when the checker has changed its mind. */
    hear: (passed: boolean): boolean => {
      against = passed === healthy ? 0 : against + 1;
      if (against < threshold) return false;
      healthy = !healthy;
      against = 0;
      return true;
    },
  };
}

/** Runs `action` at its own rhythm. One that lasts longer than the rhythm delays the next; none overlap. */
function repeat(everyMs: number, firstMs: number, signal: AbortSignal, action: () => Promise<void>): void {
  const started = Date.now() + firstMs;
  let timer: NodeJS.Timeout;
  const next = () => {
    const missed = Math.max(0, Math.ceil((Date.now() - started) / everyMs));
    timer = setTimeout(run, started + missed * everyMs - Date.now());
  };
  const run = () => void action().finally(() => signal.aborted || next());
  signal.addEventListener('abort', () => clearTimeout(timer));
  next();
}

function noteOn(checks: readonly HealthCheck[], speed: number): string | undefined {
  const intervals = [
    ...new Set(checks.filter(isEndpoint).map(({ requestInterval = INTERVAL }) => requestInterval)),
  ];
  if (speed === 1 || intervals.length === 0) return undefined;
  return intervals
    .toSorted((one, other) => one - other)
    .map((seconds) => `checker interval shortened from ${seconds} s to ${seconds / speed} s`)
    .join(', ');
}
