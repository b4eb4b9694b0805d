/**
 * Where users end up, told by an evaluator that reads only what was composed and applies Route 53's and the
 * accelerator's rules to it.
 */
import { siteKind as kind } from '../../../platform/apis/site';
import type { Manifest } from '../../../platform/kind';
import { settle } from '../../../platform/settle';
import type { Placement } from '../../../spec/placement';
import { placements, siteClaim, wish } from '../../helpers/site';

type Position = 'home' | 'peer';
/** What a region answers from outside. A region that is down answers neither. */
interface Region {
  readonly entry: boolean;
  readonly beacon: boolean;
}
type World = Readonly<Record<Position, Region>>;

const HOST = 'shop.example.com';
const POSITIONS: readonly Position[] = ['home', 'peer'];
const other = (position: Position): Position => (position === 'home' ? 'peer' : 'home');

/** The settled estate, with what the evaluator needs to look things up. */
function estateOf(traffic: Partial<Placement['traffic']>, spec = {}) {
  const [placement] = placements(traffic);
  const { observed } = settle(kind, siteClaim(spec), placement);
  const all = Object.values(observed);
  return {
    all,
    placement,
    accelerated: placement.traffic.accelerator && placement.traffic.routing === 'failover',
  };
}
type Estate = ReturnType<typeof estateOf>;

const placeOf = ({ placement }: Estate, text: string): Position =>
  placement.peer && text.includes(placement.peer.region) ? 'peer' : 'home';

function isHealthy(estate: Estate, id: string, world: World): boolean {
  const check = wish(
    estate.all.find(({ status }) => (status as { atProvider: { id?: string } }).atProvider.id === id),
  );
  if (check.type === 'CALCULATED') {
    const healthy = check.childHealthchecks.filter((child: string) => isHealthy(estate, child, world));
    return healthy.length >= check.childHealthThreshold;
  }
  const region = world[placeOf(estate, check.fqdn)];
  return (check.resourcePath === '/primary' ? region.beacon : region.entry) !== check.invertHealthcheck;
}

/** As AWS sees it: every target group has a healthy target; with an accelerator the beacon's group asks /primary. */
const targetsHealthy = (estate: Estate, region: Region) =>
  region.entry && (region.beacon || !estate.accelerated);

function recordHealthy(estate: Estate, record: ReturnType<typeof wish>, world: World): boolean {
  const checked = !record.healthCheckId || isHealthy(estate, record.healthCheckId, world);
  const evaluated =
    !record.alias.evaluateTargetHealth || targetsHealthy(estate, world[placeOf(estate, record.alias.name)]);
  return checked && evaluated;
}

/** The regions that a user near `near` may be sent to. */
function answer(estate: Estate, host: string, world: World, near: Position): Position[] {
  const records = estate.all.map(wish).filter(({ name, type }) => name === host && type === 'A');
  const healthy = records.filter((record) => recordHealthy(estate, record, world));
  return [
    ...new Set(chosen(estate, records, healthy, near).flatMap((one) => follow(estate, one, world, near))),
  ];
}

type Records = ReturnType<typeof wish>[];

function chosen(estate: Estate, all: Records, healthy: Records, near: Position): Records {
  const candidates = healthy.length > 0 ? healthy : all;
  const byType = (records: Records, type: string) =>
    records.filter((one) => one.failoverRoutingPolicy.type === type);
  if (all[0]?.failoverRoutingPolicy) {
    const [first] = [
      ...byType(healthy, 'PRIMARY'),
      ...byType(healthy, 'SECONDARY'),
      ...byType(all, 'PRIMARY'),
    ];
    return [first ?? {}];
  }
  if (all[0]?.latencyRoutingPolicy) {
    const nearest = candidates.filter(({ setIdentifier }) => placeOf(estate, setIdentifier) === near);
    return nearest.length > 0 ? nearest : candidates.slice(0, 1);
  }
  const weighty = candidates.filter((record) => record.weightedRoutingPolicy?.weight !== 0);
  return weighty.length > 0 ? weighty : candidates;
}

function follow(estate: Estate, { alias }: Records[number], world: World, near: Position): Position[] {
  if (alias.name.includes('elb.amazonaws.com')) return [placeOf(estate, alias.name)];
  if (!alias.name.includes('awsglobalaccelerator.com')) return answer(estate, alias.name, world, near);
  return [accelerated(estate, world, near)];
}

/** The nearest healthy region; with none the accelerator fails open to the nearest. */
function accelerated(estate: Estate, world: World, near: Position): Position {
  const fit = (position: Position) => targetsHealthy(estate, world[position]);
  return !fit(near) && fit(other(near)) ? other(near) : near;
}

const YES = [true, false];
const region = (entry: boolean, beacon: boolean): Region => ({ entry, beacon });

/** `taken`: the peer's beacon says 200. Every row holds whatever the home beacon says. */
type FailoverRow = { reason: string; home: boolean; peer: boolean; taken: boolean; to: Position };
const FAILOVER: Record<string, FailoverRow> = {
  'both up, not taken over': {
    reason: 'S2-09: all traffic at home',
    home: true,
    peer: true,
    taken: false,
    to: 'home',
  },
  'both up, taken over': {
    reason: 'S2-14: the peer has the writers',
    home: true,
    peer: true,
    taken: true,
    to: 'peer',
  },
  'peer dead': { reason: 'nothing to see there', home: true, peer: false, taken: false, to: 'home' },
  'peer pods dead, its beacon not': {
    reason: 'last resort',
    home: true,
    peer: false,
    taken: true,
    to: 'home',
  },
  'home dead, not taken over': {
    reason: 'X-15: readers move',
    home: false,
    peer: true,
    taken: false,
    to: 'peer',
  },
  'home dead, taken over': { reason: 'S4-35: the flip', home: false, peer: true, taken: true, to: 'peer' },
  'both dead': { reason: 'last resort', home: false, peer: false, taken: false, to: 'home' },
  'both pods dead, peer beacon not': {
    reason: 'last resort',
    home: false,
    peer: false,
    taken: true,
    to: 'home',
  },
};
const WAYS: Record<string, Estate> = {
  'plain records': estateOf({ routing: 'failover' }),
  'behind the CDN': estateOf({ routing: 'failover', cdn: true, waf: true }),
  'S3-16, behind the accelerator': estateOf({ routing: 'failover', accelerator: true }),
};
const rows = Object.entries(WAYS).flatMap(([way, estate]) =>
  Object.entries(FAILOVER).map(([name, row]) => ({ way, name, estate, ...row })),
);

test.each(rows)('failover routing, $way: $name', ({ way, estate, home, peer, taken, to }) => {
  const host = way === 'behind the CDN' ? `origin.${HOST}` : HOST;
  const answers = YES.flatMap((stale) =>
    POSITIONS.map((near) =>
      answer(estate, host, { home: region(home, stale), peer: region(peer, taken) }, near),
    ),
  );
  expect(answers).toEqual(answers.map(() => [to]));
});

test('the table covers every state', () => {
  const states = Object.values(FAILOVER).map(({ home, peer, taken }) => [home, peer, taken].join());
  expect(new Set(states).size).toBe(8);
});

test.each(Object.entries(WAYS))(
  '%s: a peer that dies after it took over gives the traffic back',
  (way, estate) => {
    const host = way === 'behind the CDN' ? `origin.${HOST}` : HOST;
    const before = { home: region(true, false), peer: region(true, true) };
    const after = { home: region(true, false), peer: region(false, false) };
    expect([before, after].map((world) => answer(estate, host, world, 'peer'))).toEqual([['peer'], ['home']]);
  },
);

test("a cut-off home region's stale beacon never splits the users of one name", () => {
  const cutOff = { home: region(true, true), peer: region(true, true) };
  for (const estate of Object.values(WAYS)) {
    const host = estate.placement.traffic.cdn ? `origin.${HOST}` : HOST;
    expect(POSITIONS.map((near) => answer(estate, host, cutOff, near))).toEqual([['peer'], ['peer']]);
  }
});

describe('X-16: the accelerator and the records', () => {
  const estate = estateOf({ routing: 'failover', accelerator: true });
  const worlds = YES.flatMap((a) =>
    YES.flatMap((b) => YES.flatMap((c) => YES.map((d) => ({ home: region(a, b), peer: region(c, d) })))),
  );

  test('a name leads to the accelerator only while it would choose like the records', () => {
    const [primary] = estate.all
      .map(wish)
      .filter(({ name, setIdentifier }) => name === HOST && setIdentifier === 'us-east-1');
    const used = worlds.filter((world) => recordHealthy(estate, primary ?? {}, world));
    expect(used.length).toBeGreaterThan(0);
    for (const world of used)
      for (const near of POSITIONS) expect(accelerated(estate, world, near)).toBe('home');
  });

  test('S3-16: users who kept its addresses are moved by the flip without DNS', () => {
    const steps: World[] = [
      { home: region(true, true), peer: region(true, false) },
      { home: region(false, false), peer: region(true, true) },
      { home: region(true, false), peer: region(true, true) },
    ];
    expect(steps.map((world) => POSITIONS.map((near) => accelerated(estate, world, near)))).toEqual([
      ['home', 'home'],
      ['peer', 'peer'],
      ['peer', 'peer'],
    ]);
  });

  test('under latency routing it alone decides, and sends everyone to the nearest healthy region', () => {
    const shared = estateOf({ routing: 'latency', accelerator: true });
    const to = (home: boolean, peer: boolean) =>
      POSITIONS.flatMap((near) =>
        answer(shared, HOST, { home: region(home, true), peer: region(peer, false) }, near),
      );
    expect([to(true, true), to(false, true), to(true, false), to(false, false)]).toEqual([
      ['home', 'peer'],
      ['peer', 'peer'],
      ['home', 'home'],
      ['home', 'peer'],
    ]);
  });
});

describe('latency and weighted routing', () => {
  type Row = { reason: string; home: boolean; peer: boolean; latency: Position[]; weighted: Position[] };
  const cases: Record<string, Row> = {
    'both up': {
      reason: 'S0-08',
      home: true,
      peer: true,
      latency: ['home', 'peer'],
      weighted: ['home', 'peer'],
    },
    'home down': {
      reason: 'nearest healthy',
      home: false,
      peer: true,
      latency: ['peer', 'peer'],
      weighted: ['peer'],
    },
    'peer down': {
      reason: 'nearest healthy',
      home: true,
      peer: false,
      latency: ['home', 'home'],
      weighted: ['home'],
    },
    'both down': {
      reason: 'all count as healthy',
      home: false,
      peer: false,
      latency: ['home', 'peer'],
      weighted: ['home', 'peer'],
    },
  };
  const latency = estateOf({ routing: 'latency' });
  const weighted = estateOf({ routing: 'weighted' }, { weights: { home: 90, peer: 10 } });
  const standby = estateOf({ routing: 'weighted' }, { weights: { home: 255, peer: 0 } });

  test.each(Object.entries(cases))('%s, wherever the writers are', (_, row) => {
    for (const flipped of YES) {
      const world = { home: region(row.home, !flipped), peer: region(row.peer, flipped) };
      expect(POSITIONS.flatMap((near) => answer(latency, HOST, world, near))).toEqual(row.latency);
      expect(answer(weighted, HOST, world, 'home')).toEqual(row.weighted);
    }
  });

  test('a weight of 0 is served once the others are unhealthy', () => {
    const worlds = YES.map((home) => ({ home: region(home, true), peer: region(true, false) }));
    expect(worlds.map((world) => answer(standby, HOST, world, 'peer'))).toEqual([['home'], ['peer']]);
  });
});

test('an environment of one region answers always: Route 53 has nothing else', () => {
  const [placement] = placements({ routing: 'failover', accelerator: true });
  const { peer: _, ...single } = placement;
  const { observed } = settle(kind, siteClaim(), single);
  const records = Object.values(observed)
    .map((one: Manifest) => wish(one))
    .filter(({ name }) => name === HOST);
  expect(records.map(({ alias }) => alias.name)).toEqual([placement.home.facts.loadBalancer.dnsName]);
});
