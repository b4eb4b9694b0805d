/** A plan of a flip for tests: one database, one cache, one service. */
import { type PrimaryRegion, primaryRegionSchema } from '../../spec/claims';
import { type FlipPlan, flipPlanSchema, type Store } from '../../spec/flip';

export const HOME = 'us-east-1';
export const PEER = 'eu-west-1';
export const ACCOUNT = '111111111111';

/** The database. */
export const ORDERS: Store = {
  kind: 'PostgresDatabase',
  namespace: 'shop',
  name: 'orders',
  globalId: 'prod-shop-orders',
  members: { [HOME]: 'orders-us', [PEER]: 'orders-eu' },
};

/** The cache. */
export const SESSIONS: Store = {
  kind: 'Cache',
  namespace: 'shop',
  name: 'sessions',
  globalId: 'ldgnf-sessions',
  members: { [HOME]: 'sessions-us', [PEER]: 'sessions-eu' },
};

/** The plan of the peer region, which takes over; of home when asked. */
export const planOf = (change: Partial<FlipPlan> = {}): FlipPlan =>
  flipPlanSchema.parse({
    estate: 'storefront',
    account: ACCOUNT,
    region: PEER,
    other: HOME,
    home: HOME,
    stores: [ORDERS, SESSIONS],
    floors: [{ namespace: 'shop', service: 'catalog', min: 4, rest: 4 }],
    maxLagSeconds: 30,
    ...change,
  });

/** The same flip seen from home. */
export const homePlan = (change: Partial<FlipPlan> = {}) => planOf({ region: HOME, other: PEER, ...change });

/** A regional claim whose writers are at home; `spec` may say more. */
export const claimOf = (spec: object = {}): PrimaryRegion =>
  primaryRegionSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'PrimaryRegion',
    metadata: { name: 'storefront', namespace: 'flipside-system' },
    spec: { region: HOME, epoch: 0, ...spec },
  });
