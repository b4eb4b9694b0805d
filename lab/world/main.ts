/** The world outside both regions, as one process: the emulated AWS, DNS with its health checkers, and PostgreSQL. */
import { createServer, type IncomingMessage } from 'node:http';
import { flipPlanOf } from '../../model/flip';
import { type EstateModel, modelOf } from '../../model/estate';
import type { FlipPlan } from '../../spec/flip';
import { readEstates } from '../../scripts/estates';
import { type Control, controlOf } from '../aws/control';
import { startEmulators } from '../aws/emulators';
import { startGateway } from '../aws/gateway';
import { resolverOf } from '../dns/resolver';
import { startDns } from '../dns/server';
import type { Layout } from '../layout';
import type { GlobalDatabase } from '../postgres/global';
import { clonePath } from '../repository';
import type { WorldState } from './client';
import { createDatabases, type Databases } from './databases';
import { startNames, type WorldNames } from './names';
import { type Writing, writingOf } from './writing';

const layout = JSON.parse(process.env['FLIPSIDE_LAYOUT'] ?? '') as Layout;
/** What followers are behind while nobody says otherwise: the order of what AWS publishes. */
const USUAL_LAG_SECONDS = 0.2;

async function main(): Promise<void> {
  const { model, plan } = estate();
  const databases = await createDatabases(layout.state, plan);
  const names = startNames(layout, model, databases);
  const writing = writingOf(layout, databases, names);
  const { ministack } = await startEmulators(layout.root, layout.state);
  const aws = await startAws(ministack, databases, writing);
  const regions = layout.regions.map(({ name }) => name);
  await startDns({ names: names.now, regions, port: layout.ports.dns });
  await publishLag(aws, plan, USUAL_LAG_SECONDS);
  const setLag = async (seconds: number) => {
    for (const database of databases.values()) database.delay(seconds * 1_000);
    await publishLag(aws, plan, seconds);
  };
  serve({ databases, names, aws, writing, setLag });
}

function estate(): { model: EstateModel; plan: FlipPlan } {
  const [input] = readEstates(clonePath(layout.state), layout.estate);
  const model = input && modelOf(input);
  const [home] = model?.clusters ?? [];
  const plan = model && home && flipPlanOf(model, home);
  if (!plan) throw new Error(`Cannot emulate the world of "${layout.estate}": it has no two regions`);
  return { model, plan };
}

/** The gateway moves an Aurora writer once the real database has been promoted. */
async function startAws(emulator: string, databases: Databases, writing: Writing): Promise<Control> {
  await startGateway({
    emulator,
    regions: layout.regions.map(({ name }) => name),
    port: layout.ports.gateway,
    controlPort: layout.ports.gatewayControl,
    onPromotion: async (globalId, region, mode) => {
      writing.mark();
      const promoted = await databases.get(globalId)?.promote(region, mode);
      promoted?.rejoined.catch((error: unknown) =>
        console.error(`${globalId} in ${region}: ${String(error)}`),
      );
    },
  });
  return controlOf(`http://127.0.0.1:${layout.ports.gatewayControl}`);
}

async function publishLag(control: Control, { account, stores }: FlipPlan, seconds: number): Promise<void> {
  for (const { kind, members } of stores) {
    for (const [region, member] of Object.entries(members)) {
      await control.setLag({ kind, account, region, member, seconds });
    }
  }
}

interface Parts {
  readonly databases: Databases;
  readonly names: WorldNames;
  readonly aws: Control;
  readonly writing: Writing;
  readonly setLag: (seconds: number) => Promise<void>;
}

type Order = { readonly region?: string; readonly milliseconds?: number };

/** What can be asked, by path. */
function handlers({ databases, names, aws, writing, setLag }: Parts) {
  const each = (act: (database: GlobalDatabase) => Promise<void>) =>
    Promise.all([...databases.values()].map(act));
  return {
    '/state': () => stateOf(databases, names),
    '/lose': async ({ region = '' }: Order) => {
      writing.mark();
      await aws.cut(region);
      await each((database) => database.lose(region));
    },
    '/return': async ({ region = '' }: Order) => {
      await each((database) => database.return(region));
      await aws.revive(region);
    },
    '/lag': ({ milliseconds = 0 }: Order) => setLag(milliseconds / 1_000),
    '/writer/start': () => writing.start(),
    '/writer/stop': () => writing.stop(),
  } as const;
}

function serve(parts: Parts): void {
  const known: Readonly<Record<string, (order: Order) => Promise<unknown>>> = handlers(parts);
  const server = createServer((request, response) => {
    const handle = known[request.url ?? ''];
    if (!handle) return void response.writeHead(404).end(`expected one of ${Object.keys(known).join(' ')}`);
    void bodyOf(request)
      .then(handle)
      .then(
        (answer) => response.end(JSON.stringify(answer ?? {})),
        (error: unknown) => response.writeHead(500).end((error as Error).message),
      );
  });
  server.listen(layout.ports.world, '127.0.0.1');
}

async function bodyOf(request: IncomingMessage): Promise<Order> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Order);
}

async function stateOf(databases: Databases, names: WorldNames): Promise<WorldState> {
  const writers = await Promise.all(
    [...databases.values()].map(async (one) => [one.name, await one.writers()] as const),
  );
  const hosts = names.hosts();
  const traffic = await Promise.all(
    layout.regions.map(async ({ name }) => [name, await trafficFrom(name, hosts)] as const),
  );
  return {
    writers: Object.fromEntries(writers),
    traffic: Object.fromEntries(
      hosts.map((host) => [
        host,
        Object.fromEntries(traffic.map(([from, leads]) => [from, leads[host] ?? 'none'])),
      ]),
    ),
    checks: { ...names.checkers.health() },
  };
}

/** Asked anew each time: what a client would be told now, not what one remembers. */
async function trafficFrom(region: string, hosts: readonly string[]): Promise<Record<string, string>> {
  const regions = layout.regions.map(({ name }) => name);
  const resolver = resolverOf({ port: layout.ports.dns, regions, region });
  const found = await Promise.all(
    hosts.map(async (host) => {
      const at = await resolver.locate('https', host).catch(() => undefined);
      return [host, layout.regions.find(({ ports }) => ports.entry === at?.port)?.name ?? 'none'] as const;
    }),
  );
  return Object.fromEntries(found);
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
