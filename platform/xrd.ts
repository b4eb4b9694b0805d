/** The CompositeResourceDefinition of a claim kind: what the API server knows about the claims that teams commit. */
import type * as z from 'zod';
import { CompositeResourceDefinition } from '../imports/crossplane';
import type { Crd, CrdVersion } from '../imports/schemas';
import { API_GROUP, type CelRule } from '../spec/claims';
import type { Kind, Manifest } from './kind';
import { type Structural, structuralOf } from './openapi';

/** What of a kind its definition needs. */
export type KindShape = Pick<Kind, 'kind' | 'plural' | 'columns' | 'status'>;

/** Longest name of a claim, as `spec/claims/claim.ts` has it. */
const NAME_LENGTH = 30;

const NAME_RULE: CelRule = {
  rule: "self.metadata.name.matches('^[a-z]([a-z0-9-]*[a-z0-9])?$') && !self.metadata.name.contains('--')",
  message: 'the name takes lower-case letters, digits and single hyphens, starting with a letter',
};

/** `<plural>.<group>`: the name of the definition and of the composition. */
export const definitionName = ({ plural }: Pick<Kind, 'plural'>) => `${plural}.${API_GROUP}`;

/**
 * The definition of a kind; `claim` is the zod schema of its file. Crossplane adds the columns SYNCED, READY and AGE.
 *
 * The category `claim` is left alone: Crossplane keeps a watch on it.
 */
export const xrd = (kind: KindShape, claim: z.ZodType, rules: readonly CelRule[] = []): Manifest =>
  CompositeResourceDefinition.manifest({
    metadata: { name: definitionName(kind) },
    spec: {
      group: API_GROUP,
      scope: 'Namespaced',
      names: { kind: kind.kind, plural: kind.plural, singular: kind.kind.toLowerCase() },
      defaultCompositionRef: { name: definitionName(kind) },
      versions: [version(kind, claim, rules)],
    },
  });

const version = (kind: KindShape, claim: z.ZodType, rules: readonly CelRule[]) => ({
  name: 'v1',
  served: true,
  referenceable: true,
  additionalPrinterColumns: kind.columns.map((column) => ({ ...column })),
  // cdk8s spells the field its own way and writes it as openAPIV3Schema.
  schema: { openApiv3Schema: schemaOf(kind, claim, rules) },
});

function schemaOf({ kind, status }: KindShape, claim: z.ZodType, extra: readonly CelRule[]): Structural {
  const { properties = {}, ...root } = structuralOf(claim, kind);
  const rules = (root['x-kubernetes-validations'] ?? []) as readonly CelRule[];
  return {
    type: 'object',
    required: ['spec'],
    properties: {
      metadata: { type: 'object', properties: { name: { type: 'string', maxLength: NAME_LENGTH } } },
      spec: properties['spec'] ?? { type: 'object' },
      status: { type: 'object', properties: { reason: REASON, ...(status as Record<string, Structural>) } },
    },
    'x-kubernetes-validations': [NAME_RULE, ...rules, ...extra],
  };
}

const REASON = { type: 'string', description: 'What it waits for; empty when it is as the claim says' };

/** The CustomResourceDefinition that Crossplane derives, without the fields it adds: for validators and importers. */
export function crdOf(definition: Manifest): Crd {
  const { names, group, scope, versions } = definition.spec as DefinitionSpec;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: definition.metadata.name ?? '' },
    spec: {
      group,
      scope,
      names,
      versions: versions.map(({ referenceable, ...rest }) => ({
        ...rest,
        storage: referenceable,
        subresources: { status: {} },
      })),
    },
  };
}

interface DefinitionSpec extends Pick<Crd['spec'], 'group' | 'scope' | 'names'> {
  readonly versions: readonly (CrdVersion & { readonly referenceable: boolean })[];
}
