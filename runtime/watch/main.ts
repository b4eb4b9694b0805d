/** The trigger: looks every five seconds, and flips by `spec.override` when the other region is dead. */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import { flipPlanSchema } from '../../spec/flip';
import { clientsOf } from '../aws/clients';
import { accountOf, storesOf } from '../aws/stores';
import { SHARED_PATH } from '../beacon/shared';
import { clusterClient } from '../kubernetes/cluster';
import { BLANK, type Memory } from './decide';
import { type Look, look, type LookPorts } from './look';
import { hear } from './witness';

const LOOK_EVERY_MS = 5_000;
/** What the ConfigMap hears of a decision that did not change. */
const TELL_EVERY_MS = 30_000;
const KEY = KEYS.watch;

const born = flipPlanSchema.parse(JSON.parse(variable('FLIPSIDE_PLAN')));
const cluster = clusterClient(born.estate);
const clients = clientsOf();
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const ports: LookPorts = {
  stores: storesOf(clients, born.account, Date.now),
  account: () => accountOf(clients(born.region)),
  claim: cluster.claim,
  override: cluster.override,
  tell: cluster.tell,
  ownEntry: () => hear(variable('FLIPSIDE_OWN_ENTRY')),
  otherEntry: () => hear(variable('FLIPSIDE_OTHER_ENTRY')),
  otherBeacon: () => hear(new URL(SHARED_PATH, variable('FLIPSIDE_OTHER_BEACON'))),
  now: Date.now,
  sleep,
};

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`Cannot start: ${name} is not set, expected it from the Deployment`);
  return value;
}

/** The cool-down must outlive a restart: what the last watch remembered is read back before the first look. */
async function remembered(): Promise<Memory> {
  for (;;) {
    try {
      const { flippedAt } = (JSON.parse((await cluster.read(KEY)) ?? '{}') as Partial<Look>).memory ?? BLANK;
      return { ...BLANK, flippedAt: typeof flippedAt === 'number' ? flippedAt : undefined };
    } catch (error) {
      if (error instanceof SyntaxError) return BLANK;
      await sleep(LOOK_EVERY_MS);
    }
  }
}

async function run(): Promise<void> {
  let memory = await remembered();
  let told = { why: '', at: 0 };
  let plan = born;
  for (;;) {
    const seen = await look(plan, memory, ports);
    memory = seen.memory;
    told = await tell(seen, told);
    plan = await cluster.plan().catch(() => plan);
    await sleep(LOOK_EVERY_MS);
  }
}

async function tell(seen: Look, told: { why: string; at: number }): Promise<{ why: string; at: number }> {
  const at = Date.parse(seen.at);
  if (!seen.flipped && kind(seen.why) === told.why && at - told.at < TELL_EVERY_MS) return told;
  console.log(JSON.stringify(seen));
  return cluster.write({ [KEY]: JSON.stringify(seen) }).then(
    () => ({ why: kind(seen.why), at }),
    () => told,
  );
}

/** The sentence without its figures, which change at every look. */
const kind = (why: string) => why.replaceAll(/[\d.]+/g, '#');

process.once('SIGTERM', () => process.exit(0));
void run();
