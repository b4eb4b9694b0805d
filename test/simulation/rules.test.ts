import * as z from 'zod';
import { rulesOf } from '../../simulation/rules';
import { primaryRegionSchema } from '../../spec/claims';

const rules = rulesOf(z.toJSONSchema(primaryRegionSchema, { io: 'input', unrepresentable: 'any' }));
const at = (region: string, epoch: number, more = {}) => ({ region, epoch, mode: 'Planned', ...more });
const lossy = { mode: 'Unplanned', acceptDataLoss: true };

const cases: Record<string, { reason: string; last?: object; next: object; refused?: string }> = {
  'a first claim': { reason: 'rules about changes are skipped', next: at('home', 5) },
  'a flip': { reason: 'region and epoch change together', last: at('home', 0), next: at('peer', 1) },
  'a flip without an epoch': {
    reason: 'two flips could not be told apart',
    last: at('home', 1),
    next: at('peer', 1),
    refused: 'a change of region needs a higher epoch',
  },
  'an older commit': {
    reason: 'a forced push must not flip back',
    last: at('peer', 2),
    next: at('peer', 1),
    refused: 'epoch cannot go down',
  },
  'data loss accepted': { reason: 'said aloud', last: at('home', 0), next: at('peer', 1, lossy) },
  'data loss not accepted': {
    reason: 'an unplanned flip loses the last commits',
    last: at('home', 0),
    next: at('peer', 1, { mode: 'Unplanned', acceptDataLoss: false }),
    refused: 'mode Unplanned may lose the last commits: set acceptDataLoss: true',
  },
  'a first override': {
    reason: 'there was none to compare with',
    last: at('home', 3),
    next: at('home', 3, { override: at('peer', 4) }),
  },
  'an override that moves without an epoch': {
    reason: 'the same rule as for Git',
    last: at('home', 3, { override: at('peer', 4) }),
    next: at('home', 3, { override: at('home', 4) }),
    refused: 'a change of region needs a higher epoch',
  },
};

test.each(Object.entries(cases))('%s', (_, { last, next, refused }) => {
  expect(rules(next, last)).toBe(refused);
});
