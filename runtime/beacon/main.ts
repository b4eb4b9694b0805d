/** The beacon: asks AWS every two seconds and answers health checkers. */
import { flipPlanSchema } from '../../spec/flip';
import { clientsOf } from '../aws/clients';
import { storesOf } from '../aws/stores';
import { clusterClient } from '../kubernetes/cluster';
import { type Answer, type BeaconPorts, observe, SILENT } from './observe';
import { beaconServer } from './server';

const ASK_EVERY_MS = 2_000;
/** What the cluster's ConfigMap hears of an answer that did not change. */
const TELL_EVERY_MS = 15_000;

const plan = flipPlanSchema.parse(JSON.parse(process.env['FLIPSIDE_PLAN'] ?? ''));
const otherBeacon = process.env['FLIPSIDE_OTHER_BEACON'] ?? '';
const cluster = clusterClient(plan.estate);
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const ports: BeaconPorts = {
  stores: storesOf(clientsOf(), plan.account, Date.now),
  cluster,
  other: async () => {
    const response = await fetch(new URL('/status', otherBeacon), { signal: AbortSignal.timeout(2_000) });
    const { claimed } = (await response.json()) as Answer;
    if (!claimed) throw new Error('Cannot use the other beacon: it has no claim yet');
    return claimed;
  },
  now: Date.now,
  sleep,
};

async function run(): Promise<void> {
  let answer = SILENT;
  let told = { text: '', at: 0 };
  const server = beaconServer(() => answer).listen(Number(process.env['PORT'] ?? 8080));
  process.once('SIGTERM', () => server.close(() => process.exit(0)));
  for (;;) {
    answer = await observe(plan, answer, ports);
    told = await tell(answer, told);
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
