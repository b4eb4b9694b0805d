/** The environments of an estate, for verbs that are given the name of one. */
import type { EstateModel } from '../model/estate';
import { EXIT, UserError } from './answer';

/** What is said to a name that the estate has not. */
export function noSuchEnvironment({ clusters, estate }: EstateModel, name: string): UserError {
  const names = [...new Set(clusters.map(({ environment }) => environment))].join(', ');
  return new UserError(
    `Cannot find the environment "${name}" of ${estate.name}: none, expected one of ${names}`,
    EXIT.usage,
  );
}
