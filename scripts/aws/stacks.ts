/** What CloudFormation says of a stack. */
import { DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { EXIT, UserError } from '../answer';
import { saidBy } from './account';
import { cloudClients } from './clients';

/** A stack that exists. */
export interface DeployedStack {
  readonly name: string;
  readonly region: string;
  readonly status: string;
  readonly outputs: ReadonlyMap<string, string>;
}

/** Its last change went through, and nothing is under way. */
const SETTLED: readonly string[] = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'];

/** True when the outputs are those of what was asked for last. */
export const isSettled = ({ status }: DeployedStack): boolean => SETTLED.includes(status);

/** The stack, or undefined when there is none. Throws a UserError when AWS does not say. */
export async function deployedStack(region: string, name: string): Promise<DeployedStack | undefined> {
  try {
    const { Stacks = [] } = await cloudClients(region).cloudFormation.send(
      new DescribeStacksCommand({ StackName: name }),
    );
    return Stacks[0] && deployed(Stacks[0], region, name);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new UserError(
      `Cannot ask CloudFormation in ${region} for the stack "${name}": ${saidBy(error)}, expected an answer`,
      EXIT.undecided,
    );
  }
}

/** There is no error class for it. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html (2026-11) */
const isMissing = (error: unknown) =>
  (error as Error).name === 'ValidationError' && /does not exist/.test((error as Error).message);

const deployed = ({ StackStatus, Outputs = [] }: Stack, region: string, name: string): DeployedStack => ({
  name,
  region,
  status: StackStatus ?? 'unknown',
  outputs: new Map(
    Outputs.flatMap(({ OutputKey, OutputValue }): [string, string][] =>
      OutputKey && OutputValue ? [[OutputKey, OutputValue]] : [],
    ),
  ),
});

/** `<estate>-<cluster>-<part>`, as `clusters/stack.ts` names it. */
export const stackName = (
  estate: string,
  { cluster, part }: { readonly cluster: string; readonly part: string },
) => `${estate}-${cluster}-${part}`;
