/** Where the committed estates' records send people, for every combination of what is up. */
import { answer, type Query } from '../../../lab/dns/zone';
import { namesWhen, PORTS, type Site, SITES, type Up, composedOf } from './_names';
import { siteNames } from '../../../lab/dns/site';

/** The region whose port is answered for a name. */
function regionFor(site: Site, up: Up, name: string, from: Partial<Query> = {}): string {
  const query = { name: `_https._tcp.${name}`, type: 'SRV', region: site.home, ...from };
  const [line] = answer(namesWhen(site, up), query).lines;
  const port = line?.type === 'SRV' ? line.data.port : undefined;
  if (port === PORTS.home) return 'home';
  return port === PORTS.peer ? 'peer' : `nowhere (${port})`;
}

const BOTH = [true, false];
const combinations: readonly Up[] = BOTH.flatMap((home) =>
  BOTH.flatMap((peer) =>
    BOTH.flatMap((homePrimary) => BOTH.map((peerPrimary) => ({ home, peer, homePrimary, peerPrimary }))),
  ),
);

const siteOf = (estate: string) => SITES[estate] as Site;

/**
 * Standby takes over primary: home while its entry answers and the peer's beacon does not say that it is primary; the
 * peer when home may not answer and the peer does; home when neither may. A beacon behind a dead entry is not heard.
 */
function expected({ home, peer, peerPrimary }: Up): 'home' | 'peer' {
  const homeServes = home && !(peer && peerPrimary);
  return homeServes || !peer ? 'home' : 'peer';
}

const failover = ['pilot-light', 'global-tables', 'warm-standby'];

describe.each(failover)('failover routing of %s', (estate) => {
  test.each(combinations)('with %o', (up) => {
    expect(regionFor(siteOf(estate), up, siteOf(estate).host)).toBe(expected(up));
  });
});

const failoverCases = [
  { up: [true, true, true, false], to: 'home', reason: 'nothing has happened' },
  {
    up: [true, true, false, true],
    to: 'peer',
    reason: 'the writers were moved: home still answers and must not get writes',
  },
  { up: [false, true, true, false], to: 'peer', reason: 'home died, whatever its beacon said last' },
  {
    up: [true, false, false, true],
    to: 'home',
    reason: 'the peer died after it took over: users return to home',
  },
  { up: [true, true, true, true], to: 'peer', reason: 'a stale beacon in home must not matter' },
  {
    up: [true, true, false, false],
    to: 'home',
    reason: 'the writers are on their way: home keeps the reads',
  },
  { up: [false, false, false, false], to: 'home', reason: 'nothing answers: the primary record is given' },
] as const;

describe.each(failover)('failover routing of %s', (estate) => {
  test.each(failoverCases)(
    'leads to $to as $reason',
    ({ up: [home, peer, homePrimary, peerPrimary], to }) => {
      const up = { home, peer, homePrimary, peerPrimary };
      expect(regionFor(siteOf(estate), up, siteOf(estate).host)).toBe(to);
    },
  );
});

test('a load balancer without targets loses its record, though its entry answers the checkers', () => {
  const up = { home: true, peer: true, homePrimary: true, peerPrimary: false, homeTargets: false };
  expect(regionFor(siteOf('pilot-light'), up, 'web.pilot.example.com')).toBe('peer');
});

const latency = ['storefront', 'capstone'];

const latencyCases = [
  { home: true, peer: true, from: 'home', to: 'home', reason: 'the nearest region answers' },
  { home: true, peer: true, from: 'peer', to: 'peer', reason: 'the nearest region answers' },
  { home: false, peer: true, from: 'home', to: 'peer', reason: 'the nearest is unhealthy' },
  { home: true, peer: false, from: 'peer', to: 'home', reason: 'the nearest is unhealthy' },
  { home: false, peer: false, from: 'peer', to: 'peer', reason: 'all count as healthy when none is' },
] as const;

describe.each(latency)('latency routing of %s', (estate) => {
  test.each(latencyCases)(
    'from $from, home $home, peer $peer: $to, as $reason',
    ({ home, peer, from, to }) => {
      const site = siteOf(estate);
      const client = { region: site[from] };
      for (const peerPrimary of BOTH) {
        const up = { home, peer, homePrimary: !peerPrimary, peerPrimary };
        expect(regionFor(site, up, site.host, client)).toBe(to);
        expect(regionFor(site, up, site.alias, client)).toBe(to);
      }
    },
  );
});

describe('the accelerator of warm-standby', () => {
  const site = siteOf('warm-standby');

  test.each(combinations)('never disagrees with the records, with %o', (up) => {
    // The load balancers' targets follow the beacons there.
    const targets = { homeTargets: up.home && up.homePrimary, peerTargets: up.peer && up.peerPrimary };
    const through = regionFor(site, { ...up, ...targets }, site.alias);
    const safe = up.home && up.homePrimary && !(up.peer && up.peerPrimary) ? 'home' : expected(up);
    expect(through).toBe(safe);
  });
});

describe.each(Object.entries(SITES))('every site: %s', (_, site) => {
  const up = { home: true, peer: true, homePrimary: true, peerPrimary: false };

  test.each(combinations)('the names that checkers ask never lead elsewhere, with %o', (state) => {
    expect(regionFor(site, state, `entry-${site.home}.${site.zone}`)).toBe('home');
    expect(regionFor(site, state, `entry-${site.peer}.${site.zone}`)).toBe('peer');
  });

  test('people are led somewhere by every name of the zone that has an address', () => {
    const names = namesWhen(site, up);
    const hosts = names.zone.records.filter(({ type }) => type === 'A').map(({ name }) => name);
    expect(hosts).toContain(site.alias);
    for (const name of hosts) {
      expect(answer(names, { name, type: 'A' }).lines).toEqual([
        { name, type: 'A', ttl: 60, data: '127.0.0.1' },
      ]);
    }
  });

  test('every check that a record names is there, and every record leads to a known target', () => {
    const { records, checks, targets } = namesOf(site);
    const ids = checks.map(({ id }) => id);
    const named = records.flatMap(({ healthCheckId }) => healthCheckId ?? []);
    expect(ids).toEqual(expect.arrayContaining(named));
    const led = records.flatMap(({ alias }) => alias?.name ?? []);
    const known = [...Object.keys(targets), ...records.map(({ name }) => name)];
    expect(known).toEqual(expect.arrayContaining(led));
  });
});

function namesOf(site: Site) {
  const names = namesWhen(site, { home: true, peer: true, homePrimary: true, peerPrimary: false });
  return {
    records: names.zone.records,
    checks: Object.keys(names.health).map((id) => ({ id })),
    targets: names.targets,
  };
}

test('a check that AWS has given no id yet is left out', () => {
  const { checks, records } = siteNames(composedOf(siteOf('storefront')), []);
  expect(checks).toEqual([]);
  expect(records.length).toBeGreaterThan(0);
});

const check = (more: object) => ({
  kind: 'HealthCheck',
  metadata: {},
  spec: { forProvider: { type: 'HTTPS' } },
  ...more,
});

test('in a cluster the id is read from the status, or from the external name when the status was lost', () => {
  const { checks } = siteNames(
    [
      check({ status: { atProvider: { id: 'one' } } }),
      check({ metadata: { annotations: { 'crossplane.io/external-name': 'two' } } }),
    ],
    [],
  );
  expect(checks.map(({ id }) => id)).toEqual(['one', 'two']);
});
