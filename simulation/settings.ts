/** The estate that a world is built for. */
import type { PrimaryRegionSpec } from '../spec/claims';
import type { Facts } from '../spec/facts';
import type { FlipPlan, Store } from '../spec/flip';
import type { Placement } from '../spec/placement';
import {
  AURORA_FAILOVER,
  AURORA_SWITCHOVER,
  CACHE_FAILOVER,
  LAG,
  POD_START,
  PODS_READY,
  type Range,
  REJOIN,
} from './constants';
import type { Schedule } from './action';

/** How long AWS and the clusters take, in seconds. */
export interface Timings {
  readonly failover: Readonly<Record<Store['kind'], Range>>;
  readonly switchover: Readonly<Record<Store['kind'], Range>>;
  readonly lag: Range;
  readonly rejoin: Range;
  readonly podsReady: Range;
  readonly podStart: Range;
}

/** Everything a world has to know of an estate. */
export interface Settings {
  readonly home: string;
  readonly peer: string;
  /** By region, with the plan of the flip. */
  readonly placements: Readonly<Record<string, Placement>>;
  readonly plans: Readonly<Record<string, FlipPlan>>;
  readonly trigger: PrimaryRegionSpec['trigger'];
  readonly timings: Timings;
}

/** Durations as published, with this readiness of the peer's pods. */
export const timingsOf = (compute: keyof typeof PODS_READY): Timings => ({
  failover: { PostgresDatabase: AURORA_FAILOVER, Cache: CACHE_FAILOVER },
  switchover: { PostgresDatabase: AURORA_SWITCHOVER, Cache: CACHE_FAILOVER },
  lag: LAG,
  rejoin: REJOIN,
  podsReady: PODS_READY[compute],
  podStart: POD_START,
});

/** The settings of an estate whose two prod clusters have these placements and plans, home first. */
export function settingsOf(
  placements: readonly [Placement, Placement],
  plans: readonly [FlipPlan, FlipPlan],
  trigger: PrimaryRegionSpec['trigger'],
  timings: Timings,
): Settings {
  const [{ region: home }, { region: peer }] = plans;
  return {
    home,
    peer,
    placements: {
      [home]: { ...placements[0], flip: plans[0] },
      [peer]: { ...placements[1], flip: plans[1] },
    },
    plans: { [home]: plans[0], [peer]: plans[1] },
    trigger,
    timings,
  };
}

const HOME = 'us-east-1';
const PEER = 'eu-west-1';
const ACCOUNT = '111111111111';

/** A small invented estate for a schedule. */
export function inventedSettings(schedule: Omit<Schedule, 'actions'>): Settings {
  const plans = [planOf(schedule, HOME, PEER), planOf(schedule, PEER, HOME)] as const;
  const placements = [placementOf(schedule, 'home'), placementOf(schedule, 'peer')] as const;
  return settingsOf(placements, plans, triggerOf(schedule), timingsOf(schedule.compute));
}

const triggerOf = ({ automatic }: Pick<Schedule, 'automatic'>): PrimaryRegionSpec['trigger'] => ({
  automatic,
  afterSeconds: 60,
  coolDownSeconds: 300,
  acceptDataLoss: true,
  failback: 'Automatic',
  holdDownSeconds: 300,
});

const KINDS = ['PostgresDatabase', 'Cache'] as const;

const planOf = ({ stores }: { stores: number }, region: string, other: string): FlipPlan => ({
  estate: 'invented',
  account: ACCOUNT,
  region,
  other,
  home: HOME,
  stores: Array.from({ length: stores }, (_, i) => storeOf(i)),
  floors: [{ namespace: 'shop', service: 'web', min: 4, rest: 4 }],
  maxLagSeconds: 30,
});

const storeOf = (i: number): Store => ({
  kind: KINDS[i % 2] ?? 'PostgresDatabase',
  namespace: 'shop',
  name: `store-${i + 1}`,
  globalId: `invented-store-${i + 1}`,
  members: { [HOME]: `store-${i + 1}-home`, [PEER]: `store-${i + 1}-peer` },
});

const placementOf = ({ routing }: Pick<Schedule, 'routing'>, position: Placement['position']): Placement => ({
  estate: 'invented',
  environment: 'prod',
  account: ACCOUNT,
  domain: 'shop.example.com',
  position,
  home: { region: HOME, zones: [], facts: factsOf(HOME) },
  peer: { region: PEER, zones: [], facts: factsOf(PEER) },
  traffic: {
    routing,
    cdn: false,
    waf: false,
    accelerator: false,
    ttl: 60,
    healthCheck: { interval: 10, failures: 3, path: '/health' },
  },
});

/** The flip reads none of these. */
const factsOf = (region: string): Facts => ({
  placeholder: true,
  account: ACCOUNT,
  region,
  vpc: { id: 'vpc-0' },
  subnets: { public: [], application: [], data: [] },
  securityGroups: { loadBalancer: 'sg-1', nodes: 'sg-2', database: 'sg-3', cache: 'sg-4' },
  keys: { data: `arn:aws:kms:${region}:${ACCOUNT}:key/mrk-1` },
  cluster: { name: `prod-${region}`, nodeRole: `prod-${region}-node` },
  loadBalancer: { arn: 'arn', dnsName: 'entry', zoneId: 'Z1' },
  targetGroups: {},
  hostedZone: { id: 'Z0' },
  elasticache: { globalPrefix: 'ldgnf' },
  rotation: { functionArn: 'arn' },
});
