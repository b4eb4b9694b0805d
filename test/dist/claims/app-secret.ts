import type { Changes } from './change';

const fixed = 'spec: keys of a generated secret cannot change: add another AppSecret';

export const appSecret: Changes = {
  kind: 'AppSecret',
  plain: { keys: ['api'] },
  changes: {
    'a plain one': { reason: 'generated once' },
    'rotation added': { reason: 'the same keys', from: {}, to: { rotation: { every: 30 } } },
    'another key of a generated secret': {
      reason: 'all values would be made anew',
      from: {},
      to: { keys: ['api', 'webhook'] },
      refused: fixed,
    },
    'a key less of a generated secret': {
      reason: 'all values would be made anew',
      from: { keys: ['api', 'webhook'] },
      to: {},
      refused: fixed,
    },
    'another key of an external secret': {
      reason: 'an operator puts it there',
      from: { source: 'external' },
      to: { source: 'external', keys: ['api', 'webhook'] },
    },
    'a key twice': {
      reason: 'a mistake',
      to: { keys: ['api', 'api'] },
      refused: 'spec.keys: keys names a key twice, expected different ones',
    },
    'adopted and changed': {
      reason: 'the rest may change',
      from: { adopt: { secret: 'shop/keys' } },
      to: { adopt: { secret: 'shop/keys' }, rotation: { every: 30 } },
    },
    'adopted later': {
      reason: 'its own secret is there already',
      from: {},
      to: { adopt: { secret: 'shop/keys' } },
      refused: 'spec: adopt cannot change',
    },
  },
};
