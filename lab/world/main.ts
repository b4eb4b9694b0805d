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
  const databases = plan ? await createDatabases(layout.state, plan) : new Map<string, never>();
  const { ministack } = await startEmulators(layout.root, layout.state);
  const aws = await startAws(ministack, databases);
  const names = startNames(layout, model, databases);
  const regions = layout.regions.map(({ name }) => name);
  await startDns({ names: names.now, regions, port: layout.ports.dns });
  const setLag = async (seconds: number) => {
    for (const database of databases.values()) database.delay(seconds * 1_000);
    if (plan) await publishLag(aws.control, plan, seconds);
  };
  await setLag(USUAL_LAG_SECONDS);
  for (const database of databases.values()) database.delay(0);
  serve({
    databases,
    names,
    aws: aws.control,
    writing: writingOf(layout, databases, names),
    setLag,
    moved: aws.moved,
  });
}

function estate(): { model: EstateModel; plan: FlipPlan | undefined } {
  const [input] = readEstates(clonePath(layout.state), layout.estate);
  if (!input) throw new Error(`Cannot find the estate "${layout.estate}"`);
  const model = modelOf(input);
  const [home] = model.clusters;
  return { model, plan: home && flipPlanOf(model, home) };
}

/** The gateway moves an Aurora writer once the real database has been promoted. */
async function startAws(emulator: string, databases: Databases) {
  let moved: (() => void) | undefined;
  await startGateway({
    emulator,
    regions: layout.regions.map(({ name }) => name),
    port: layout.ports.gateway,
    controlPort: layout.ports.gatewayControl,
    onPromotion: async (globalId, region, mode) => {
      moved?.();
      await databases.get(globalId)?.promote(region, mode);
    },
  });
  return {
    control: controlOf(`http://127.0.0.1:${layout.ports.gatewayControl}`),
    moved: (hear: () => void) => {
      moved = hear;
    },
  };
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
  readonly moved: (hear: () => void) => void;
}

type Order = { readonly region?: string; readonly milliseconds?: number };

/** What can be asked, by path. */
function handlers({ databases, names, aws, writing, setLag }: Parts) {
  const each = (
    act: (database: Databases extends ReadonlyMap<string, infer D> ? D : never) => Promise<void>,
  ) => Promise.all([...databases.values()].map(act));
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
  parts.moved(() => parts.writing.mark());
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
