/** STS and CloudFormation as they answer on the wire, with recorded shapes and made-up values, for the real SDK. */
import { execFile } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type EstateModel, modelOf } from '../../model/estate';
import { factOutputs } from '../../model/outputs';
import { stackName } from '../../scripts/aws/stacks';
import { loadEstate } from '../../spec/load';
import { type Run, root } from '../helpers/cli';
import { estateFiles } from '../helpers/estate';

/** A stack as a test sets it. */
export interface FakeStack {
  status: string;
  outputs: Record<string, string>;
}

/** The cloud of a test. */
export interface FakeCloud {
  account: string;
  /** By `<region>/<name>`. */
  stacks: Record<string, FakeStack>;
  readonly env: Record<string, string>;
  readonly close: () => void;
}

/** An emulated caller; nothing checks the signature. */
export const credentials = (account: string) => ({
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Answers on a free port of this machine until it is closed. */
export async function fakeCloud(): Promise<FakeCloud> {
  const server = createServer(async (request, response) => {
    const asked = new URLSearchParams(await bodyOf(request));
    const [, region = ''] =
      /Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const [code, body] = answerTo(cloud, asked, region);
    response.writeHead(code, { 'content-type': 'text/xml' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cloud: FakeCloud = {
    account: '111111111111',
    stacks: {},
    env: { ...credentials('111111111111'), AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return cloud;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

function answerTo(cloud: FakeCloud, asked: URLSearchParams, region: string): [number, string] {
  if (asked.get('Action') === 'GetCallerIdentity') {
    const arn = `arn:aws:iam::${cloud.account}:user/test`;
    return [
      200,
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${cloud.account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    ];
  }
  const name = asked.get('StackName') ?? '';
  const stack = cloud.stacks[`${region}/${name}`];
  if (!stack) {
    return [
      400,
      `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`,
    ];
  }
  const outputs = Object.entries(stack.outputs)
    .map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    )
    .join('');
  return [
    200,
    `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>${name}</StackName><CreationTime>2026-11-21T00:00:00Z</CreationTime><StackStatus>${stack.status}</StackStatus><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  ];
}

/** The estate of the tests, `shop`. */
export function shopModel(): EstateModel {
  const loaded = loadEstate('shop', estateFiles());
  if ('problems' in loaded) throw new Error('Cannot load the estate of the tests');
  return modelOf(loaded.input);
}

/** Every stack of `shop` as it would answer, were its committed facts the truth. */
export function deployedShop(): Record<string, FakeStack> {
  const model = shopModel();
  const stacks: Record<string, FakeStack> = {};
  for (const cluster of model.clusters) {
    const bytes = estateFiles().get(`estates/shop/facts/${cluster.name}.yaml`);
    const facts = parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    for (const row of factOutputs(model, cluster)) {
      const region = model.clusters.find(({ name }) => name === row.cluster)?.region;
      const value = row.fact.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], facts);
      const stack = (stacks[`${region}/${stackName('shop', row)}`] ??= {
        status: 'CREATE_COMPLETE',
        outputs: {},
      });
      stack.outputs[row.output] = [value].flat().join(',');
    }
  }
  return stacks;
}

/** Runs `flipside <args>` while this process goes on answering. */
export const flipsideBeside = (args: readonly string[], env: Record<string, string>): Promise<Run> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(root, 'bin', 'flipside.js'), ...args],
      { cwd: root, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env } },
      (_error, out, err) => resolve({ code: child.exitCode, out, err }),
    );
  });
