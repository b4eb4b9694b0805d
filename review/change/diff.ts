/** Which objects of an estate's output differ, and in what. Files with equal bytes are never parsed. */
import { parseAllDocuments } from 'yaml';
import type { KubeObject, OutputFiles, Template } from '../rendered';
import { type FieldChange, fieldChanges } from './fields';
import { type Place, placeOf, type Subject } from './place';

/** An object of either side, or both. */
export interface ObjectChange {
  readonly place: Place;
  readonly subject: Subject;
  /** `<group>/<Kind>`, for example `rds.aws.m.upbound.io/Cluster` and `/Secret`; or a CloudFormation type. */
  readonly type: string;
  /** Composition key, `<namespace>/<name>` or logical id: unique with the type in its file. */
  readonly name: string;
  readonly before?: KubeObject;
  readonly after?: KubeObject;
  /** What differs; empty when one side is missing. */
  readonly fields: readonly FieldChange[];
}

/** Both sides' files below `dist/<estate>/`. */
export interface Outputs {
  readonly base: OutputFiles;
  readonly head: OutputFiles;
}

/** Objects by identity. */
type Objects = ReadonlyMap<string, Identified>;

interface Identified {
  readonly type: string;
  readonly name: string;
  readonly subject: Subject;
  readonly object: KubeObject;
}

/** Paths whose bytes differ, sorted. */
export const changedFiles = ({ base, head }: Outputs): string[] =>
  [...new Set([...base.keys(), ...head.keys()])]
    .filter((path) => base.get(path) !== head.get(path))
    .toSorted();

/** Every object that is new, gone or means something else, in the order of the files. */
export function objectChanges(outputs: Outputs, services: ReadonlySet<string>): ObjectChange[] {
  return changedFiles(outputs).flatMap((path) => {
    const place = placeOf(path, services);
    if (!place) return [];
    return between(place, objectsOf(place, outputs.base.get(path)), objectsOf(place, outputs.head.get(path)));
  });
}

function between(place: Place, base: Objects, head: Objects): ObjectChange[] {
  return [...new Set([...base.keys(), ...head.keys()])].flatMap((id) => {
    const [before, after] = [base.get(id), head.get(id)];
    const either = after ?? before;
    if (!either) return [];
    const { type, name, subject } = either;
    const fields = before && after ? fieldChanges(before.object, after.object) : [];
    if (before && after && fields.length === 0) return [];
    const sides = { ...(before && { before: before.object }), ...(after && { after: after.object }) };
    return [{ place, subject, type, name, fields, ...sides }];
  });
}

function objectsOf(place: Place, text: string | undefined): Objects {
  if (text === undefined) return new Map();
  const objects = place.file.endsWith('.json') ? resourcesOf(place, text) : manifestsOf(place, text);
  return new Map(objects.map((one) => [`${one.type} ${one.name}`, one]));
}

function manifestsOf(place: Place, text: string): Identified[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object) => object !== null)
    .map((object) => ({
      type: typeOf(object),
      name: nameOf(object),
      subject: subjectOf(place, object),
      object,
    }));
}

/** The version of an API is not part of what an object is. */
export function typeOf({ apiVersion, kind }: KubeObject): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return `${group}/${kind}`;
}

const KEY = 'crossplane.io/composition-resource-name';

function nameOf({ metadata: { name = '', namespace, annotations } }: KubeObject): string {
  return annotations?.[KEY] ?? (namespace ? `${namespace}/${name}` : name);
}

const subjectOf = ({ subject }: Place, { metadata }: KubeObject): Subject =>
  subject ?? { kind: 'claim', team: metadata.namespace ?? '', name: metadata.name ?? '' };

/** Metadata of a resource is CDK's own note, such as the path of its construct. */
function resourcesOf(place: Place, text: string): Identified[] {
  const { Resources = {} } = JSON.parse(text) as { Resources?: Template['resources'] };
  return Object.entries(Resources).map(([name, resource]) => ({
    type: resource.Type,
    name,
    subject: place.subject ?? { kind: 'stack', name: place.file },
    object: { ...resource, Metadata: undefined } as unknown as KubeObject,
  }));
}
