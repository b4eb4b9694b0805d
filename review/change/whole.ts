/** A claim, service or stack that is new, gone, or both under another name. */
import type { ObjectChange, Outputs } from './diff';
import type { InputChanges } from './inputs';
import type { Outcome, Reason } from './outcome';
import { type Subject, subjectName } from './place';
import { type Row, rowOf } from './row';
import { holdsData, isManaged } from './stores';

/** The one line about it; undefined for what is there before and after. */
export function wholeRow(
  subject: Subject,
  changes: readonly ObjectChange[],
  outputs: Outputs,
  inputs: InputChanges,
): Row | undefined {
  const [before, after] = [isIn(subject, outputs.base), isIn(subject, outputs.head)];
  if (before === after) return undefined;
  const name = subjectName(subject);
  const renamed = renameOf(name, inputs);
  if (renamed && changes.some(({ type }) => holdsData(type)))
    return renamedRow(subject, changes, renamed, after);
  return after ? createdRow(subject, changes) : removedRow(subject, changes);
}

/** By the files alone, most of which are equal on both sides and never read. */
function isIn(subject: Subject, files: Outputs['base']): boolean {
  const paths = [...files.keys()];
  if (subject.kind === 'claim')
    return paths.some((path) => path.endsWith(`/${subject.team}.${subject.name}.yaml`));
  if (subject.kind === 'stack')
    return paths.some((path) => new RegExp(`^aws/(.*-)?${subject.name}\\.json$`).test(path));
  return paths.some((path) => path.split('/')[0] === 'kubernetes' && path.split('/')[2] === subject.name);
}

interface Rename {
  readonly from: string;
  readonly to: string;
}

function renameOf(name: string, { renamed }: InputChanges): Rename | undefined {
  const [from, to] = [...renamed].find((names) => names.includes(name)) ?? [];
  return from !== undefined && to !== undefined ? { from, to } : undefined;
}

function renamedRow(
  subject: Subject,
  changes: readonly ObjectChange[],
  { from, to }: Rename,
  isNew: boolean,
): Row {
  const text = isNew
    ? `renamed from ${from}: a claim's name is its identity, so this is another store, new and empty`
    : `renamed to ${to}: the store with the data stays in AWS, unmanaged and no longer in use`;
  return rowOf(subject, {
    what: [`${from} → ${to}`],
    outcome: 'data-loss',
    reasons: [{ outcome: 'data-loss', text }],
    changes,
  });
}

function createdRow(subject: Subject, changes: readonly ObjectChange[]): Row {
  const made = changes.filter(({ type }) => isManaged(type) || type.startsWith('AWS::')).length;
  const text =
    made > 0 ? `${made} AWS resources and ${changes.length - made} objects` : `${changes.length} objects`;
  return rowOf(subject, {
    what: ['new'],
    outcome: 'created',
    reasons: [{ outcome: 'created', text }],
    changes,
  });
}

/** Runbook that says how data is deleted for good. */
const REMOVAL =
  'its data stays in AWS, unmanaged and no longer failed over; to remove it, take a final snapshot or copy, switch deletion protection off, and delete it with the AWS command line';

function removedRow(subject: Subject, changes: readonly ObjectChange[]): Row {
  const stores = changes.filter(({ type }) => holdsData(type));
  const deleted = stores.filter(({ before }) => isDeleted(before?.spec?.['managementPolicies']));
  const outcome: Outcome = deleted.length > 0 ? 'data-loss' : 'removed';
  return rowOf(subject, { what: ['gone'], outcome, reasons: reasonsOf(stores, deleted, outcome), changes });
}

function reasonsOf(
  stores: readonly ObjectChange[],
  deleted: readonly ObjectChange[],
  outcome: Outcome,
): Reason[] {
  if (deleted.length > 0)
    return deleted.map(({ name }) => ({
      outcome,
      text: `${name} is deleted with its data: it has the Delete policy`,
    }));
  return [{ outcome, text: stores.length > 0 ? REMOVAL : 'its objects are deleted' }];
}

const isDeleted = (policies: unknown): boolean =>
  Array.isArray(policies) && (policies.includes('Delete') || policies.includes('*'));
