import type { Changes } from './change';

export const site: Changes = {
  kind: 'Site',
  plain: { hosts: ['shop.example.com'] },
  changes: {
    'a plain one': { reason: 'one host' },
    'another host': { reason: 'records are added', from: {}, to: { hosts: ['shop.example.com', 'www.shop.example.com'] } },
    'a host twice': {
      reason: 'two records of one name',
      to: { hosts: ['shop.example.com', 'shop.example.com'] },
      refused: 'spec: each host is listed once',
    },
    'a shield over static files': { reason: 'there is something to cache', to: { shield: true, static: { bucket: 'media' } } },
    'a shield without static files': {
      reason: 'the application is never cached',
      to: { shield: true },
      refused: 'spec: shield needs static: the application is never cached',
    },
    'static files taken out from under the shield': {
      reason: 'the same, later',
      from: { shield: true, static: { bucket: 'media' } },
      to: { shield: true },
      refused: 'spec: shield needs static: the application is never cached',
    },
    'a path twice': {
      reason: 'two behaviours of one path',
      to: { static: { bucket: 'media', paths: ['/a/*', '/a/*'] } },
      refused: 'spec.static: each path is listed once',
    },
    'all weight on one region': { reason: 'how a region is emptied', to: { weights: { home: 0, peer: 100 } } },
    'no weight at all': {
      reason: 'Route 53 would treat both as equal',
      to: { weights: { home: 0, peer: 0 } },
      refused: 'spec.weights: at least one weight is above 0',
    },
  },
};
