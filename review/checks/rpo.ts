import type { Severity } from '../finding';
import { accepts } from '../numbers/_read';
import { rpoOf } from '../numbers/rpo';
import type { Check } from '../check';
import type { RpoLine } from '../assessment';
import { duration } from './_words';

/** Kinds that no setting makes faster, and the requirement under which an estate lists them as exceptions. */
const EXCEPTIONS: Readonly<Record<string, string>> = { Bucket: 'X-12' };

const loss = ({ bound, mechanism }: RpoLine) =>
  bound === undefined
    ? `everything or an unknown part may be lost: ${mechanism}`
    : `${duration(bound)}: ${mechanism}`;

/** What may be lost of each store. What users lose with a cache is the question of `regional-login-state`. */
export const rpo: Check = {
  id: 'rpo',
  title: 'No store loses more than the objective when its region is lost',
  severity: 'error',
  reference: 'S0-04, S3-05, S4-89, C-09, X-10, X-12',
  run: (estate, report) => {
    const { objective = 0, lines } = rpoOf(estate);
    const { name } = estate.input.estate;
    return lines
      .filter(({ kind, meets }) => !meets && kind !== 'Cache')
      .map((line) => {
        const id = EXCEPTIONS[line.kind];
        const listed = id !== undefined && accepts(estate, id);
        const severity: Severity = listed ? 'info' : 'error';
        return report({
          severity,
          message: `Cannot keep the loss of ${line.kind} ${line.store} within ${duration(objective)}: ${loss(line)}`,
          path: `estates/${name}/claims/${line.store}.yaml`,
          remedy: listed
            ? `Listed as ${id} in assumptions`
            : `${REMEDIES[line.kind] ?? 'Replicate it to the other region'}${id ? `, or list ${id} in assumptions of estates/${name}/estate.yaml` : ''}`,
        });
      });
  },
};

const REMEDIES: Readonly<Record<string, string>> = {
  Bucket: 'Keep what must not be lost in a Table or a PostgresDatabase as well',
  Table: 'Give the table a replica in the other region',
  PostgresDatabase: 'Let it join a global cluster in both regions',
};
