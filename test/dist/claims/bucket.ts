import type { Changes } from './change';

const narrowed = 'spec: replication can be widened, not narrowed: a rule in AWS outlives its claim';

export const bucket: Changes = {
  kind: 'Bucket',
  plain: {},
  changes: {
    'a plain one': { reason: 'private, copied both ways' },
    'from none to one way': { reason: 'wider', from: { replication: 'none' }, to: { replication: 'to-peer' } },
    'from one way to both': { reason: 'wider', from: { replication: 'to-peer' }, to: { replication: 'both' } },
    'from both to one way': { reason: 'narrower', from: {}, to: { replication: 'to-peer' }, refused: narrowed },
    'from both to none': { reason: 'narrower', from: {}, to: { replication: 'none' }, refused: narrowed },
    'from one way to none': {
      reason: 'narrower',
      from: { replication: 'to-peer' },
      to: { replication: 'none' },
      refused: narrowed,
    },
    'static files with a key of S3': { reason: 'the CDN reads them', to: { content: 'static', encryption: 'aes256' } },
    'private files with a key of S3': {
      reason: 'private data has the own key of the region',
      to: { encryption: 'aes256' },
      refused: 'spec: encryption aes256 is for content static only: use kms',
    },
    'an access point': { reason: 'can be added', from: {}, to: { accessPoint: true } },
    'an access point less': {
      reason: 'its clients know no other name',
      from: { accessPoint: true },
      to: {},
      refused: 'spec: accessPoint cannot be switched off: its clients would lose their address',
    },
    'adopted and changed': {
      reason: 'the rest may change',
      from: { adopt: { home: 'shop-media', peer: 'shop-media-eu' } },
      to: { adopt: { home: 'shop-media', peer: 'shop-media-eu' }, accessPoint: true },
    },
    'another adopted one': {
      reason: 'the first would be left without an owner',
      from: { adopt: { home: 'shop-media' } },
      to: { adopt: { home: 'shop-files' } },
      refused: 'spec: adopt cannot change',
    },
    'one bucket for both regions': {
      reason: 'a bucket stands in one region',
      to: { adopt: { home: 'shop-media', peer: 'shop-media' } },
      refused: 'spec: adopt.peer equals adopt.home, expected another bucket',
    },
  },
};
