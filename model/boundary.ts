/** The permissions boundary: what no role of an estate's pods can ever do, whatever its own policy says. */
import { nameFor } from './names';

interface Where {
  readonly estate: string;
  readonly environment: string;
  readonly account: string;
}

/** Name of the managed policy; it exists once for both regions, as IAM belongs to the account. */
export const boundaryName = ({ estate, environment }: Pick<Where, 'estate' | 'environment'>): string =>
  nameFor('iam', [environment, estate, 'boundary']);

/** ARN of the managed policy. */
export const boundaryArn = ({ account, ...where }: Where): string =>
  `arn:aws:iam::${account}:policy/${boundaryName(where)}`;
