/** Parameter groups say the same in both regions. */
import type { Check } from '../check';
import { type Located, claimKey, composedOf, listAt, matched, pairsOf, spot, textAt, wanted } from './_read';

const GROUPS = [
  'rds/ClusterParameterGroup',
  'rds/ParameterGroup',
  'elasticache/ParameterGroup',
  'dax/ParameterGroup',
] as const;

/** Is meant to differ, and has a check of its own. */
const OWN_CHECK = 'rds.global_db_rpo';

/** A promoted region behaves as the one it replaces. */
export const equalParameters: Check = {
  id: 'equal-parameters',
  title: 'Parameter groups are equal in both regions',
  severity: 'error',
  reference: 'C-27, S4-03; failure "DB parity"',
  run: (estate, report) =>
    pairsOf(estate).flatMap(({ home, peer }) =>
      matched(composedOf([home], ...GROUPS), composedOf([peer], ...GROUPS), claimKey).flatMap(
        ({ home: one, peer: other }) =>
          other ? differences(one, other).map((difference) => report(difference)) : [],
      ),
    ),
};

function differences(one: Located, other: Located) {
  const [mine, theirs] = [parametersOf(one), parametersOf(other)];
  return [...new Set([...mine.keys(), ...theirs.keys()])]
    .filter((name) => mine.get(name) !== theirs.get(name))
    .map((name) => ({
      message: `${name} is ${mine.get(name) ?? 'not set'} in ${one.cluster.region} and ${theirs.get(name) ?? 'not set'} in ${other.cluster.region}, expected the same`,
      path: spot(other, 'spec.forProvider.parameter'),
      remedy: 'Set it under spec.parameters of the claim; both regions follow it',
    }));
}

function parametersOf(group: Located): ReadonlyMap<string, string> {
  const list = [...listAt(wanted(group), 'parameter'), ...listAt(wanted(group), 'parameters')];
  return new Map([
    ['family', textAt(wanted(group), 'family')],
    ...list
      .filter((one) => textAt(one, 'name') !== OWN_CHECK)
      .map((one) => [textAt(one, 'name'), textAt(one, 'value')] as const),
  ]);
}
