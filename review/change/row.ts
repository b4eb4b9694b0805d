/** One line of the answer: what changed, the verdict, where, and why. */
import type { Severity } from '../finding';
import type { ObjectChange } from './diff';
import { type Outcome, type Reason, SEVERITY, worst } from './outcome';
import { type Subject, subjectName } from './place';
import type { Judged } from './verdict';

/** A line. One subject has several when several grave things happen to it. */
export interface Row {
  readonly subject: Subject;
  /** `<team>/<claim>`, the service, `platform <application>` or `stack <stack>`. */
  readonly name: string;
  /** What people changed, each as `size medium → large`; empty when only the output differs. */
  readonly what: readonly string[];
  readonly outcome: Outcome;
  /** Whoever would make the change says no, so nothing happens until it is taken back. */
  readonly refused: boolean;
  readonly severity: Severity;
  /** `<environment>-<region>` */
  readonly clusters: readonly string[];
  /** Each once, without a full stop. */
  readonly why: readonly string[];
  readonly sources: readonly string[];
  readonly objects: readonly { readonly type: string; readonly name: string; readonly file: string }[];
  /** USD a month, more or less than before; on the first line of its subject, where it is known. */
  readonly usd?: number;
}

/** Below this, a subject that has something graver to say says no more. */
const ALWAYS_SHOWN: ReadonlySet<Outcome> = new Set([
  'data-loss',
  'failover-lost',
  'replacement',
  'restart',
  'failover-gained',
]);

/** A line that is made of judged objects; they share the subject. */
export interface RowParts {
  readonly what: readonly string[];
  readonly outcome: Outcome;
  readonly refused?: boolean;
  readonly reasons: readonly Reason[];
  readonly changes: readonly ObjectChange[];
}

/** A line of its parts, which hold one change at least. */
export function rowOf(subject: Subject, { what, outcome, refused, reasons, changes }: RowParts): Row {
  return {
    subject,
    name: subjectName(subject),
    what,
    outcome,
    refused: refused ?? false,
    severity: SEVERITY[outcome],
    clusters: unique(changes.map(({ place }) => place.cluster).filter((cluster) => cluster !== '')),
    why: [...grouped(reasons, ({ text }) => text)].map(([text, same]) => withMoments(text, same)),
    sources: unique(reasons.flatMap(({ source }) => source ?? [])),
    objects: changes.map(({ type, name, place }) => ({ type, name, file: place.file })),
  };
}

function withMoments(text: string, reasons: readonly Reason[]): string {
  const moments = unique(reasons.flatMap(({ when }) => when ?? []));
  return moments.length > 0 ? `${text}, ${moments.join(' and ')}` : text;
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

/** The lines of one subject that was there before and is there still. */
export function rowsOf(subject: Subject, judged: readonly Judged[], what: readonly string[]): Row[] {
  const gravest = worst(judged.map(({ outcome }) => outcome));
  const groups = grouped(judged, ({ outcome, refused }) => `${outcome} ${refused}`);
  return [...groups.values()]
    .filter(([first]) => first && (first.outcome === gravest || ALWAYS_SHOWN.has(first.outcome)))
    .map((group) => ({
      outcome: group[0]?.outcome ?? 'unchanged',
      refused: group[0]?.refused ?? false,
      reasons: group.flatMap(({ reasons }) => reasons),
      changes: group.map(({ change }) => change),
    }))
    .map((parts) => rowOf(subject, { ...parts, what }));
}

/** Items by the key that `keyOf` gives, keys and items in their order. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
