/** Every store that can be restored has been. */
import type { Check } from '../check';
import type { CheckOptions } from './_ledger';
import { daysBetween } from './_read';

/** Kinds with backups of data that cannot be made again. */
const RESTORED: ReadonlySet<string> = new Set(['PostgresDatabase', 'Table', 'Bucket']);

/** Days between two restores at most: a quarter. */
const LONGEST = 92;

/** A backup that was never restored does not count. */
export const testedRestores = ({ today, ledger }: CheckOptions): Check => ({
  id: 'tested-restores',
  title: 'Every store has been restored within the last quarter',
  severity: 'error',
  reference: 'S3-36, S4-96, C-18',
  run: ({ input }, report) =>
    input.claims
      .filter(({ kind }) => RESTORED.has(kind))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
      .flatMap((store) => {
        const last = ledger?.lastRestores?.[store];
        if (last && daysBetween(last, today) <= LONGEST) return [];
        return [
          report({
            message: last
              ? `${store} was last restored ${daysBetween(last, today)} days ago, expected at most ${LONGEST}`
              : `${store} has never been restored, expected once within ${LONGEST} days`,
            path: `docs/drills.md#${input.estate.name}/${store}`,
            remedy: 'Restore it beside the original, compare, and record the minutes it took',
          }),
        ];
      }),
});
