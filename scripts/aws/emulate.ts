/**
 * The stacks on the AWS emulator of the lab: what of the templates it takes. It proves that a template is taken, that
 * references resolve and that outputs come out; it checks few properties, and its times are never AWS's.
 */
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';

/** A template, as far as it is read here. */
export interface EmulatedTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
}

/** How a stack fared. */
export interface Emulated {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What was made, by logical id. */
  readonly made: readonly string[];
  /** Types that the emulator does not know, sorted. */
  readonly unknown: readonly string[];
  /** Resources that refer to one of an unknown type, sorted. */
  readonly dependent: readonly string[];
  /** What failed, with the emulator's words. */
  readonly failures: readonly string[];
}

/** Where it runs, and as whom. */
export interface Emulator {
  readonly url: string;
  readonly region: string;
  /** Twelve digits; ministack takes the access key for the account. */
  readonly account: string;
}

/** How long a stack may take, in milliseconds. */
const STACK_MS = 120_000;

/** Deploys what the emulator knows of a template. Parameters get the given values. */
export async function emulate(
  emulator: Emulator,
  name: string,
  template: EmulatedTemplate,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Emulated> {
  const credentials = { accessKeyId: emulator.account, secretAccessKey: 'emulated' };
  const client = new CloudFormationClient({ region: emulator.region, endpoint: emulator.url, credentials });
  const first = await create(client, emulator, name, template, parameters);
  const unknown = first === undefined ? [] : unrecognized(first);
  if (first !== undefined && unknown.length === 0) throw new Error(first);
  const known = unknown.length > 0 ? without(template, new Set(unknown)) : template;
  const rest = { unknown, dependent: dependentIn(template, known, unknown) };
  if (unknown.length > 0) {
    if (Object.keys(known.Resources).length === 0)
      return { status: 'NOTHING_KNOWN', outputs: {}, made: [], failures: [], ...rest };
    const second = await create(client, emulator, name, known, parameters);
    if (second !== undefined) throw new Error(second);
  }
  return { ...(await settled(client, name)), made: Object.keys(known.Resources), ...rest };
}

/** What the emulator says against the template, or undefined. */
async function create(
  client: CloudFormationClient,
  { url, region }: Emulator,
  name: string,
  template: EmulatedTemplate,
  parameters: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  try {
    await client.send(
      new CreateStackCommand({
        StackName: name,
        TemplateURL: await stored(`${url}/templates-${region}`, name, template),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: Object.keys(template.Parameters ?? {}).map((key) => ({
          ParameterKey: key,
          ParameterValue: parameters[key] ?? 'not-known',
        })),
      }),
    );
    return undefined;
  } catch (error) {
    return `${name}: ${(error as Error).message}`;
  }
}

/** Longer templates than 51,200 bytes are read from a bucket, as CDK has it too. */
async function stored(bucket: string, name: string, template: EmulatedTemplate): Promise<string> {
  const address = `${bucket}/${name}.json`;
  await fetch(bucket, { method: 'PUT' });
  const put = await fetch(address, { method: 'PUT', body: JSON.stringify(template) });
  if (!put.ok) throw new Error(`Cannot store "${address}": ${put.status}, expected 200`);
  return address;
}

/** `Unrecognized resource types: [A, B]` */
const unrecognized = (message: string): string[] =>
  (/Unrecognized resource types: \[(.*?)\]/.exec(message)?.[1] ?? '').split(', ').filter(Boolean).toSorted();

/** Leaves out the types, and whatever refers to what is left out. */
function without(template: EmulatedTemplate, types: ReadonlySet<string>): EmulatedTemplate {
  const gone = new Set(
    Object.entries(template.Resources).flatMap(([id, { Type }]) => (types.has(Type) ? [id] : [])),
  );
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const [id, resource] of Object.entries(template.Resources)) if (refersTo(resource, gone)) gone.add(id);
  }
  const kept = <T>(part: Readonly<Record<string, T>> = {}) =>
    Object.fromEntries(Object.entries(part).filter(([id, value]) => !gone.has(id) && !refersTo(value, gone)));
  return { ...template, Resources: kept(template.Resources), Outputs: kept(template.Outputs) };
}

/** Through Ref, Fn::GetAtt, Fn::Sub or DependsOn. */
function refersTo(value: unknown, ids: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.some((one) => refersTo(one, ids));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, one]) => isReference(key, one, ids) || refersTo(one, ids));
}

function isReference(key: string, value: unknown, ids: ReadonlySet<string>): boolean {
  const [head] = [value].flat();
  if (typeof head !== 'string') return false;
  if (key === 'Ref' || key === 'Fn::GetAtt') return ids.has(head.split('.')[0] ?? '');
  if (key === 'DependsOn') return [value].flat().some((one) => ids.has(String(one)));
  if (key !== 'Fn::Sub') return false;
  return [...head.matchAll(/\$\{([\w]+)/g)].some(([, id = '']) => ids.has(id));
}

function dependentIn(all: EmulatedTemplate, known: EmulatedTemplate, unknown: readonly string[]): string[] {
  return Object.entries(all.Resources)
    .filter(([id, { Type }]) => !(id in known.Resources) && !unknown.includes(Type))
    .map(([id, { Type }]) => `${Type} ${id}`)
    .toSorted();
}

async function settled(client: CloudFormationClient, name: string) {
  const deadline = Date.now() + STACK_MS;
  while (Date.now() < deadline) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [{ StackStatus = '', Outputs = [] } = {}] = Stacks;
    if (StackStatus.endsWith('_COMPLETE') || StackStatus.endsWith('_FAILED')) {
      const outputs = Object.fromEntries(
        Outputs.map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
      );
      return { status: StackStatus, outputs, failures: await failuresOf(client, name) };
    }
    await sleep(100);
  }
  throw new Error(`Cannot deploy "${name}": still in progress after ${STACK_MS / 1000} s, expected it to settle`);
}

async function failuresOf(client: CloudFormationClient, name: string): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(
    ({ LogicalResourceId, ResourceType, ResourceStatusReason }) =>
      `${ResourceType} ${LogicalResourceId}: ${ResourceStatusReason}`,
  );
}
