/** The calls to AWS through the real SDK, against answers in AWS's shapes. */
import { clientsOf } from '../../../runtime/aws/clients';
import { accountOf, storesOf } from '../../../runtime/aws/stores';
import type { StoreView } from '../../../runtime/promote/ports';
import { ACCOUNT, HOME, ORDERS, PEER, planOf, SESSIONS } from '../_plan';
import { failure, type FakeAws, fakeAws, type Fault, pointSdkTo, type StoreState } from './_aws';

let aws: FakeAws;
let time = 0;
const stores = () =>
  storesOf(clientsOf({ connectionTimeout: 300, requestTimeout: 300 }), ACCOUNT, () => time);

beforeEach(async () => {
  aws = await fakeAws(planOf());
});
afterEach(() => aws.stop());

const orders = () => aws.stores[0] as StoreState;
const sessions = () => aws.stores[1] as StoreState;
const lagsAsked = () => aws.calls.filter(({ action }) => action === 'cloudwatch:GetMetricData').length;
const sent = (action: string) => aws.calls.find((call) => call.action === action);
const only =
  (action: string, fault: Fault): Fault =>
  (call, nth) =>
    call.action === action ? fault(call, nth) : undefined;
const memberOf = ({ members }: StoreView, region: string) => members.find((one) => one.region === region);

const views: Record<string, { reason: string; state?: () => void; from?: string; want: object }> = {
  'at rest, from the follower': {
    reason: 'the lag is the follower’s own',
    want: {
      writer: HOME,
      moving: false,
      members: [
        { region: HOME, available: true, version: '16.8', lagSeconds: 0 },
        { region: PEER, available: true, version: '16.8', lagSeconds: 0.4 },
      ],
    },
  },
  'at rest, from the writer': {
    reason: 'of the other member only its synchronization is known here',
    from: HOME,
    want: { writer: HOME, members: [{ lagSeconds: 0 }, { available: true, lagSeconds: undefined }] },
  },
  'while AWS moves it': {
    reason: 'nobody may act on it',
    state: () => {
      orders().moving = true;
    },
    want: { moving: true },
  },
  'a follower without an instance': {
    reason: 'AWS cannot promote it',
    state: () => {
      orders().instances[PEER] = 0;
    },
    want: { members: [{}, { available: false }] },
  },
  'a follower being modified': {
    reason: 'it could not take over',
    state: () => {
      orders().status[PEER] = 'modifying';
    },
    want: { members: [{}, { available: false }] },
  },
  'a follower in its daily backup': {
    reason: 'it serves all the same',
    state: () => {
      orders().status[PEER] = 'backing-up';
    },
    want: { members: [{}, { available: true }] },
  },
  'the other member out of step': {
    reason: 'AWS copies the whole volume again',
    state: () => {
      orders().synchronization[HOME] = 'pending-resync';
    },
    want: { members: [{ available: false }, {}] },
  },
  'a follower of another version': {
    reason: 'a switchover would fail',
    state: () => {
      orders().versions[PEER] = '16.9';
    },
    want: { members: [{ version: '16.8' }, { version: '16.9' }] },
  },
  'no lag published': {
    reason: 'unknown, not zero',
    state: () => {
      aws.lag = [];
    },
    want: { members: [{}, { lagSeconds: undefined }] },
  },
  'lag under the source region alone': {
    reason: 'AWS documents no dimensions',
    state: () => {
      aws.lag = [{ value: 1500, dimensions: ['SourceRegion'] }];
    },
    want: { members: [{}, { lagSeconds: 1.5 }] },
  },
};

test.each(Object.entries(views))('a view of Aurora: %s', async (_, { state, from = PEER, want }) => {
  state?.();
  expect(await stores().view(ORDERS, from)).toMatchObject(want);
});

test('a view of Aurora asks the own region alone', async () => {
  await stores().view(ORDERS, PEER);
  expect(new Set(aws.calls.map(({ region }) => region))).toEqual(new Set([PEER]));
});

test('a view of Aurora says so when AWS lists none', async () => {
  await expect(stores().view({ ...ORDERS, globalId: 'gone' }, PEER)).rejects.toThrow(
    'no such global cluster',
  );
});

describe('a view of a Global Datastore', () => {
  test('at rest', async () => {
    expect(await stores().view(SESSIONS, PEER)).toEqual({
      writer: HOME,
      moving: false,
      members: [
        { region: HOME, available: true, version: '8.2.0', lagSeconds: 0 },
        { region: PEER, available: true, version: '8.2.0', lagSeconds: 2 },
      ],
    });
  });

  test('while AWS moves it', async () => {
    sessions().moving = true;
    expect((await stores().view(SESSIONS, PEER)).moving).toBe(true);
  });

  test('a member that leaves is not ready', async () => {
    sessions().status[PEER] = 'disassociating';
    expect(memberOf(await stores().view(SESSIONS, PEER), PEER)?.available).toBe(false);
  });
});

describe('lag', () => {
  test('is asked for again after twenty seconds at the earliest', async () => {
    const one = stores();
    await one.view(ORDERS, PEER);
    await one.view(ORDERS, PEER);
    expect(lagsAsked()).toBe(1);
    time += 21_000;
    await one.view(ORDERS, PEER);
    expect(lagsAsked()).toBe(2);
  });

  test('does not hold up a view when CloudWatch hangs', async () => {
    aws.fault = ({ action }) => (action === 'cloudwatch:GetMetricData' ? 'hang' : undefined);
    const started = performance.now();
    const view = await stores().view(ORDERS, PEER);
    expect(view.writer).toBe(HOME);
    expect(performance.now() - started).toBeLessThan(2_500);
  });
});

describe.each([ORDERS, SESSIONS])('the fence of a $kind', (store) => {
  test('is read and written at the own region’s endpoint, on the own resource', async () => {
    const one = stores();
    expect(await one.fence(store, PEER)).toEqual({ epoch: 0, promoted: 0 });
    await one.mark(store, PEER, { epoch: 7 });
    await one.mark(store, PEER, { promoted: 7 });
    expect(await one.fence(store, PEER)).toEqual({ epoch: 7, promoted: 7 });
    expect(await one.fence(store, HOME)).toEqual({ epoch: 0, promoted: 0 });
    expect(
      aws.calls.filter(({ action }) => action.endsWith('AddTagsToResource')).map(({ region }) => region),
    ).toEqual([PEER, PEER]);
  });

  test('is 0 on a resource that was never tagged, and an error when it is no number', async () => {
    const state = aws.stores.find(
      (one) => one.store === store || one.store.name === store.name,
    ) as StoreState;
    state.tags[PEER] = {};
    expect(await stores().fence(store, PEER)).toEqual({ epoch: 0, promoted: 0 });
    state.tags[PEER] = { 'flipside.dev/epoch': 'seven' };
    await expect(stores().fence(store, PEER)).rejects.toThrow(
      'Cannot read the tag flipside.dev/epoch "seven"',
    );
  });
});

describe('a move', () => {
  test('planned goes to the writer’s region and names the target’s ARN', async () => {
    await stores().switchover(ORDERS, PEER);
    expect(sent('rds:SwitchoverGlobalCluster')).toMatchObject({
      region: HOME,
      parameters: {
        GlobalClusterIdentifier: 'prod-shop-orders',
        TargetDbClusterIdentifier: `arn:aws:rds:${PEER}:${ACCOUNT}:cluster:orders-eu`,
      },
    });
    expect(orders().writer).toBe(PEER);
  });

  test('unplanned goes to the target’s region alone and accepts data loss', async () => {
    await stores().failover(ORDERS, PEER);
    expect(sent('rds:FailoverGlobalCluster')).toMatchObject({
      region: PEER,
      parameters: { AllowDataLoss: 'true' },
    });
    expect(aws.calls.every(({ region }) => region === PEER)).toBe(true);
    expect(orders().writer).toBe(PEER);
  });

  test.each(['switchover', 'failover'] as const)('of a Global Datastore by %s is one call', async (how) => {
    await stores()[how](SESSIONS, PEER);
    expect(aws.calls).toMatchObject([
      {
        region: PEER,
        action: 'elasticache:FailoverGlobalReplicationGroup',
        parameters: { PrimaryRegion: PEER, PrimaryReplicationGroupId: 'sessions-eu' },
      },
    ]);
    expect(sessions().writer).toBe(PEER);
  });
});

describe('what AWS refuses', () => {
  const refusals: Record<string, { reason: string; fault: Fault; error: string }> = {
    'a flip that is under way': {
      reason: 'the next look waits for it',
      fault: only('rds:FailoverGlobalCluster', () =>
        failure('InvalidGlobalClusterStateFault', 'a failover is in progress'),
      ),
      error: 'InvalidGlobalClusterStateFault',
    },
    'a role without the right': {
      reason: 'the message names the action',
      fault: only('rds:FailoverGlobalCluster', () =>
        failure('AccessDenied', 'not authorized to perform', 403),
      ),
      error: 'AccessDenied',
    },
    'throttling without end': {
      reason: 'the SDK tries twice, the promotion goes on by itself',
      fault: only('rds:FailoverGlobalCluster', () => failure('Throttling', 'Rate exceeded')),
      error: 'Throttling',
    },
    'an endpoint that never answers': {
      reason: 'without throwOnRequestTimeout the SDK would wait for ever',
      fault: only('rds:FailoverGlobalCluster', () => 'hang'),
      error: 'TimeoutError',
    },
  };

  test.each(Object.entries(refusals))('%s', async (_, { fault, error }) => {
    aws.fault = fault;
    await expect(stores().failover(ORDERS, PEER)).rejects.toMatchObject({ name: error });
    expect(orders().writer).toBe(HOME);
  });

  test('throttling once is tried again by the SDK', async () => {
    aws.fault = (_, nth) => (nth === 1 ? failure('Throttling', 'Rate exceeded') : undefined);
    await stores().failover(ORDERS, PEER);
    expect(orders().writer).toBe(PEER);
  });

  test('a region that is gone', async () => {
    pointSdkTo('http://127.0.0.1:9');
    await expect(stores().view(ORDERS, PEER)).rejects.toThrow('ECONNREFUSED');
  });
});

test('the account comes from the region’s own STS', async () => {
  expect(await accountOf(clientsOf()(PEER))).toBe(ACCOUNT);
  expect(aws.calls).toMatchObject([{ region: PEER, action: 'sts:GetCallerIdentity' }]);
});
