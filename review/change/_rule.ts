/** A named rule over what differs: which object, which field, and what follows. */
import type { ObjectChange } from './diff';
import { type FieldChange, shownChange } from './fields';

/** What a rule looks for. */
export interface Rule {
  /** kebab-case. */
  readonly name: string;
  /** Of {@link ObjectChange.type}. */
  readonly types: RegExp;
  /** Of the object's name; left out: any. */
  readonly names?: RegExp;
  /** Of {@link FieldChange.field}; left out: the rule is about the object being gone. */
  readonly field?: RegExp;
  /** A setting of `spec.forProvider` that the object must have; left out: any object. */
  readonly having?: string;
  /** Which values of the field; left out: the value is gone. */
  readonly when?: (from: unknown, to: unknown) => boolean;
  /** What follows, without a full stop. */
  readonly why: string;
}

/** The value is not there any more. */
export const gone = (_from: unknown, to: unknown): boolean => to === undefined;

/** A number became smaller; no number counts as none. */
export const lowered = (from: unknown, to: unknown): boolean => Number(to ?? 0) < Number(from ?? 0);

/** A switch was on and is not any more. */
export const switchedOff = (from: unknown, to: unknown): boolean =>
  String(from) === 'true' && String(to ?? false) !== 'true';

/** A switch is on now and was not. */
export const switchedOn = (from: unknown, to: unknown): boolean => switchedOff(to, from);

/** The value became this one. */
export const became =
  (value: string | boolean) =>
  (from: unknown, to: unknown): boolean =>
    to === value && from !== value;

/** The value was this one. */
export const was =
  (value: string) =>
  (from: unknown, to: unknown): boolean =>
    from === value && to !== value;

/** What a rule has to say about a change; none when it does not apply. */
export function texts(rule: Rule, change: ObjectChange): string[] {
  if (!rule.types.test(change.type) || rule.names?.test(change.name) === false) return [];
  if (!rule.field)
    return isGone(change) && hasSetting(rule, change) ? [`${shortName(change)} is gone: ${rule.why}`] : [];
  const { field, when = gone } = rule;
  return change.fields
    .filter((one) => field.test(one.field) && when(one.from, one.to))
    .map((one) => `${shownChange(one)}: ${rule.why}`);
}

const isGone = ({ before, after }: ObjectChange): boolean => before !== undefined && after === undefined;

function hasSetting({ having }: Rule, { before }: ObjectChange): boolean {
  const settings = (before?.spec?.['forProvider'] ?? {}) as object;
  return having === undefined || having in settings;
}

/** `HealthCheck check-home`, or the name alone where it begins with the kind. */
export const shortName = ({ type, name }: Pick<ObjectChange, 'type' | 'name'>): string =>
  `${type.split(/::|\//).at(-1) ?? type} ${name}`;

/** The same change the other way round. */
export const reversed = ({ before, after, fields, ...rest }: ObjectChange): ObjectChange => ({
  ...rest,
  ...(after && { before: after }),
  ...(before && { after: before }),
  fields: fields.map(({ from, to, ...one }): FieldChange => ({ ...one, from: to, to: from })),
});
