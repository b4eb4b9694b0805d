/** Which fields cannot change in place, and what becomes of an attempt. */
import { builtInImmutable, type TransitionRule } from './immutable';
import type { ObjectChange } from './diff';
import type { ChangeFacts, Replacement } from './facts';
import { type FieldChange, shownChange } from './fields';
import type { Reason } from './outcome';
import { holdsData, isCloudFormation, isManaged } from './stores';

const REFUSED =
  'the provider refuses it: the object stays Synced=False and nothing is replaced; it needs a new claim';
const EXTERNAL_NAME = 'metadata.annotations.crossplane.io/external-name';
const FOR_PROVIDER = 'spec.forProvider.';

/** Every reason why a change is more than an update. */
export function replacements(
  change: ObjectChange,
  facts: ChangeFacts,
  rules: readonly TransitionRule[],
): Reason[] {
  if (isManaged(change.type)) return [...elsewhere(change), ...byProvider(change, facts)];
  if (isCloudFormation(change.type)) return byCloudFormation(change, facts);
  return [...byApiServer(change), ...byRules(change, rules)];
}

function byProvider(change: ObjectChange, { provider }: ChangeFacts): Reason[] {
  const facts = provider.types[change.type];
  if (!facts) return [];
  return change.fields
    .filter(({ field }) => field.startsWith(FOR_PROVIDER))
    .filter((one) => forces(facts, one, FOR_PROVIDER) && !isKnown(change, one))
    .map((one) => ({
      outcome: 'replacement',
      refused: true,
      text: `${shownChange(one)}: ${REFUSED}`,
      source: provider.source,
    }));
}

/** Left out, a computed field keeps its value. */
function forces({ always, computed }: Replacement, { field, to }: FieldChange, root: string): boolean {
  const path = field.slice(root.length);
  const covers = (fact: string) => path === fact || path.startsWith(`${fact}.`);
  return always.some(covers) && !(to === undefined && computed.some(covers));
}

/** What moved from initProvider to forProvider with the same value is no change in AWS. */
function isKnown({ before }: ObjectChange, { field, from, to }: FieldChange): boolean {
  const born = before?.spec?.['initProvider'] as Readonly<Record<string, unknown>> | undefined;
  return from === undefined && born?.[field.slice(FOR_PROVIDER.length)] === to;
}

/** Another name or region is another resource: the old one stays where it is. */
function elsewhere({ type, fields }: ObjectChange): Reason[] {
  return fields
    .filter(({ field }) => field === EXTERNAL_NAME || field === `${FOR_PROVIDER}region`)
    .filter(({ from, to }) => from !== undefined && to !== undefined)
    .map((one) => ({
      outcome: holdsData(type) ? 'data-loss' : 'replacement',
      text: `${shownChange(one).replace('metadata.annotations.crossplane.io/', '')}: another resource${
        holdsData(type) ? ', new and empty' : ''
      }; the old one stays in AWS, unmanaged`,
    }));
}

function byCloudFormation(change: ObjectChange, { cloudFormation }: ChangeFacts): Reason[] {
  const facts = cloudFormation.types[change.type];
  if (!facts) return [];
  const loses = holdsData(change.type);
  return change.fields
    .filter(({ field }) => field.startsWith('Properties.') && forces(facts, one(field), 'Properties.'))
    .map((field) => ({
      outcome: loses ? 'data-loss' : 'replacement',
      text: `${shownChange(field)}: CloudFormation makes a new one${loses ? ', empty,' : ''} and removes the old one`,
      source: cloudFormation.source,
    }));
}

/** A property that is left out is gone for CloudFormation. */
const one = (field: string): FieldChange => ({ field, path: field, to: '' });

const byApiServer = ({ type, fields }: ObjectChange): Reason[] =>
  fields.flatMap((field) => {
    const source = builtInImmutable(type, field);
    if (!source) return [];
    const text = `${shownChange(field)}: the API server refuses it; the object has to be deleted and made again`;
    return [{ outcome: 'replacement', refused: true, text, source } as const];
  });

const byRules = ({ type, fields }: ObjectChange, rules: readonly TransitionRule[]): Reason[] =>
  rules
    .filter((rule) => rule.type === type)
    .flatMap(({ message, refuses }) => {
      const field = refuses(fields);
      const text =
        field && `${shownChange(field)}: the API server refuses it (${message}); it needs a new claim`;
      return text ? [{ outcome: 'replacement', refused: true, text } as const] : [];
    });
