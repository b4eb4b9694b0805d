/**
 * A stand-in for Route 53's data plane: what it would answer, from records, health and the names they lead to. Pure.
 *
 * An A record cannot carry a port, and everything here listens on one machine. So beside the addresses an SRV record is
 * answered for `_<service>._tcp.<name>`: the port of what `<name>` leads to at that moment. Route 53 has no such thing.
 */
import { chosen, type Client, entryFor, recordsOf } from './choice';
import { type Names, plain, type RecordSet, type Target } from './records';

/**
 * Seconds. An alias to a load balancer or a distribution cannot choose its own.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html (2026-11)
 */
export const ALIAS_TTL = 60;
/**
 * Seconds, of Aurora's endpoints.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-connecting.html (2026-08)
 */
export const WRITER_TTL = 5;
/** Seconds that "there is no such name" may be kept. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/SOA-NSrecords.html (2026-11) */
export const NEGATIVE_TTL = 900;
/** A name that leads to names that lead to names ends here. */
const MAX_STEPS = 8;

/** A question, and who asks it. */
export interface Query extends Client {
  readonly name: string;
  readonly type: string;
}

/** One record of an answer. */
export type Line =
  | {
      readonly name: string;
      readonly type: 'A' | 'AAAA' | 'CNAME' | 'TXT' | 'NS';
      readonly ttl: number;
      readonly data: string;
    }
  | { readonly name: string; readonly type: 'SRV'; readonly ttl: number; readonly data: Service }
  | { readonly name: string; readonly type: 'SOA'; readonly ttl: number; readonly data: Authority };

interface Service {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: string;
}

interface Authority {
  readonly mname: string;
  readonly rname: string;
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  readonly minimum: number;
}

/** What is answered. No lines with NOERROR: the name exists, but not with this type. */
export interface Answer {
  readonly code: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  readonly lines: readonly Line[];
  /** The zone's SOA beside an empty answer. */
  readonly authority: readonly Line[];
}

/** Answers a query. */
export function answer(names: Names, query: Query): Answer {
  const { name = query.name } = /^_[^.]+\._tcp\.(?<name>.+)$/i.exec(query.name)?.groups ?? {};
  const isService = query.type === 'SRV' && name !== query.name;
  const asked = { ...query, name, ...(isService && { type: 'A' }) };
  const found = follow(names, asked, plain(name), 0);
  const lines = isService ? serviceLines(query, found) : found.lines;
  const empty = lines.length === 0 && isInside(names, plain(name));
  return { code: found.code, lines, authority: empty ? [authorityOf(names)] : [] };
}

/** What following a name came to. */
interface Found {
  readonly code: Answer['code'];
  readonly lines: readonly Line[];
  /** The server at the end, when there is one. */
  readonly end?: { readonly name: string; readonly port?: number };
}

const NO_DATA: Found = { code: 'NOERROR', lines: [] };

const told = (lines: readonly Line[], end?: Found['end']): Found => ({
  code: 'NOERROR',
  lines,
  ...(end && { end }),
});

/** The port of what the name leads to. */
function serviceLines({ name }: Query, { lines, end }: Found): readonly Line[] {
  if (end?.port === undefined) return [];
  const ttl = Math.min(...lines.map((line) => line.ttl));
  return [{ name, type: 'SRV', ttl, data: { priority: 0, weight: 0, port: end.port, target: end.name } }];
}

/** `query.name` is the name the answer carries, `name` the one that is looked up: behind an alias they differ. */
function follow(names: Names, query: Query, name: string, steps: number): Found {
  if (steps > MAX_STEPS) return NO_DATA;
  const writer = names.writers[name];
  if (writer) return pointed(names, query, writer, WRITER_TTL, steps);
  const target = names.targets[name];
  if (target) return behind(names, query, name, target, steps);
  return isInside(names, name) ? inZone(names, query, name, steps) : { code: 'REFUSED', lines: [] };
}

function pointed(names: Names, query: Query, to: string, ttl: number, steps: number): Found {
  const line: Line = { name: query.name, type: 'CNAME', ttl, data: plain(to) };
  if (query.type === 'CNAME') return told([line]);
  const found = follow(names, { ...query, name: plain(to) }, plain(to), steps + 1);
  // Whoever does not serve a name says nothing about it: the client has to go on by itself.
  return found.code === 'REFUSED' ? told([line]) : { ...found, lines: [line, ...found.lines] };
}

function behind(names: Names, query: Query, name: string, target: Target, steps: number): Found {
  if (target.is === 'address') {
    const { type, name: asked } = query;
    const { address, port, ttl = ALIAS_TTL } = target;
    return type === 'A' ? told([{ name: asked, type, ttl, data: address }], { name, port }) : NO_DATA;
  }
  const next = target.is === 'origin' ? target.host : entryFor(names, target, query);
  return next ? follow(names, query, plain(next), steps + 1) : NO_DATA;
}

function inZone(names: Names, query: Query, name: string, steps: number): Found {
  const record = chosen(names, recordsOf(names, name, query.type), query);
  if (record) return valuesOf(names, query, record, steps);
  const [pointer] = query.type === 'CNAME' ? [] : recordsOf(names, name, 'CNAME');
  const to = pointer?.records?.[0];
  if (pointer && to) return pointed(names, query, to, pointer.ttl ?? ALIAS_TTL, steps);
  if (name === plain(names.zone.name)) return ofApex(names, query);
  return exists(names, name) ? NO_DATA : { code: 'NXDOMAIN', lines: [] };
}

function valuesOf(names: Names, query: Query, record: RecordSet, steps: number): Found {
  if (record.alias) return follow(names, query, plain(record.alias.name), steps + 1);
  const { name, type } = query;
  if (!isText(type)) return NO_DATA;
  const ttl = record.ttl ?? ALIAS_TTL;
  const clean = type === 'CNAME' || type === 'NS' ? plain : (value: string) => value;
  return told((record.records ?? []).map((value) => ({ name, type, ttl, data: clean(value) })));
}

const isText = (type: string): type is 'A' | 'AAAA' | 'CNAME' | 'TXT' | 'NS' =>
  ['A', 'AAAA', 'CNAME', 'TXT', 'NS'].includes(type);

const NAME_SERVER_TTL = 172_800;
const NAME_SERVER = 'ns.route53-stand-in.invalid';

function ofApex(names: Names, { name, type }: Query): Found {
  if (type === 'SOA') return told([authorityOf(names)]);
  return type === 'NS' ? told([{ name, type, ttl: NAME_SERVER_TTL, data: NAME_SERVER }]) : NO_DATA;
}

/** A name above another one exists, though it has no record. */
const exists = ({ zone }: Names, name: string) =>
  zone.records.some((record) => plain(record.name) === name || plain(record.name).endsWith(`.${name}`));

const isInside = ({ zone }: Names, name: string) =>
  name === plain(zone.name) || name.endsWith(`.${plain(zone.name)}`);

const authorityOf = ({ zone }: Names): Line => ({
  name: plain(zone.name),
  type: 'SOA',
  ttl: NEGATIVE_TTL,
  data: {
    mname: NAME_SERVER,
    rname: 'hostmaster.route53-stand-in.invalid',
    serial: 1,
    refresh: 7_200,
    retry: 900,
    expire: 1_209_600,
    minimum: 86_400,
  },
});
