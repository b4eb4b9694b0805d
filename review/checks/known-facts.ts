/** Facts come from an account and not from the drawing board. */
import type { Check } from '../check';

/** With placeholders everything renders and nothing can be applied. */
export const knownFacts: Check = {
  id: 'known-facts',
  title: 'The facts of every cluster are read from AWS',
  severity: 'warning',
  reference: 'design: facts are what AWS answered at bootstrap',
  run: ({ input }, report) =>
    Object.entries(input.facts)
      .filter(([, { placeholder }]) => placeholder)
      .map(([cluster]) =>
        report({
          message: `The facts of ${cluster} are placeholders: ids in what is rendered do not exist`,
          path: `estates/${input.estate.name}/facts/${cluster}.yaml#placeholder`,
          remedy: 'Deploy the stacks, then run `flipside facts`',
        }),
      ),
};
