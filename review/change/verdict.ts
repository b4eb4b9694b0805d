/** The verdict on one object: what happens to it, and why. */
import { reversed, shortName, texts, type Rule } from './_rule';
import type { ObjectChange } from './diff';
import type { ChangeFacts } from './facts';
import { FAILOVER } from './failover';
import { type FieldChange, shownChange } from './fields';
import type { TransitionRule } from './immutable';
import { LOSS } from './loss';
import { type Outcome, type Reason, worst } from './outcome';
import { replacements } from './replacement';
import { PENDING_REBOOT, type Restart, RESTARTS } from './restarts';
import { holdsData, isCloudFormation, isManaged } from './stores';

/** An object with its verdict. */
export interface Judged {
  readonly change: ObjectChange;
  readonly outcome: Outcome;
  readonly refused: boolean;
  /** Those of the outcome; more of them than one when several fields say the same. */
  readonly reasons: readonly Reason[];
}

/** What a verdict rests on. */
export interface Grounds {
  readonly facts: ChangeFacts;
  readonly rules: readonly TransitionRule[];
  /** The new object that takes the place of one that is gone, and the other way round. */
  readonly counterpart: (change: ObjectChange) => ObjectChange | undefined;
}

/** Judges an object of something that is there before and after. */
export function judge(change: ObjectChange, grounds: Grounds): Judged {
  const reasons = reasonsOf(change, grounds);
  const outcome = worst(reasons.map((reason) => reason.outcome));
  const decisive = reasons.filter((reason) => reason.outcome === outcome);
  return {
    change,
    outcome,
    refused: decisive.length > 0 && decisive.every(({ refused }) => refused),
    reasons: decisive,
  };
}

function reasonsOf(change: ObjectChange, grounds: Grounds): Reason[] {
  if (!change.before) return newReasons(change, grounds);
  if (!change.after) return goneReasons(change, grounds);
  if (isOnlyObserved(change))
    return [{ outcome: 'in-place', text: `${shortName(change)} is only observed here` }];
  return [
    ...by(LOSS, change, 'data-loss'),
    ...lost(change),
    ...gained(change),
    ...replacements(change, grounds.facts, grounds.rules),
    ...restarts(change),
    ...change.fields.map((field): Reason => ({ outcome: 'in-place', text: shownChange(field) })),
  ];
}

const by = (rules: readonly Rule[], change: ObjectChange, outcome: Outcome): Reason[] =>
  rules.flatMap((rule) => texts(rule, change).map((text) => ({ outcome, text })));

/** Only prod has a region to fail over to. */
const lost = (change: ObjectChange): Reason[] =>
  change.place.environment === 'prod' ? by(FAILOVER, change, 'failover-lost') : [];

const gained = (change: ObjectChange): Reason[] =>
  lost(reversed(change)).map(() => ({
    outcome: 'failover-gained',
    text: change.before ? change.fields.map(shownChange).slice(0, 1).join('') : `${shortName(change)} is new`,
  }));

const plainly = (change: ObjectChange, outcome: Outcome): Reason[] => [
  { outcome, text: `${shortName(change)} is ${outcome}` },
];

/** What takes the place of another gains nothing; the one that is gone says what happens. */
function newReasons(change: ObjectChange, { counterpart }: Grounds): Reason[] {
  if (counterpart(change)) return [{ outcome: 'in-place', text: `${shortName(change)} is new` }];
  return [...gained(change), ...plainly(change, 'created')];
}

function goneReasons(change: ObjectChange, { counterpart }: Grounds): Reason[] {
  const next = counterpart(change);
  const deleted = isDeletedInAws(change);
  if (holdsData(change.type) && (deleted || next))
    return [{ outcome: 'data-loss', text: lossOf(change, next, deleted) }];
  if (next) return [{ outcome: 'in-place', text: `${next.name} takes the place of ${change.name}` }];
  return [...by(LOSS, change, 'data-loss'), ...lost(change), ...plainly(change, 'removed')];
}

const lossOf = (change: ObjectChange, next: ObjectChange | undefined, deleted: boolean) =>
  [
    next
      ? `${next.name}, new and empty, takes the place of ${shortName(change)}`
      : `${shortName(change)} is gone`,
    deleted ? 'and the old one is deleted with its data' : 'and the old one stays in AWS, unmanaged',
  ].join(', ');

/** A managed resource without the Delete policy, and a resource with Retain, outlive their object. */
function isDeletedInAws({ type, before }: ObjectChange): boolean {
  if (isManaged(type)) {
    const policies = (before?.spec?.['managementPolicies'] as readonly string[] | undefined) ?? ['*'];
    return policies.includes('Delete') || policies.includes('*');
  }
  return isCloudFormation(type) && !String(before?.['DeletionPolicy'] ?? 'Delete').startsWith('Retain');
}

const isOnlyObserved = ({ type, before, after }: ObjectChange) =>
  isManaged(type) &&
  [before, after].every((side) => JSON.stringify(side?.spec?.['managementPolicies']) === '["Observe"]');

function restarts(change: ObjectChange): Reason[] {
  return change.fields.flatMap((field) => {
    const fact = [...RESTARTS, PENDING_REBOOT].find(
      (one) => one.types.test(change.type) && one.field.test(field.field),
    );
    if (!fact || (fact === PENDING_REBOOT && !isStatic(change, field))) return [];
    return [restart(change, field, fact)];
  });
}

function restart(change: ObjectChange, field: FieldChange, { effect, moment, source }: Restart): Reason {
  const text = `${shownChange(field)}: ${effect}${moment === 'at once' ? ', at once' : ''}`;
  const when = moment === 'as the object says' ? { when: momentOf(change) } : {};
  return { outcome: 'restart', text, ...when, source };
}

/** AWS waits for the window unless it is told not to. */
function momentOf({ after, place }: ObjectChange): string {
  const wanted = (after?.spec?.['forProvider'] ?? {}) as Readonly<Record<string, unknown>>;
  if (wanted['applyImmediately'] === true) return 'at once';
  const window = wanted['preferredMaintenanceWindow'] ?? wanted['maintenanceWindow'];
  return window ? `${String(window)} UTC in ${place.region}` : 'in the maintenance window';
}

function isStatic({ after }: ObjectChange, { path }: FieldChange): boolean {
  const { parameter = [] } = (after?.spec?.['forProvider'] ?? {}) as {
    parameter?: readonly { name: string; applyMethod?: string }[];
  };
  return parameter.some(
    ({ name, applyMethod }) => path.includes(`[${name}]`) && applyMethod === 'pending-reboot',
  );
}
