/** One turn of the trigger with everything around it: real HTTP to entries and beacons, stores in memory. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BLANK, type Memory, type Override } from '../../../runtime/watch/decide';
import { look, type LookPorts } from '../../../runtime/watch/look';
import { hear } from '../../../runtime/watch/witness';
import type { StoreView } from '../../../runtime/promote/ports';
import { ACCOUNT, claimOf, HOME, ORDERS, PEER, planOf } from '../_plan';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const plan = planOf({ stores: [ORDERS] });
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A public entry: its health path and its beacon. */
async function entry(health: number, beacon: [number, string]): Promise<string> {
  const server = createServer(({ url }, response) => {
    const [code, text] = url === '/health' ? [health, ''] : beacon;
    response.writeHead(code).end(text);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address that nobody listens on. */
let gone: string;
beforeAll(async () => {
  gone = await entry(200, BEACON);
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

const BEACON: [number, string] = [
  200,
  JSON.stringify({ primary: true, claimed: { region: HOME, epoch: 0, conflict: false } }),
];

const view = (lagSeconds: number | undefined): StoreView => ({
  writer: HOME,
  moving: false,
  members: [
    { region: HOME, available: true, version: '16.8', lagSeconds: 0 },
    { region: PEER, available: true, version: '16.8', lagSeconds },
  ],
});

interface Setting {
  readonly own?: string;
  readonly other: string;
  readonly lag?: number;
  readonly ports?: Partial<LookPorts>;
  readonly memory?: Memory;
  readonly trigger?: object;
}

const refused = () => Promise.reject(new Error('HTTP 409'));

const LONG_DEAD: Memory = { ...BLANK, deadSince: NOW - 120_000 };

async function turn({ own, other, lag, ports, memory = LONG_DEAD, trigger }: Setting) {
  const flips: Override[] = [];
  const events: string[] = [];
  const spec = { trigger: { automatic: true, acceptDataLoss: true, ...trigger } };
  const ownEntry = own ?? (await entry(503, [503, '']));
  const seen = await look(plan, memory, {
    stores: { view: async () => view(lag), fence: async () => ({ epoch: 0, promoted: 0 }) },
    account: async () => ACCOUNT,
    claim: async () => claimOf(spec),
    override: async (override) => {
      flips.push(override);
    },
    tell: async (reason, note) => {
      events.push(`${reason}: ${note}`);
    },
    ownEntry: () => hear(`${ownEntry}/health`),
    otherEntry: () => hear(`${other}/health`),
    otherBeacon: () => hear(`${other}/primary/status`),
    now: () => NOW,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
    ...ports,
  });
  return { seen, flips, events };
}

test('a region that is gone is taken over, and people are told', async () => {
  const { seen, flips, events } = await turn({ other: gone });
  expect(flips).toMatchObject([{ region: PEER, epoch: 1, mode: 'Unplanned', acceptDataLoss: true }]);
  expect(seen).toMatchObject({ flipped: { epoch: 1 }, memory: { flippedAt: NOW, deadSince: undefined } });
  expect(events).toEqual(['AutomaticFlip: epoch 1, Unplanned, to eu-west-1: us-east-1 dead for 120 s']);
});

const spared: Record<string, { reason: string; setting: () => Promise<Setting>; why: RegExp }> = {
  'a region that answers': {
    reason: 'it lives',
    setting: async () => ({ other: await entry(200, BEACON), lag: 0.3 }),
    why: /other region does the work/,
  },
  'pods that are gone behind a beacon that speaks': {
    reason: 'a new version that does not start is no dead region',
    setting: async () => ({ other: await entry(503, BEACON), lag: 0.3 }),
    why: /other region does the work/,
  },
  'an entry that refuses us': {
    reason: 'a firewall rule is no dead region',
    setting: async () => ({ other: await entry(403, [403, '']) }),
    why: /other region does the work/,
  },
  'a name that does not resolve': {
    reason: 'that tells about DNS',
    setting: async () => ({ other: 'http://entry.invalid' }),
    why: /other region does the work/,
  },
  'a page of something else in the beacon’s place': {
    reason: 'it answers nothing that could be judged',
    setting: async () => ({ other: await entry(503, [200, '<html>']) }),
    why: /other region does the work/,
  },
  'an own entry that does not answer': {
    reason: 'we may be the ones cut off',
    setting: async () => ({ other: gone, own: gone }),
    why: /cut off/,
  },
  'own AWS endpoints that do not answer': {
    reason: 'we may be the ones cut off',
    setting: async () => ({ other: gone, ports: { account: () => Promise.reject(new Error('timeout')) } }),
    why: /cut off/,
  },
  'a flip that the fences remember': {
    reason: 'the work is here already',
    setting: async () => ({
      other: gone,
      ports: {
        stores: {
          view: async () => view(undefined),
          fence: async (_, region) => ({ epoch: region === PEER ? 1 : 0, promoted: 0 }),
        },
      },
    }),
    why: /holds the writers/,
  },
};

test.each(Object.entries(spared))('%s: no flip', async (_, { setting, why }) => {
  const { seen, flips } = await turn(await setting());
  expect(seen.why).toMatch(why);
  expect(flips).toEqual([]);
});

test('a load balancer without a beacon, an entry without pods and stale replication: dead', async () => {
  const { flips } = await turn({ other: await entry(503, [503, '']), lag: 300 });
  expect(flips).toHaveLength(1);
});

test('an API server that does not answer breaks the time of the evidence', async () => {
  const { seen, flips } = await turn({ other: gone, ports: { claim: refused } });
  expect(seen).toMatchObject({
    why: expect.stringContaining('could not look'),
    memory: { deadSince: undefined },
  });
  expect(flips).toEqual([]);
});

test('a claim that changed while it was judged is judged again', async () => {
  const claims = [
    claimOf({ trigger: { automatic: true, acceptDataLoss: true } }),
    claimOf({ region: PEER, epoch: 1 }),
  ];
  const claim = async () => claims.shift() ?? claimOf();
  const { seen, flips } = await turn({ other: gone, ports: { claim } });
  expect(flips).toEqual([]);
  expect(seen).toMatchObject({ why: 'could not flip: the claim has just changed', memory: LONG_DEAD });
});

test('a patch that the API server refuses is no flip', async () => {
  const { seen, events } = await turn({ other: gone, ports: { override: refused } });
  expect(seen).toMatchObject({ why: 'could not flip: HTTP 409', memory: LONG_DEAD });
  expect(events).toEqual([]);
});

test('a flip stands even when nobody could be told', async () => {
  const { seen } = await turn({ other: gone, ports: { tell: () => Promise.reject(new Error('forbidden')) } });
  expect(seen.flipped).toMatchObject({ epoch: 1 });
});
