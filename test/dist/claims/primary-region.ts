import type { Change, Changes } from './change';

const HOME = 'us-east-1';
const PEER = 'eu-west-1';
const AWAY = 'ap-south-1';
const told = { reason: 'Git is down' };
const over = (flip: object) => ({ override: { ...told, ...flip } });
const loss = 'mode Unplanned may lose the last commits: set acceptDataLoss: true';
const raised = 'a change of region needs a higher epoch';
const strange = `not a region of the estate, expected ${HOME} or ${PEER}`;

const flips: Record<string, Change> = {
  'at birth': { reason: 'home, epoch 0' },
  'a flip': { reason: 'another region, the next epoch', from: {}, to: { region: PEER, epoch: 1 } },
  'a failback': { reason: 'home, the next epoch', from: { region: PEER, epoch: 1 }, to: { epoch: 2 } },
  'the same epoch': {
    reason: 'a stale commit must not move the writers',
    from: {},
    to: { region: PEER },
    refused: `spec: ${raised}`,
  },
  'a higher epoch, the same region': { reason: 'a promotion that is asked again', from: {}, to: { epoch: 1 } },
  'a lower epoch': {
    reason: 'the counter only rises',
    from: { epoch: 2 },
    to: { epoch: 1 },
    refused: 'spec: epoch cannot go down',
  },
  'unplanned, data loss accepted': {
    reason: 'said twice',
    from: {},
    to: { region: PEER, epoch: 1, mode: 'Unplanned', acceptDataLoss: true },
  },
  'unplanned, nothing accepted': {
    reason: 'somebody has to say so',
    from: {},
    to: { region: PEER, epoch: 1, mode: 'Unplanned' },
    refused: `spec: ${loss}`,
  },
  'a third region': { reason: 'nothing of the estate stands there', to: { region: AWAY }, refused: `spec.region: ${strange}` },
};

const overrides: Record<string, Change> = {
  'an override': { reason: 'while Git is down', from: {}, to: over({ region: PEER, epoch: 1 }) },
  'an override back': {
    reason: 'the next epoch',
    from: over({ region: PEER, epoch: 1 }),
    to: over({ region: HOME, epoch: 2 }),
  },
  'an override taken out': {
    reason: 'Git has caught up',
    from: over({ region: PEER, epoch: 1 }),
    to: { region: PEER, epoch: 1 },
  },
  'an override that moves without an epoch': {
    reason: 'as with spec',
    from: over({ region: PEER, epoch: 1 }),
    to: over({ region: HOME, epoch: 1 }),
    refused: `spec.override: ${raised}`,
  },
  'an override with a lower epoch': {
    reason: 'as with spec',
    from: over({ region: PEER, epoch: 2 }),
    to: over({ region: PEER, epoch: 1 }),
    refused: 'spec.override: epoch cannot go down',
  },
  'an unplanned override, data loss accepted': {
    reason: 'said twice',
    from: {},
    to: over({ region: PEER, epoch: 1, mode: 'Unplanned', acceptDataLoss: true }),
  },
  'an unplanned override, nothing accepted': {
    reason: 'somebody has to say so',
    from: {},
    to: over({ region: PEER, epoch: 1, mode: 'Unplanned' }),
    refused: `spec.override: ${loss}`,
  },
  'an override to a third region': {
    reason: 'nothing of the estate stands there',
    from: {},
    to: over({ region: AWAY, epoch: 1 }),
    refused: `spec.override.region: ${strange}`,
  },
};

const dryRuns: Record<string, Change> = {
  'a dry run': { reason: 'changes nothing', from: {}, to: { dryRun: { region: PEER, run: 1 } } },
  'a dry run in a third region': {
    reason: 'nothing of the estate stands there',
    from: {},
    to: { dryRun: { region: AWAY, run: 1 } },
    refused: `spec.dryRun.region: ${strange}`,
  },
};

export const primaryRegion: Changes = {
  kind: 'PrimaryRegion',
  plain: { region: HOME, epoch: 0 },
  changes: { ...flips, ...overrides, ...dryRuns },
};
