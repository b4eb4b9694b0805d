/** Who is signed in: asked before anything else is, so that no other account's answers are taken for this one's. */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { EXIT, UserError } from '../answer';
import { cloudClients } from './clients';

/** What has to be asked in which account. */
export interface Asked {
  /** What for, for example `the facts of "prod-us-east-1"`. */
  readonly what: string;
  readonly account: string;
  readonly region: string;
}

/** Returns when the caller is in the account. Throws a UserError when AWS does not say, or says another one. */
export async function assertAccount({ what, account, region }: Asked): Promise<void> {
  const signedIn = await callerAccount(account, region);
  if (signedIn === account) return;
  throw new UserError(
    `Cannot read ${what}: signed in to account ${signedIn}, expected ${account}, as estate.yaml says; nothing was written`,
  );
}

async function callerAccount(account: string, region: string): Promise<string> {
  try {
    const { Account } = await cloudClients(region).sts.send(new GetCallerIdentityCommand({}));
    return Account ?? 'unknown';
  } catch (error) {
    throw new UserError(
      `Cannot ask AWS who is signed in: ${saidBy(error)}, expected credentials for account ${account}`,
      EXIT.undecided,
    );
  }
}

/** What an error of the SDK says, in one line. */
export function saidBy(error: unknown): string {
  const { name, message } = error as Error;
  return [name, message.split('\n')[0]].filter(Boolean).join(': ');
}
