/**
 * Which record of a name Route 53 answers with. Pure.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html (2026-11)
 */
import { type Names, plain, type RecordSet, type Target } from './records';

/** Who asks. */
export interface Client {
  /** Region the client is in; undefined when its resolver does not tell. */
  readonly region?: string;
  /** From 0 to below 1: decides between weighted records. */
  readonly draw?: number;
}

/** Records of one name and type. */
export const recordsOf = ({ zone }: Names, name: string, type: string): readonly RecordSet[] =>
  zone.records.filter((record) => record.type === type && plain(record.name) === plain(name));

/**
 * The record to answer with: chosen by its policy among the healthy ones. Where none is healthy all count as healthy, so
 * that of a failover pair the primary answers.
 */
export function chosen(names: Names, records: readonly RecordSet[], client: Client): RecordSet | undefined {
  const healthy = records.filter((record) => isHealthy(names, record));
  const candidates = healthy.length > 0 ? healthy : records;
  const [first] = candidates;
  if (first?.failoverRoutingPolicy) return primaryOf(candidates);
  if (first?.latencyRoutingPolicy) return nearestOf(candidates, client);
  if (first?.weightedRoutingPolicy) return drawn(candidates, client);
  return first;
}

/** A record is healthy while its check is and, where the alias asks for it, its target. `seen` ends what leads to itself. */
function isHealthy(names: Names, record: RecordSet, seen: readonly string[] = []): boolean {
  const { alias, healthCheckId, type } = record;
  if (healthCheckId && names.health[healthCheckId] === false) return false;
  return alias?.evaluateTargetHealth ? isTargetHealthy(names, plain(alias.name), type, seen) : true;
}

/** A group of records is healthy while one of them is. */
function isTargetHealthy(names: Names, name: string, type: string, seen: readonly string[]): boolean {
  const target = names.targets[name];
  if (target) return isServing(names, target);
  const group = seen.includes(name) ? [] : recordsOf(names, name, type);
  return group.length === 0 || group.some((record) => isHealthy(names, record, [...seen, name]));
}

/** A distribution's health cannot be evaluated. */
function isServing(names: Names, target: Target): boolean {
  if (target.is === 'address') return target.healthy;
  return target.is === 'origin' || target.entries.some(({ name }) => serves(names, name));
}

function serves({ targets }: Names, name: string): boolean {
  const target = targets[plain(name)];
  return target?.is === 'address' && target.healthy;
}

const primaryOf = (records: readonly RecordSet[]) =>
  records.find(({ failoverRoutingPolicy }) => failoverRoutingPolicy?.type === 'PRIMARY') ?? records[0];

const nearestOf = (records: readonly RecordSet[], { region }: Client) =>
  records.toSorted(
    (one, other) =>
      distance(region, one.latencyRoutingPolicy?.region) -
      distance(region, other.latencyRoutingPolicy?.region),
  )[0];

/**
 * Not a measured latency, which Route 53 has and this stand-in has not: 0 for the same region, 1 for the same
 * continent, 2 for another. Of equal ones the first record answers.
 */
function distance(from: string | undefined, to: string | undefined): number {
  if (!from || from === to) return 0;
  return from.split('-')[0] === to?.split('-')[0] ? 1 : 2;
}

const weightOf = (record: RecordSet) => record.weightedRoutingPolicy?.weight ?? 0;

/** A record of weight 0 answers when no other may, and as one of equals when all weigh nothing. */
function drawn(records: readonly RecordSet[], { draw = 0 }: Client): RecordSet | undefined {
  const weighing = records.filter((record) => weightOf(record) > 0);
  if (weighing.length === 0) return records[Math.floor(draw * records.length)];
  let left = draw * weighing.reduce((sum, record) => sum + weightOf(record), 0);
  return weighing.find((record) => (left -= weightOf(record)) < 0);
}

/** The load balancer an accelerator leads to. With none healthy it fails open: the nearest answers all the same. */
export function entryFor(
  names: Names,
  { entries }: Extract<Target, { is: 'nearest' }>,
  { region }: Client,
): string | undefined {
  const healthy = entries.filter(({ name }) => serves(names, name));
  const candidates = healthy.length > 0 ? healthy : entries;
  return candidates.toSorted((one, other) => distance(region, one.region) - distance(region, other.region))[0]
    ?.name;
}
