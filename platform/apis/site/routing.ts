/** Which record leads where, and which health check decides about it. */
import type { SiteSpec } from '../../../spec/claims/site';
import type { Place, Placement } from '../../../spec/placement';
import { BEACON_PATH, directHost, entryHost, originHost, zoneName } from '../../../model/site-hosts';

/** A health check that asks a region's own entry. */
export interface EntryCheck {
  readonly key: string;
  readonly host: string;
  readonly path: string;
  /** Seconds. */
  readonly interval: number;
  readonly failures: number;
  /** Healthy while the answer is anything but good. */
  readonly inverted: boolean;
}

/** A health check that is healthy while all others it names are. */
export interface CombinedCheck {
  readonly key: string;
  readonly all: readonly string[];
}

/** A health check. */
export type Check = EntryCheck | CombinedCheck;

/** Where a record leads. `evaluated`: Route 53 also asks the load balancer whether its targets are healthy. */
export type Target =
  | { readonly to: 'load-balancer'; readonly place: Place; readonly evaluated: boolean }
  | { readonly to: 'host'; readonly host: string }
  | { readonly to: 'accelerator' }
  | { readonly to: 'distribution' };

/** How Route 53 chooses between records of one name. */
export type Routing =
  | { readonly by: 'failover'; readonly type: 'PRIMARY' | 'SECONDARY' }
  | { readonly by: 'latency'; readonly region: string }
  | { readonly by: 'weighted'; readonly weight: number };

/** An alias record. */
export interface AddressRecord {
  readonly key: string;
  readonly host: string;
  readonly type: 'A' | 'AAAA';
  readonly target: Target;
  /** Set when the name has a record for each region; the region is the record's set identifier. */
  readonly choice?: { readonly region: string; readonly routing: Routing };
  /** Key of the health check. */
  readonly check?: string;
}

type Weights = NonNullable<SiteSpec['weights']>;
type Position = 'home' | 'peer';

/** Equal shares. */
const EQUAL: Weights = { home: 100, peer: 100 };

/** Every address record of a site: the regions' entries, the names that are routed, and the CDN's aliases. */
export function recordsOf(hosts: readonly string[], weights: Weights | undefined, placement: Placement) {
  const { cdn } = placement.traffic;
  const routed = cdn ? [originHost(zoneOf(placement))] : hosts;
  return [
    ...entryRecords(placement),
    ...directRecords(placement),
    ...routed.flatMap((host) => routedRecords(host, weights ?? EQUAL, placement)),
    ...(cdn ? hosts.flatMap(edgeRecords) : []),
  ];
}

const zoneOf = ({ environment, domain }: Placement) => zoneName(environment, domain);

const loadBalancer = (place: Place, evaluated: boolean): Target => ({
  to: 'load-balancer',
  place,
  evaluated,
});

/** The names that health checks ask. They have no check themselves: they always lead to their own region. */
function entryRecords(placement: Placement): AddressRecord[] {
  const { home, peer } = placement;
  const record = (position: Position, place: Place): AddressRecord => ({
    key: `entry-${position}`,
    host: entryHost(place.region, zoneOf(placement)),
    type: 'A',
    target: loadBalancer(place, false),
  });
  return [record('home', home), ...(peer ? [record('peer', peer)] : [])];
}

/** The CDN answers on both address families, and its health is not ours to evaluate. */
const edgeRecords = (host: string): AddressRecord[] => [
  { key: `record-${host}`, host, type: 'A', target: { to: 'distribution' } },
  { key: `record-${host}-ipv6`, host, type: 'AAAA', target: { to: 'distribution' } },
];

function routedRecords(host: string, weights: Weights, placement: Placement): AddressRecord[] {
  const { home, peer, traffic } = placement;
  const simple = { key: `record-${host}`, host, type: 'A' } as const;
  if (!peer) return [{ ...simple, target: loadBalancer(home, true), check: checkKey('home', placement) }];
  if (traffic.routing === 'failover') return failoverRecords(host, home, peer, placement);
  if (traffic.accelerator) return [{ ...simple, target: { to: 'accelerator' } }];
  return [
    sharedRecord(host, 'home', home, weights, placement),
    sharedRecord(host, 'peer', peer, weights, placement),
  ];
}

/** Latency or weighted: each region's record stands or falls with its own entry. */
function sharedRecord(
  host: string,
  position: Position,
  place: Place,
  weights: Weights,
  placement: Placement,
): AddressRecord {
  const routing: Routing =
    placement.traffic.routing === 'weighted'
      ? { by: 'weighted', weight: weights[position] }
      : { by: 'latency', region: place.region };
  return {
    key: `record-${host}-${position}`,
    host,
    type: 'A',
    target: loadBalancer(place, true),
    choice: { region: place.region, routing },
    check: checkKey(position, placement),
  };
}

function failoverRecords(host: string, home: Place, peer: Place, placement: Placement): AddressRecord[] {
  const { accelerator } = placement.traffic;
  const direct: Target = { to: 'host', host: directHost(zoneOf(placement)) };
  if (!accelerator) return standbyTakesOver(host, home, peer, placement);
  return [
    failoverRecord(host, 'home', home, { to: 'accelerator' }, HOME_WRITES),
    failoverRecord(host, 'peer', peer, direct),
  ];
}

/** Where users are led when the accelerator would not agree with the records. */
function directRecords(placement: Placement): AddressRecord[] {
  const { home, peer, traffic } = placement;
  if (!peer || !traffic.accelerator || traffic.routing !== 'failover') return [];
  return standbyTakesOver(directHost(zoneOf(placement)), home, peer, placement);
}

/** Behind an accelerator a load balancer's targets follow the beacon, which the records ask for themselves. */
function standbyTakesOver(host: string, home: Place, peer: Place, placement: Placement): AddressRecord[] {
  const evaluated = !placement.traffic.accelerator;
  return [
    failoverRecord(host, 'home', home, loadBalancer(home, evaluated), HOME_SERVES),
    failoverRecord(host, 'peer', peer, loadBalancer(peer, evaluated), checkKey('peer', placement)),
  ];
}

const failoverRecord = (
  host: string,
  position: Position,
  place: Place,
  target: Target,
  check?: string,
): AddressRecord => ({
  key: `record-${host}-${position}`,
  host,
  type: 'A',
  target,
  choice: {
    region: place.region,
    routing: { by: 'failover', type: position === 'home' ? 'PRIMARY' : 'SECONDARY' },
  },
  ...(check && { check }),
});

const HOME_SERVES = 'check-home-serves';
const HOME_WRITES = 'check-home-writes';

/** Route 53 cannot change the interval of a check, so another interval makes another check. */
const checkKey = (what: Position | 'home-beacon' | 'not-taken-over', { traffic }: Placement) =>
  `check-${what}-${traffic.healthCheck.interval}s`;

/** The checks that `records` name, with those that these are combined of. */
export function checksOf(records: readonly AddressRecord[], placement: Placement): Check[] {
  const used = new Set(records.map(({ check }) => check));
  const all = allChecks(placement);
  const parts = new Set(all.flatMap((check) => ('all' in check && used.has(check.key) ? check.all : [])));
  return all.filter(({ key }) => used.has(key) || parts.has(key));
}

function allChecks(placement: Placement): Check[] {
  const { home, peer, traffic } = placement;
  const { interval, failures, path } = traffic.healthCheck;
  const entry = (place: Place) => ({
    host: entryHost(place.region, zoneOf(placement)),
    path,
    interval,
    failures,
    inverted: false,
  });
  const ofHome = { key: checkKey('home', placement), ...entry(home) };
  if (!peer) return [ofHome];
  const beacon = { key: checkKey('home-beacon', placement), ...entry(home), path: BEACON_PATH };
  const notTakenOver = {
    key: checkKey('not-taken-over', placement),
    ...entry(peer),
    path: BEACON_PATH,
    inverted: true,
  };
  const homeServes = [ofHome.key, notTakenOver.key];
  return [
    ofHome,
    { key: checkKey('peer', placement), ...entry(peer) },
    beacon,
    notTakenOver,
    { key: HOME_SERVES, all: homeServes },
    { key: HOME_WRITES, all: [...homeServes, beacon.key] },
  ];
}
