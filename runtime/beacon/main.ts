/** The beacon: asks AWS every two seconds and answers health checkers. */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import { flipPlanSchema } from '../../spec/flip';
import { clientsOf } from '../aws/clients';
import { storesOf } from '../aws/stores';
import { clusterClient } from '../kubernetes/cluster';
import { type BeaconPorts, observe, SILENT } from './observe';
import { newsIn } from './news';
import { otherBeacon } from './other';
import { beaconServer } from './server';

const ASK_EVERY_MS = 2_000;
/** What the cluster's ConfigMap hears of an answer that did not change. */
const TELL_EVERY_MS = 15_000;
/** How often the plan of the flip is read again. */
const LEARN_EVERY_MS = 15_000;

const born = flipPlanSchema.parse(JSON.parse(process.env['FLIPSIDE_PLAN'] ?? ''));
const cluster = clusterClient(born.estate);
const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const ports: BeaconPorts = {
  stores: storesOf(clientsOf(), born.account, Date.now),
  cluster,
  other: otherBeacon(process.env['FLIPSIDE_OTHER_BEACON'] ?? ''),
  now: Date.now,
  sleep,
};

let plan = born;
let answer = SILENT;

/** Asks AWS. Nothing else may hold this up: traffic follows it. */
async function look(): Promise<void> {
  answer = await observe(plan, answer, ports);
}

/** A store added since the start must count too; what cannot be read leaves the plan as it was. */
async function learn(): Promise<void> {
  plan = await cluster.plan().catch(() => plan);
}

let told = { news: '', at: 0 };

/** The status of the claim reads this. */
async function tell(): Promise<void> {
  const latest = answer;
  const news = newsIn(latest);
  if (latest.at === 0 || (news === told.news && latest.at - told.at < TELL_EVERY_MS)) return;
  await cluster.write({ [KEYS.beacon]: JSON.stringify(latest) }).then(
    () => {
      told = { news, at: latest.at };
    },
    // Tried again soon.
    () => undefined,
  );
}

async function repeat(milliseconds: number, action: () => Promise<void>): Promise<void> {
  for (;;) {
    await action();
    await sleep(milliseconds);
  }
}

const server = beaconServer(() => answer).listen(Number(process.env['PORT'] ?? 8080), process.env['HOST']);
process.once('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});

void repeat(ASK_EVERY_MS, look);
void repeat(ASK_EVERY_MS, tell);
void repeat(LEARN_EVERY_MS, learn);
