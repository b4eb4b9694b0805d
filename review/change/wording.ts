/** The words that every form of the answer shares. */
import type { Assessment } from '../assessment';
import type { CostChange } from './cost';
import { WORDS } from './outcome';
import type { ChangeReview } from './review';
import type { Row } from './row';

/** `data loss possible`, `replacement (refused)`. */
export const verdictOf = ({ outcome, refused }: Row): string =>
  refused ? `${WORDS[outcome]} (refused)` : WORDS[outcome];

/** `us-east-1, eu-west-1, dev us-east-1`; prod goes without saying. */
export const whereOf = ({ clusters }: Row): string =>
  clusters.length === 0
    ? 'account'
    : clusters.map((cluster) => cluster.replace(/^prod-/, '').replace(/^(dev|staging)-/, '$1 ')).join(', ');

/** `shop/orders  size medium → large`. */
export const whatOf = ({ name, what }: Row): string =>
  [name, fewOf(what, 3, ', ')].filter(Boolean).join('  ');

/** What a reader takes in; the JSON form holds all. */
export const whyOf = ({ why }: Row): string => fewOf(why, 2, '; ');

function fewOf(texts: readonly string[], most: number, separator: string): string {
  const shown = texts.slice(0, most).join(separator);
  return texts.length > most ? `${shown}${separator}and ${texts.length - most} more` : shown;
}

/** `1 claim, 2 services changed`. */
export function countOf({ rows }: ChangeReview): string {
  const names = (kind: Row['subject']['kind']) =>
    new Set(rows.filter(({ subject }) => subject.kind === kind).map(({ name }) => name)).size;
  const counts = (
    [
      ['claim', 'claims'],
      ['service', 'services'],
      ['platform', 'platform parts'],
      ['stack', 'stacks'],
    ] as const
  ).map(([kind, many]) => [names(kind), names(kind) === 1 ? many.replace(/s$/, '') : many] as const);
  const told = counts.filter(([count]) => count > 0).map(([count, noun]) => `${count} ${noun}`);
  return told.length > 0 ? `${told.join(', ')} changed` : 'no change';
}

/** Whether somebody has to decide. */
export const decisionOf = ({ severity }: ChangeReview): string =>
  severity === 'error' ? 'needs a decision' : 'nothing to decide';

/** Who is behind the claims that changed. */
export const reachOf = ({ reach }: ChangeReview): string[] =>
  reach.map(({ claim, services }) => {
    const teams = [...new Set(services.map(({ team }) => team))];
    return `${claim} is used by ${services.map(({ name }) => name).join(', ')} (${teams.join(', ')})`;
  });

/** RTO, RPO, cost, capacity and dependencies in one line each; empty when none is known. */
export function figuresOf({ assessments, cost }: ChangeReview): string[] {
  return [
    ...(assessments ? [rto(assessments), rpo(assessments.head)] : []),
    ...(cost ? [money(cost)] : []),
    ...(assessments ? [capacity(assessments.head), dependencies(assessments)] : []),
  ];
}

type Assessments = NonNullable<ChangeReview['assessments']>;

const seconds = (value: number) => String(Math.round(value));

function rto({ base, head }: Assessments): string {
  const now = seconds(head.rto.total.p95);
  const before = base && seconds(base.rto.total.p95);
  const change = before === undefined ? '' : before === now ? ' (unchanged)' : ` (was ${before})`;
  return `RTO p95 ${now} s of ${seconds(head.rto.objective)}${change}`;
}

function rpo({ rpo: { objective, lines } }: Assessment): string {
  if (objective === undefined || lines.length === 0) return 'RPO does not apply';
  const bounds = lines.map(({ bound }) => bound);
  const worst = bounds.includes(undefined) ? 'unbounded' : `${seconds(Math.max(...bounds.map(Number)))} s`;
  return `RPO ${worst} of ${seconds(objective)}`;
}

const amount = (usd: number) => Math.abs(Math.round(usd)).toLocaleString('en-US');

/** `+USD 212 a month (standby 106)`. */
export function money({ total, standby, unknown }: CostChange): string {
  const sign = total < 0 ? '−' : '+';
  const items = unknown.length === 1 ? '1 item' : `${unknown.length} items`;
  const without = unknown.length > 0 ? `, without the price of ${items}` : '';
  return `${sign}USD ${amount(total)} a month (standby ${standby < 0 ? '−' : ''}${amount(standby)}${without})`;
}

function capacity({ capacity: lines }: Assessment): string {
  const short = lines.find(({ meets }) => !meets);
  return short ? `capacity short: ${short.limit} in ${short.cluster}` : 'capacity ok';
}

function dependencies({ base, head }: Assessments): string {
  const before = base ? hardDependencies(base) : [];
  const fresh = base ? hardDependencies(head).filter((name) => !before.includes(name)) : [];
  return fresh.length > 0
    ? `failover path: now needs ${fresh.join(', ')}`
    : 'failover path: no new dependency';
}

const hardDependencies = ({ availability }: Assessment): string[] =>
  availability.dependencies.filter(({ hard }) => hard).map(({ service }) => service);
