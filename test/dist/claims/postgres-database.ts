import type { Changes } from './change';

const adopted = { home: 'orders', globalCluster: 'orders-global' };
const born = 'it says how the database was born';
const halves = 'expected a multiple of 0.5, at least 0.5';
const length = 'spec.backup.window: the window must be 30 to 180 minutes long';

export const postgresDatabase: Changes = {
  kind: 'PostgresDatabase',
  plain: { size: 'small', version: '16' },
  changes: {
    'a plain one': { reason: 'size and version say enough' },
    'a bigger size': { reason: 'instances are replaced one by one', from: {}, to: { size: 'large' } },
    'from size to capacity': { reason: 'either', from: {}, to: { size: undefined, capacity: { min: 0.5, max: 8 } } },
    'size and capacity': {
      reason: 'they contradict one another',
      to: { capacity: { min: 1, max: 8 } },
      refused: 'spec: set either size or capacity',
    },
    'neither size nor capacity': {
      reason: 'there is no default that is right for everybody',
      to: { size: undefined },
      refused: 'spec: set either size or capacity',
    },
    'capacity in whole units': { reason: 'JSON has 8 for 8.0', to: { size: undefined, capacity: { min: 1, max: 8 } } },
    'capacity in quarters': {
      reason: 'AWS scales by halves',
      to: { size: undefined, capacity: { min: 0.75, max: 8 } },
      refused: `spec.capacity.min: ${halves}`,
    },
    'capacity up to a quarter': {
      reason: 'the same at the other end',
      to: { size: undefined, capacity: { min: 1, max: 1.25 } },
      refused: `spec.capacity.max: ${halves}`,
    },
    'parameters with fractions': {
      reason: 'the smallest ones',
      to: { parameters: { autovacuum_vacuum_scale_factor: 0.001, random_page_cost: 0.1 } },
    },
    'no share of changed rows': {
      reason: 'vacuum would never rest',
      to: { parameters: { autovacuum_vacuum_scale_factor: 0 } },
      refused: 'spec.parameters.autovacuum_vacuum_scale_factor: expected at least 0.001',
    },
    'random pages for nothing': {
      reason: 'the planner would never scan in order',
      to: { parameters: { random_page_cost: 0 } },
      refused: 'spec.parameters.random_page_cost: expected at least 0.1',
    },
    'capacity from high to low': {
      reason: 'AWS would refuse it minutes later',
      to: { size: undefined, capacity: { min: 8, max: 4.5 } },
      refused: 'spec.capacity: min must not be above max',
    },
    'readers that scale': { reason: 'whole numbers, which CEL compares as integers', to: { readers: { min: 1, max: 4 } } },
    'readers from high to low': {
      reason: 'the autoscaler would refuse it minutes later',
      to: { readers: { min: 4, max: 1 } },
      refused: 'spec.readers: min must not be above max',
    },
    'a newer version': { reason: 'an upgrade', from: {}, to: { version: '17' } },
    'an older version': {
      reason: 'Aurora has no way back',
      from: {},
      to: { version: '15' },
      refused: 'spec.version: version cannot go down',
    },
    'another database': {
      reason: 'it would not be renamed but missed',
      from: { database: 'app' },
      to: { database: 'shop' },
      refused: 'spec.database: Name of the first database cannot change',
    },
    'the default database, left out': { reason: 'the same as before', from: { database: 'app' }, to: {} },
    'another username': {
      reason: 'AWS would replace the cluster',
      from: {},
      to: { username: 'root_user' },
      refused: 'spec.username: Name of the administrator cannot change',
    },
    'a window across midnight': { reason: 'two hours', to: { backup: { window: '23:30-01:30' } } },
    'a window of ten minutes': { reason: 'AWS asks for 30', to: { backup: { window: '03:00-03:10' } }, refused: length },
    'a window of a day': { reason: 'maintenance has no room', to: { backup: { window: '03:00-02:00' } }, refused: length },
    restored: { reason: 'at birth', to: { restore: { snapshot: 'before-the-fire' } } },
    'restored later': {
      reason: 'the database is there already',
      from: {},
      to: { restore: { snapshot: 'before-the-fire' } },
      refused: `spec: restore cannot change: ${born}`,
    },
    'restored and adopted': {
      reason: 'two origins',
      to: { restore: { snapshot: 'before-the-fire' }, adopt: adopted },
      refused: 'spec: set restore or adopt, not both',
    },
    adopted: { reason: 'at birth, with the member in the peer region', to: { adopt: { ...adopted, peer: 'orders-eu' } } },
    'adopted and changed': { reason: 'the rest may change', from: { adopt: adopted }, to: { adopt: adopted, size: 'large' } },
    'no longer adopted': {
      reason: 'a second database would be made beside the first',
      from: { adopt: adopted },
      to: {},
      refused: `spec: adopt cannot change: ${born}`,
    },
    'adopted from a peer without a global database': {
      reason: 'what would it be a member of',
      to: { adopt: { home: 'orders', peer: 'orders-eu' } },
      refused: 'spec.adopt: peer needs globalCluster',
    },
  },
};
