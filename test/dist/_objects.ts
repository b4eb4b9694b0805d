/** Reads `dist/` as a cluster would: every object with where it stands. */
import { CORE_SCHEMA, loadAll, YAML11_SCHEMA } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Crd } from '../../imports/schemas';
import type { Manifest } from '../../platform/kind';
import { crdOf } from '../../platform/xrd';
import { filesBelow } from '../../scripts/tree';
import { API_VERSION } from '../../spec/claims';
import { root } from '../helpers/cli';

/** A rendered object. */
export interface Rendered {
  /** Path below `dist/`. */
  readonly file: string;
  /** `<estate>/<cluster>` */
  readonly cluster: string;
  /** Composed by Crossplane from a claim, rather than applied by Argo CD. */
  readonly composed: boolean;
  /** Its own namespace or, where it is composed, its claim's; empty: of the cluster. */
  readonly namespace: string;
  readonly object: Manifest;
}

/** A file of `dist/`. */
export interface RenderedFile {
  readonly file: string;
  readonly text: string;
}

/** Every file of Kubernetes objects. */
export const files: readonly RenderedFile[] = filesBelow(join(root, 'dist'))
  .filter((file) => /^[^/]+\/(kubernetes|composed)\//.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, 'dist', file), 'utf8') }));

/** The documents of a file as kubectl and Argo CD read them, which is YAML 1.1. */
export const documentsOf = ({ text }: RenderedFile) => loadAll(text, { schema: YAML11_SCHEMA });

/** The same documents in YAML 1.2, which editors and most libraries read. */
export const modernDocumentsOf = ({ text }: RenderedFile) => loadAll(text, { schema: CORE_SCHEMA });

/** Every rendered object. */
export const objects: readonly Rendered[] = files.flatMap((one) =>
  documentsOf(one).map((object) => rendered(one.file, object as Manifest)),
);

function rendered(file: string, object: Manifest): Rendered {
  const [estate = '', kind, cluster = '', last = ''] = file.split('/');
  const composed = kind === 'composed';
  const [team = ''] = last.split('.');
  const namespace = composed ? team : (object.metadata.namespace ?? '');
  return { file, cluster: `${estate}/${cluster}`, composed, namespace, object };
}

/** What a message calls an object: its file, kind and name, or the key it was composed under. */
export function labelOf({ file, object }: Rendered): string {
  const { name, namespace, annotations } = object.metadata;
  const key = annotations?.['crossplane.io/composition-resource-name'];
  return `${file}: ${object.kind} ${[namespace, name ?? key].filter(Boolean).join('/')}`;
}

/** Groups values in the order they come. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

const definitions = objects.filter(({ object }) => object.kind === 'CompositeResourceDefinition');

/** What each cluster serves for claims: the CustomResourceDefinitions that Crossplane derives there. */
export const servedIn: ReadonlyMap<string, readonly Crd[]> = new Map(
  [...groupBy(definitions, ({ cluster }) => cluster)].map(([cluster, own]) => [
    cluster,
    own.map(({ object }) => crdOf(object)),
  ]),
);

/** True for claims, whose definitions stand in `dist/` themselves. */
export const isClaim = ({ object }: Rendered) => object.apiVersion === API_VERSION;
