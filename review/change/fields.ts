/** Which fields of an object differ, however it is written. */
import microdiff from 'microdiff';
import { pair, type Plain } from './_pair';

/** One value that differs. */
export interface FieldChange {
  /** For a reader: `spec.template.spec.containers[app].image`. */
  readonly path: string;
  /** Without what names an item of a list: `spec.template.spec.containers.image`. */
  readonly field: string;
  /** Absent: was not there. */
  readonly from?: Plain;
  /** Absent: is not there any more. */
  readonly to?: Plain;
}

/** Every value that differs, in the order of the fields; none when both mean the same. */
export function fieldChanges(before: object, after: object): FieldChange[] {
  const [from, to] = pair(before, after) as [object, object];
  return microdiff(from, to, { cyclesFix: false }).flatMap((one) => {
    const path = one.path.map(String);
    if (one.type === 'CREATE') return leaves(one.value).map((leaf) => created(path, leaf));
    if (one.type === 'REMOVE') return leaves(one.oldValue).map((leaf) => removed(path, leaf));
    return changed(path, one.oldValue, one.value);
  });
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: Plain;
}

const created = (path: readonly string[], leaf: Leaf): FieldChange => ({
  ...named([...path, ...leaf.path]),
  to: leaf.value,
});

const removed = (path: readonly string[], leaf: Leaf): FieldChange => ({
  ...named([...path, ...leaf.path]),
  from: leaf.value,
});

/** A value that takes the place of an object, or gives way to one, is both gone and new. */
function changed(path: readonly string[], from: Plain, to: Plain): FieldChange[] {
  if (!isNested(from) && !isNested(to)) return [{ ...named(path), from, to }];
  return [
    ...leaves(from).map((leaf) => removed(path, leaf)),
    ...leaves(to).map((leaf) => created(path, leaf)),
  ];
}

const isNested = (value: Plain): value is object => typeof value === 'object' && value !== null;

function leaves(value: Plain): Leaf[] {
  if (!isNested(value) || Object.keys(value).length === 0) return [{ path: [], value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner).map((leaf) => ({ path: [key, ...leaf.path], value: leaf.value })),
  );
}

const isItem = (step: string) => step.startsWith('[');

const named = (steps: readonly string[]): Pick<FieldChange, 'path' | 'field'> => ({
  path: steps.map((step, i) => (i === 0 || isItem(step) ? step : `.${step}`)).join(''),
  field: steps.filter((step) => !isItem(step)).join('.'),
});

/** `forProvider.deletionProtection true → false`, short enough for a table. */
export const shownChange = ({ path, from, to }: FieldChange): string =>
  `${path.replace(/^(spec\.forProvider|spec|Properties)\./, '')} ${shownValue(from)} → ${shownValue(to)}`;

const MAX_SHOWN = 40;

function shownValue(value: Plain): string {
  if (value === undefined) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const short = text.replace(/^.*@sha256:([0-9a-f]{8})[0-9a-f]*$/, '$1');
  return short.length > MAX_SHOWN ? `${short.slice(0, MAX_SHOWN - 1)}…` : short;
}
