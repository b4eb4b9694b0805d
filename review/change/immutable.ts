/** Fields that the API server does not let change: the built-in ones, and what the XRDs of the estate say. */
import type { KubeObject } from '../rendered';
import type { FieldChange } from './fields';

/** Fields of built-in types. */
const BUILT_IN: readonly { readonly types: RegExp; readonly field: RegExp; readonly source: string }[] = [
  {
    types: /^apps\/(Deployment|DaemonSet)$/,
    field: /^spec\.selector\./,
    source:
      'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates (2026-11)',
  },
  {
    types: /^apps\/StatefulSet$/,
    field:
      /^spec\.(?!(replicas|ordinals|template|updateStrategy|revisionHistoryLimit|persistentVolumeClaimRetentionPolicy|minReadySeconds)\b)/,
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/ (2026-11)',
  },
  {
    types: /^batch\/Job$/,
    field: /^spec\.(template|selector|completionMode)\b/,
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/ (2026-11)',
  },
  {
    types: /^\/Service$/,
    field: /^spec\.clusterIPs?$/,
    source: 'https://kubernetes.io/docs/concepts/services-networking/service/ (2026-11)',
  },
  {
    types: /^rbac\.authorization\.k8s\.io\/(Cluster)?RoleBinding$/,
    field: /^roleRef\./,
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/ (2026-11)',
  },
  {
    types: /^storage\.k8s\.io\/StorageClass$/,
    field: /^(provisioner|parameters|reclaimPolicy|volumeBindingMode)\b/,
    source: 'https://kubernetes.io/docs/concepts/storage/storage-classes/ (2026-11)',
  },
  {
    types: /^scheduling\.k8s\.io\/PriorityClass$/,
    field: /^(value|preemptionPolicy)$/,
    source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ (2026-11)',
  },
];

/** The page that says so; undefined when the field may change. */
export const builtInImmutable = (type: string, { field }: FieldChange): string | undefined =>
  BUILT_IN.find((one) => one.types.test(type) && one.field.test(field))?.source;

/** A rule about changes, of one XRD. */
export interface TransitionRule {
  /** Of the claims, `<group>/<Kind>`. */
  readonly type: string;
  readonly message: string;
  /** Whether it says no; only for the forms of CEL that are known here. */
  readonly refuses: (changes: readonly FieldChange[]) => FieldChange | undefined;
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly 'x-kubernetes-validations'?: readonly { readonly rule: string; readonly message?: string }[];
}

interface Definition {
  readonly group: string;
  readonly names: { readonly kind: string };
  readonly versions: readonly { readonly schema?: { readonly openAPIV3Schema?: Schema } }[];
}

/** Every rule about changes that the XRDs among these objects hold and that is understood. */
export function transitionRules(objects: readonly KubeObject[]): TransitionRule[] {
  return objects
    .filter(({ kind }) => kind === 'CompositeResourceDefinition')
    .flatMap((xrd) => {
      const { group, names, versions } = xrd.spec as unknown as Definition;
      const schemas = versions.flatMap(({ schema }) => schema?.openAPIV3Schema ?? []);
      return schemas.flatMap((schema) => rulesBelow(schema, '', `${group}/${names.kind}`));
    });
}

function rulesBelow(schema: Schema, path: string, type: string): TransitionRule[] {
  const own = (schema['x-kubernetes-validations'] ?? []).flatMap(({ rule, message = rule }) => {
    const refuses = understood(rule, path);
    return refuses ? [{ type, message, refuses }] : [];
  });
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    rulesBelow(inner, path === '' ? name : `${path}.${name}`, type),
  );
  return [...own, ...below, ...(schema.items ? rulesBelow(schema.items, path, type) : [])];
}

type Refuses = TransitionRule['refuses'];

/** The forms that our XRDs are written in; `path` is that of `self`. */
function understood(rule: string, path: string): Refuses | undefined {
  const at = (name = '') => (path && name ? `${path}.${name}` : path + name);
  const forms: readonly [RegExp, (names: readonly string[]) => Refuses][] = [
    [/^self == oldSelf$/, () => changesOf(at())],
    [/^self >= oldSelf$/, () => fallsOf(at())],
    [/^self\.(\w+) >= oldSelf\.\1$/, ([name]) => fallsOf(at(name))],
    [
      /^has\(self\.(\w+)\) == has\(oldSelf\.\1\) && \(!has\(self\.\1\) \|\| self\.\1 == oldSelf\.\1\)$/,
      ([name]) => changesOf(at(name)),
    ],
    [
      /^self\.(\w+) \|\| !oldSelf\.\1$/,
      ([name]) =>
        (changes) =>
          find(changes, at(name), (one) => one.from === true),
    ],
    [
      /^self\.(\w+) == oldSelf\.\1 \|\| self\.(\w+) > oldSelf\.\2$/,
      ([name, counter]) =>
        (changes) =>
          find(changes, at(counter), rises) ? undefined : find(changes, at(name), () => true),
    ],
  ];
  const found = forms.map(([form, make]) => [form.exec(rule), make] as const).find(([match]) => match);
  return found?.[0] ? found[1](found[0].slice(1)) : undefined;
}

const find = (changes: readonly FieldChange[], path: string, test: (one: FieldChange) => boolean) =>
  changes.find((one) => (one.field === path || one.field.startsWith(`${path}.`)) && test(one));

const changesOf =
  (path: string): Refuses =>
  (changes) =>
    find(changes, path, () => true);

const fallsOf =
  (path: string): Refuses =>
  (changes) =>
    find(changes, path, ({ from, to }) => isBelow(to, from));

const rises = ({ from, to }: FieldChange) => isBelow(from, to);

/** As CEL compares: numbers by size, texts by their letters. */
function isBelow(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  return typeof one === 'string' && typeof other === 'string' && one < other;
}
