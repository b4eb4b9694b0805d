/** The claim kind `PrimaryRegion`. */
import type { CelRule, PrimaryRegion } from '../../../spec/claims';
import type { Placement } from '../../../spec/placement';
import type { Kind } from '../../kind';
import { text } from '../../status';
import { compose } from './compose';
import { PHASES } from './status';

const time = (description: string) => ({ type: 'string', format: 'date-time', description });
const milliseconds = (description: string) => ({ type: 'integer', format: 'int64', description });
const list = (description: string, properties: object) => ({
  type: 'array',
  description,
  items: { type: 'object', properties },
});

const step = {
  name: text('What it does, or the store or service it is about'),
  state: text('running, done or failed'),
  startedAt: milliseconds('Milliseconds after the promotion started'),
  finishedAt: milliseconds('Milliseconds after the promotion started'),
  message: text('Why it failed'),
};

const store = {
  name: text('<team>/<claim>'),
  writer: text('Region of the writer; absent while AWS moves it'),
  lagSeconds: { type: 'number', description: 'How far the follower is behind' },
  followerReady: { type: 'boolean', description: 'A member stands ready in the region that does not write' },
  at: milliseconds('When AWS said so, in Unix milliseconds'),
};

const past = {
  epoch: { type: 'integer' },
  region: text('Region that took over'),
  outcome: text('How it ended'),
  startedAt: time('When its Job started'),
  finishedAt: time('When its Job ended'),
};

/** `PrimaryRegion` as the registry lists it. */
export const primaryRegionKind: Kind<PrimaryRegion> = {
  kind: 'PrimaryRegion',
  plural: 'primaryregions',
  columns: [
    { name: 'REGION', type: 'string', jsonPath: '.status.primary' },
    { name: 'EPOCH', type: 'integer', jsonPath: '.status.epoch' },
    { name: 'PHASE', type: 'string', jsonPath: '.status.phase' },
    { name: 'PEER-READY', type: 'boolean', jsonPath: '.status.peerReady' },
    { name: 'LAST-FLIP', type: 'date', jsonPath: '.status.finishedAt' },
    { name: 'TOOK', type: 'string', jsonPath: '.status.took' },
  ],
  status: {
    phase: { type: 'string', enum: [...PHASES], description: 'Where the flip stands, seen from this region' },
    primary: text('Region that the flip with the highest epoch names'),
    epoch: { type: 'integer', description: 'Epoch of that flip' },
    source: text('Where that flip stands: spec or override'),
    steps: list('Steps of its promotion, in this region', step),
    startedAt: time('When its promotion started'),
    finishedAt: time('When its promotion ended'),
    took: text('How long its promotion took'),
    lagAtFlip: text('How far the followers were behind when it started'),
    peerReady: { type: 'boolean', description: 'The region that does not write could take over now' },
    stores: list('Stores with a single writer, as the beacon last saw them', store),
    reasons: { type: 'array', items: { type: 'string' }, description: 'Why the flip is where it is' },
    dryRun: {
      type: 'object',
      description: 'The last dry run in this region',
      properties: {
        run: { type: 'integer' },
        outcome: text('Checked, or why a flip would not happen'),
        reasons: { type: 'array', items: { type: 'string' } },
        startedAt: time('When its Job started'),
        finishedAt: time('When its Job ended'),
      },
    },
    watch: {
      type: 'object',
      description: 'What the automatic trigger of this region last decided',
      properties: {
        at: time('When'),
        why: text('Why it flipped, or did not'),
        evidence: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
    history: list('Results of the last epochs in this region', past),
  },
  rules: regionRules,
  compose,
  // Jobs and ConfigMaps only: no provider has a part in a flip.
  activates: [],
  example: () => ({}),
};

/** What the API server of an estate's cluster admits besides the schema: a flip to one of its two regions. */
function regionRules({ home, peer }: Placement): CelRule[] {
  const regions = [home.region, ...(peer ? [peer.region] : [])];
  const known = `[${regions.map((region) => `'${region}'`).join(', ')}]`;
  const message = `not a region of the estate, expected ${regions.join(' or ')}`;
  return [
    { rule: `self.spec.region in ${known}`, message: `spec.region: ${message}` },
    ...['override', 'dryRun'].map((part) => ({
      rule: `!has(self.spec.${part}) || self.spec.${part}.region in ${known}`,
      message: `spec.${part}.region: ${message}`,
    })),
  ];
}
