/** Where a file of `dist/<estate>/` stands: whose it is, in which cluster. */

/** Who or what a change is about. */
export type Subject =
  | { readonly kind: 'claim'; readonly team: string; readonly name: string }
  | { readonly kind: 'service' | 'platform' | 'stack'; readonly name: string };

/** A place in the output. */
export interface Place {
  readonly file: string;
  /** `<environment>-<region>`; empty for what belongs to no cluster. */
  readonly cluster: string;
  readonly environment: string;
  readonly region: string;
  /** Absent in a file that holds several teams' or claims' objects, whose objects tell. */
  readonly subject?: Subject;
}

const CLUSTER = /^(prod|staging|dev)-([a-z]{2}(?:-[a-z]+)+-\d)(?:-|$)/;

/**
 * The place of a file, by its path below `dist/<estate>/`; undefined for a file that holds no objects, such as a report.
 *
 * @param services names of the estate's services, before or after
 */
export function placeOf(file: string, services: ReadonlySet<string>): Place | undefined {
  const [folder, second = '', third = ''] = file.split('/');
  if (folder === 'composed' && file.endsWith('.yaml')) return at(file, second, claimOf(third));
  if (folder === 'kubernetes' && file.endsWith('.yaml')) return at(file, second, appOf(third, services));
  if (folder === 'aws' && file.endsWith('.json'))
    return at(file, second, { kind: 'stack', name: stackOf(second) });
  return undefined;
}

function at(file: string, name: string, subject: Subject | undefined): Place {
  const [, environment = '', region = ''] = CLUSTER.exec(name) ?? [];
  return {
    file,
    cluster: environment && `${environment}-${region}`,
    environment,
    region,
    ...(subject && { subject }),
  };
}

function claimOf(file: string): Subject {
  const [team = '', name = ''] = file.split('.');
  return { kind: 'claim', team, name };
}

function appOf(name: string, services: ReadonlySet<string>): Subject | undefined {
  if (name.startsWith('claims-')) return undefined;
  return { kind: services.has(name) ? 'service' : 'platform', name };
}

/** The same stack of another cluster has the same name. */
const stackOf = (file: string) => file.replace(/\.json$/, '').replace(CLUSTER, '');

/** `shop/orders`, `catalog`, `platform nodes`, `stack network`: equal for the same thing in every cluster. */
export function subjectName(subject: Subject): string {
  if (subject.kind === 'claim') return `${subject.team}/${subject.name}`;
  return subject.kind === 'service' ? subject.name : `${subject.kind} ${subject.name}`;
}
