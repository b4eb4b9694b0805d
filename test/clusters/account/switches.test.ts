/** With every switch on, the stacks still have no finding of cdk-nag, and every switch renders something. */
import { type EstateModel, modelOf } from '../../../model/estate';
import type { Estate } from '../../../spec/estate';
import { findingsOf } from '../_nag';
import { rendered } from '../_rendered';
import { estateOf, inputOf } from '../_templates';

const modelWith = (guardrails: Partial<Estate['guardrails']>): EstateModel => {
  const input = inputOf('global-tables');
  const { estate } = input;
  return modelOf({ ...input, estate: { ...estate, guardrails: { ...estate.guardrails, ...guardrails } } });
};

const ALL_ON = { shield: true, regionSwitch: true, restoreTests: true, vaultLock: 'compliance' } as const;

test('no finding with every switch on', () => {
  expect(findingsOf(modelWith(ALL_ON))).toBe('');
});

const SWITCHES: [Partial<Estate['guardrails']>, string][] = [
  [{ shield: true }, 'a protection'],
  [{ regionSwitch: true }, 'a plan and its functions'],
  [{ vaultLock: 'compliance' }, 'another lock'],
  [{ restoreTests: false }, 'no test of restores'],
  [{ remediation: [] }, 'repairs that are off'],
  [{ standards: [] }, 'a standard less'],
];

test.each(SWITCHES)('%j renders %s', (guardrails) => {
  const before = JSON.stringify([...estateOf('global-tables').templates]);
  expect(JSON.stringify([...rendered(modelWith(guardrails))])).not.toBe(before);
});
