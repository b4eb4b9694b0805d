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

/** A resource, as far as it is read here. */
export interface EmulatedResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Alarms over several metrics: the emulator knows the type and refuses these. */
export const METRIC_MATH = 'AWS::CloudWatch::Alarm with metric math';

/** A template, as far as it is read here. */
export interface EmulatedTemplate {
  readonly Resources: Readonly<Record<string, EmulatedResource>>;
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
  const plain = without(template, isMath);
  const refused = await create(client, emulator, name, plain, parameters);
  const types = unrecognized(refused ?? '');
  if (refused !== undefined && types.length === 0) throw new Error(refused);
  const known = without(plain, ({ Type }) => types.includes(Type));
  const told = { ...leftOut(template, known, types), made: Object.keys(known.Resources) };
  if (told.made.length === 0) return { status: 'NOTHING_KNOWN', outputs: {}, failures: [], ...told };
  if (refused !== undefined) {
    const again = await create(client, emulator, name, known, parameters);
    if (again !== undefined) throw new Error(again);
  }
  return { ...(await settled(client, name)), ...told };
}

const ALARM = 'AWS::CloudWatch::Alarm';

const isMath = ({ Type, Properties = {} }: EmulatedResource) => Type === ALARM && 'Metrics' in Properties;

/** What the emulator says against the template, or undefined. */
async function create(
  client: CloudFormationClient,
  emulator: Emulator,
  name: string,
  template: EmulatedTemplate,
  parameters: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  try {
    await client.send(
      new CreateStackCommand({
        StackName: name,
        TemplateURL: await stored(emulator, name, template),
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
async function stored(
  { url, region, account }: Emulator,
  name: string,
  template: EmulatedTemplate,
): Promise<string> {
  const bucket = `${url}/templates-${region}`;
  const address = `${bucket}/${name}.json`;
  // Not signed: the emulator reads no more of it than whose call it is.
  const credential = `Credential=${account}/20261121/${region}/s3/aws4_request`;
  const headers = { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none` };
  await fetch(bucket, { method: 'PUT', headers });
  const put = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(template) });
  if (!put.ok) throw new Error(`Cannot store "${address}": ${put.status}, expected 200`);
  return address;
}

/** `Unrecognized resource types: [A, B]` */
const unrecognized = (message: string): string[] =>
  (/Unrecognized resource types: \[(.*?)\]/.exec(message)?.[1] ?? '').split(', ').filter(Boolean).toSorted();

/** Leaves out resources, and whatever refers to what is left out. */
function without(
  template: EmulatedTemplate,
  isOut: (resource: EmulatedResource) => boolean,
): EmulatedTemplate {
  const gone = new Set(
    Object.entries(template.Resources).flatMap(([id, resource]) => (isOut(resource) ? [id] : [])),
  );
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const [id, resource] of Object.entries(template.Resources))
      if (refersTo(resource, gone)) gone.add(id);
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

function leftOut(all: EmulatedTemplate, known: EmulatedTemplate, types: readonly string[]) {
  const out = Object.entries(all.Resources).filter(([id]) => !(id in known.Resources));
  const math = out.some(([, resource]) => isMath(resource)) ? [METRIC_MATH] : [];
  return {
    unknown: [...types, ...math].toSorted(),
    dependent: out
      .filter(([, resource]) => !types.includes(resource.Type) && !isMath(resource))
      .map(([id, { Type }]) => `${Type} ${id}`)
      .toSorted(),
  };
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
  throw new Error(
    `Cannot deploy "${name}": still in progress after ${STACK_MS / 1000} s, expected it to settle`,
  );
}

async function failuresOf(client: CloudFormationClient, name: string): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(
    ({ LogicalResourceId, ResourceType, ResourceStatusReason }) =>
      `${ResourceType} ${LogicalResourceId}: ${ResourceStatusReason}`,
  );
}
