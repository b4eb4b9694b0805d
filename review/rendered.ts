/** The committed output of an estate, parsed: what every check reads. Nothing here knows the code that rendered it. */
import { parseAllDocuments } from 'yaml';
import type { EstateInput } from '../spec/input';

/** A Kubernetes object as plain data. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** An object, and the file under the repository it stands in. */
export interface Placed {
  readonly file: string;
  readonly object: KubeObject;
}

/** What one claim becomes in one cluster. */
export interface ComposedClaim {
  readonly file: string;
  readonly team: string;
  readonly claim: string;
  readonly objects: readonly Placed[];
}

/** One cluster's output. */
export interface RenderedCluster {
  /** `<environment>-<region>` */
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  readonly position: 'home' | 'peer';
  /** What Argo CD applies, by application. */
  readonly applications: ReadonlyMap<string, readonly Placed[]>;
  /** What Crossplane composes. */
  readonly claims: readonly ComposedClaim[];
}

/** A CloudFormation template. */
export interface Template {
  readonly file: string;
  /** Name of its stack: the file's without `.json`. */
  readonly stack: string;
  readonly resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

/** An estate: what people wrote and what it was rendered to. */
export interface RenderedEstate {
  readonly input: EstateInput;
  /** prod first, home first. */
  readonly clusters: readonly RenderedCluster[];
  readonly templates: readonly Template[];
}

/** Files by path relative to `dist/<estate>/`, with forward slashes. */
export type OutputFiles = ReadonlyMap<string, string>;

/** Parses the output of an estate. */
export function renderedEstate(input: EstateInput, files: OutputFiles): RenderedEstate {
  const root = `dist/${input.estate.name}`;
  return {
    input,
    clusters: clusterNames(input, files).map((name) => clusterOf(input, files, root, name)),
    templates: templatesOf(files, root),
  };
}

/** Every object that Argo CD applies to a cluster. */
export const applied = ({ applications }: RenderedCluster): Placed[] => [...applications.values()].flat();

/** Every object that the claims become in a cluster. */
export const composed = ({ claims }: RenderedCluster): Placed[] => claims.flatMap(({ objects }) => objects);

/** In the order prod, staging, dev; home before peer. */
function clusterNames({ estate }: EstateInput, files: OutputFiles): string[] {
  const present = new Set([...files.keys()].map((path) => /^kubernetes\/([^/]+)\//.exec(path)?.[1]));
  const regions = [estate.regions.home.name, estate.regions.peer.name];
  return ['prod', 'staging', 'dev']
    .flatMap((environment) => regions.map((region) => `${environment}-${region}`))
    .filter((name) => present.has(name));
}

function clusterOf({ estate }: EstateInput, files: OutputFiles, root: string, name: string): RenderedCluster {
  const [environment = ''] = name.split('-', 1);
  const region = name.slice(environment.length + 1);
  const below = (folder: string) =>
    [...files].filter(([path]) => path.startsWith(`${folder}/${name}/`)).map(([path]) => path);
  return {
    name,
    environment,
    region,
    position: region === estate.regions.home.name ? 'home' : 'peer',
    applications: new Map(
      below('kubernetes').map((path) => [path.split('/')[2] ?? '', objectsOf(files, root, path)]),
    ),
    claims: below('composed').map((path) => claimOf(files, root, path)),
  };
}

function claimOf(files: OutputFiles, root: string, path: string): ComposedClaim {
  const [team = '', claim = ''] = (path.split('/').at(-1) ?? '').split('.');
  return { file: `${root}/${path}`, team, claim, objects: objectsOf(files, root, path) };
}

const objectsOf = (files: OutputFiles, root: string, path: string): Placed[] =>
  parseAllDocuments(files.get(path) ?? '').map((document) => ({
    file: `${root}/${path}`,
    object: document.toJS() as KubeObject,
  }));

const templatesOf = (files: OutputFiles, root: string): Template[] =>
  [...files]
    .filter(([path]) => path.startsWith('aws/') && path.endsWith('.json'))
    .map(([path, text]) => ({
      file: `${root}/${path}`,
      stack: path.slice('aws/'.length, -'.json'.length),
      resources: (JSON.parse(text) as { Resources?: Template['resources'] }).Resources ?? {},
    }));
