import type { Changes } from './change';

const adopted = { home: 'sessions', secret: 'shop/sessions' };

export const cache: Changes = {
  kind: 'Cache',
  plain: { size: 'small' },
  changes: {
    'a plain one': { reason: 'regional by default' },
    'more shards': { reason: 'Valkey moves the keys', from: {}, to: { shards: 3 } },
    'from regional to global': {
      reason: 'AWS would replace the group, and every login with it',
      from: {},
      to: { scope: 'global' },
      refused: 'spec.scope: scope cannot change',
    },
    'from global to regional': {
      reason: 'the copy in the peer region would be cut off',
      from: { scope: 'global' },
      to: { scope: 'regional' },
      refused: 'spec.scope: scope cannot change',
    },
    'other teams': { reason: 'each receives the connection', from: {}, to: { teams: ['cart', 'web'] } },
    'a team twice': {
      reason: 'a mistake',
      to: { teams: ['cart', 'cart'] },
      refused: 'spec.teams: teams names a team twice, expected different ones',
    },
    'adopted with a global datastore': {
      reason: 'scope global',
      to: { scope: 'global', adopt: { ...adopted, global: 'ldgnf-sessions' } },
    },
    'a global datastore for a regional cache': {
      reason: 'nobody would promote it',
      to: { adopt: { ...adopted, global: 'ldgnf-sessions' } },
      refused: "spec: adopt.global is for scope global only",
    },
    'adopted and changed': { reason: 'the rest may change', from: { adopt: adopted }, to: { adopt: adopted, size: 'large' } },
    'adopted later': {
      reason: 'its own group is there already',
      from: {},
      to: { adopt: adopted },
      refused: 'spec: adopt cannot change',
    },
  },
};
