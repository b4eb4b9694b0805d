/** What a change of one estate does: a line for each thing, the gravest first. */
import { parseAllDocuments } from 'yaml';
import type { EstateInput } from '../../spec/input';
import type { Assessment, CostFigure } from '../assessment';
import type { Severity } from '../finding';
import type { KubeObject, OutputFiles } from '../rendered';
import { costOf, type CostChange } from './cost';
import { type ObjectChange, objectChanges, type Outputs } from './diff';
import type { ChangeFacts } from './facts';
import { type TransitionRule, transitionRules } from './immutable';
import { type InputChanges, inputChanges } from './inputs';
import { OUTCOMES, type Outcome, worst } from './outcome';
import { type Subject, subjectName } from './place';
import { grouped, type Row, rowsOf } from './row';
import { type Grounds, judge } from './verdict';
import { wholeRow } from './whole';

/** One side of the comparison. */
export interface Side {
  /** Absent where the estate is not there, or cannot be read any more. */
  readonly input?: EstateInput;
  /** Below `dist/<estate>/`. */
  readonly files: OutputFiles;
  readonly cost?: CostFigure;
  readonly assessment?: Assessment;
}

/** Who uses a claim that users may feel the change of. */
export interface Reach {
  readonly claim: string;
  readonly services: readonly { readonly name: string; readonly team: string }[];
}

/** The answer for one estate. */
export interface ChangeReview {
  readonly estate: string;
  /** Of `estate.yaml` and the regional claim, as people wrote them. */
  readonly estateChanges: readonly string[];
  /** The gravest first; empty when the output means the same. */
  readonly rows: readonly Row[];
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly reach: readonly Reach[];
  /** Absent where the cost of one side is not known. */
  readonly cost?: CostChange;
  readonly assessments?: { readonly base?: Assessment; readonly head: Assessment };
  /** Files whose bytes differ, and how many of their objects do. */
  readonly compared: { readonly files: number; readonly objects: number };
}

/** Compares two sides of an estate. Pure; reads nothing that is equal on both. */
export function changeReview(estate: string, base: Side, head: Side, facts: ChangeFacts): ChangeReview {
  const outputs = { base: base.files, head: head.files };
  const inputs = inputChanges(base.input, head.input);
  const changes = objectChanges(outputs, serviceNames(base, head));
  const cost = costOf(base.cost, head.cost);
  const rows = rowsOfAll(changes, outputs, inputs, facts)
    .map((row) => homeFirst(row, head.input ?? base.input))
    .map((row, i, all) => priced(row, i, all, cost));
  const outcome = worst(rows.map((row) => row.outcome));
  return {
    estate,
    estateChanges: inputs.estate,
    rows,
    outcome,
    severity: worstSeverity(rows),
    reach: reachOf(rows, base, head),
    ...(cost && { cost }),
    ...(head.assessment && {
      assessments: { head: head.assessment, ...(base.assessment && { base: base.assessment }) },
    }),
    compared: { files: new Set(changes.map(({ place }) => place.file)).size, objects: changes.length },
  };
}

const serviceNames = (...sides: readonly Side[]): ReadonlySet<string> =>
  new Set(sides.flatMap(({ input }) => (input?.services ?? []).map(({ name }) => name)));

const worstSeverity = (rows: readonly Row[]): Severity =>
  (['error', 'warning'] as const).find((severity) => rows.some((row) => row.severity === severity)) ?? 'info';

function rowsOfAll(
  changes: readonly ObjectChange[],
  outputs: Outputs,
  inputs: InputChanges,
  facts: ChangeFacts,
): Row[] {
  const grounds = groundsOf(changes, outputs, facts);
  const subjects = grouped(changes, ({ subject }) => subjectName(subject));
  return [...subjects]
    .flatMap(([name, own]) => rowsOfSubject(name, own, outputs, inputs, grounds))
    .toSorted((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome));
}

function rowsOfSubject(
  name: string,
  changes: readonly ObjectChange[],
  outputs: Outputs,
  inputs: InputChanges,
  grounds: Grounds,
): Row[] {
  const subject = changes[0]?.subject;
  if (!subject) return [];
  const whole = wholeRow(subject, changes, outputs, inputs);
  if (whole) return [whole];
  const judged = changes.map((change) => judge(change, grounds));
  return rowsOf(subject, judged, inputs.of.get(name) ?? []);
}

function groundsOf(changes: readonly ObjectChange[], outputs: Outputs, facts: ChangeFacts): Grounds {
  const files = grouped(changes, ({ place }) => place.file);
  return {
    facts,
    rules: rulesFor(changes, outputs.head),
    counterpart: (change) =>
      (files.get(change.place.file) ?? []).find(
        (other) => isHalf(other, !change.before) && isAlike(other, change),
      ),
  };
}

/** There before only, or after only. */
const isHalf = ({ before, after }: ObjectChange, wasBefore: boolean) =>
  wasBefore ? before !== undefined && !after : after !== undefined && !before;

const isAlike = (one: ObjectChange, other: ObjectChange) =>
  one.type === other.type && stem(one.name) === stem(other.name);

/** Composition keys end in what tells one generation from the next, logical ids in CDK's eight digits. */
const stem = (name: string) => name.replace(/([0-9A-F]{8}|-[^-]*)$/, '');

/** All clusters have the same XRDs, so the first one's are read, and only when a claim differs. */
function rulesFor(changes: readonly ObjectChange[], head: OutputFiles): readonly TransitionRule[] {
  if (!changes.some(({ type }) => type.startsWith('platform.flipside.dev/'))) return [];
  const [path] = [...head.keys()].filter((file) => file.endsWith('/apis/apis.yaml')).toSorted();
  const documents = parseAllDocuments(head.get(path ?? '') ?? '');
  return transitionRules(documents.map((document) => document.toJS() as KubeObject));
}

/** As people name the regions; prod before what is smaller. */
function homeFirst(row: Row, input: EstateInput | undefined): Row {
  const home = input?.estate.regions.home.name ?? '';
  const rank = (cluster: string) =>
    ['prod', 'staging', 'dev'].findIndex((one) => cluster.startsWith(`${one}-`)) * 2 +
    (cluster.endsWith(home) ? 0 : 1);
  return { ...row, clusters: row.clusters.toSorted((a, b) => rank(a) - rank(b)) };
}

/** The subject's share of the cost, on its first line. */
function priced(row: Row, at: number, rows: readonly Row[], cost: CostChange | undefined): Row {
  const usd = cost?.items[row.name];
  const isFirst = rows.findIndex(({ name }) => name === row.name) === at;
  return usd && isFirst ? { ...row, usd } : row;
}

function reachOf(rows: readonly Row[], base: Side, head: Side): Reach[] {
  const felt = rows.filter(({ severity }) => severity !== 'info');
  const claims = new Map<string, Subject>(felt.map(({ name, subject }) => [name, subject]));
  const services = new Map(
    [...(base.input?.services ?? []), ...(head.input?.services ?? [])].map((one) => [one.name, one]),
  );
  return [...claims].flatMap(([claim, subject]) => {
    if (subject.kind !== 'claim') return [];
    const users = [...services.values()].filter(({ uses }) => uses.includes(subject.name));
    return users.length > 0 ? [{ claim, services: users.map(({ name, team }) => ({ name, team })) }] : [];
  });
}
