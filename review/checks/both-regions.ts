/** Production is rendered for both regions, with the same applications and claims. */
import type { Check } from '../check';
import { pairsOf, prodOf } from './_read';

/** What is missing in one region cannot take over, nor be taken over. */
export const bothRegions: Check = {
  id: 'both-regions',
  title: 'Both regions hold the same applications and claims',
  severity: 'error',
  reference: 'C-01, C-27, S4-03',
  run: (estate, report) => {
    const root = `dist/${estate.input.estate.name}`;
    const remedy = 'Run `flipside synth`';
    const [pair] = pairsOf(estate);
    if (!pair) {
      const names = prodOf(estate)
        .map(({ name }) => name)
        .join(', ');
      const message = `Production is rendered for ${names || 'no region'}, expected both regions`;
      return [report({ message, path: root, remedy })];
    }
    const both = [pair, { home: pair.peer, peer: pair.home }];
    return both.flatMap(({ home: one, peer: other }) => {
      const missing = partsOf(one).filter((part) => !partsOf(other).includes(part));
      return missing.map((part) =>
        report({
          message: `${part} is rendered for ${one.name} and not for ${other.name}`,
          path: `${root}/kubernetes/${other.name}`,
          remedy,
        }),
      );
    });
  },
};

const partsOf = ({ applications, claims }: ReturnType<typeof prodOf>[number]): string[] => [
  ...[...applications.keys()].map((name) => `Application ${name}`),
  ...claims.map(({ team, claim }) => `Claim ${team}/${claim}`),
];
