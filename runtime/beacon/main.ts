/** The beacon: asks AWS every two seconds and answers health checkers. */
import { flipPlanSchema } from '../../spec/flip';
import { clientsOf } from '../aws/clients';
import { storesOf } from '../aws/stores';
import { clusterClient } from '../kubernetes/cluster';
import { type Answer, type BeaconPorts, type Claimed, observe, SILENT } from './observe';
import { beaconServer } from './server';
import { SHARED_PATH, sharedFrom } from './shared';

const ASK_EVERY_MS = 2_000;
/** What the cluster's ConfigMap hears of an answer that did not change. */
const TELL_EVERY_MS = 15_000;
const OTHER_MS = 2_000;

const born = flipPlanSchema.parse(JSON.parse(process.env['FLIPSIDE_PLAN'] ?? ''));
const otherBeacon = process.env['FLIPSIDE_OTHER_BEACON'] ?? '';
const cluster = clusterClient(born.estate);
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const ports: BeaconPorts = {
  stores: storesOf(clientsOf(), born.account, Date.now),
  cluster,
  other: askOther,
  now: Date.now,
  sleep,
};

async function askOther(): Promise<Claimed> {
  const response = await fetch(new URL(SHARED_PATH, otherBeacon), { signal: AbortSignal.timeout(OTHER_MS) });
  const { claimed } = sharedFrom(await response.text());
  if (!claimed) throw new Error('Cannot use the other beacon: it has no claim yet');
  return claimed;
}

async function run(): Promise<void> {
  let plan = born;
  let answer = SILENT;
  let told = { text: '', at: 0 };
  const server = beaconServer(() => answer).listen(Number(process.env['PORT'] ?? 8080));
  process.once('SIGTERM', () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
  for (;;) {
    answer = await observe(plan, answer, ports);
    const before = told;
    told = await tell(answer, told);
    // A store added since the start must count too; what cannot be read leaves the plan as it was.
    if (told !== before) plan = await cluster.plan().catch(() => plan);
    await sleep(ASK_EVERY_MS);
  }
}

/** The status of the claim reads this; a cluster that cannot be written to must not silence the beacon. */
async function tell(
  answer: Answer,
  told: { text: string; at: number },
): Promise<{ text: string; at: number }> {
  const text = JSON.stringify({
    ...answer,
    at: 0,
    stores: answer.stores.map((store) => ({ ...store, at: 0 })),
  });
  if (text === told.text && answer.at - told.at < TELL_EVERY_MS) return told;
  const written = await cluster.write({ 'beacon.json': JSON.stringify(answer) }).then(
    () => true,
    () => false,
  );
  return written ? { text, at: answer.at } : told;
}

void run();
