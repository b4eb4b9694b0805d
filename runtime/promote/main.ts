/**
 * The Jobs' program: one promotion of one epoch, or, as `release`, its counterpart in the region that was left. Told by
 * its environment. Ends with 1 when it should be tried again.
 */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import { flipPlanSchema } from '../../spec/flip';
import { clientsOf } from '../aws/clients';
import { accountOf, storesOf } from '../aws/stores';
import { otherBeacon } from '../beacon/other';
import { clusterClient } from '../kubernetes/cluster';
import { label } from './fence';
import type { Ports, Progress } from './ports';
import type { Flip } from './flip';
import { mayEnd, promote } from './promote';
import { release } from './release';

const plan = flipPlanSchema.parse(JSON.parse(variable('FLIPSIDE_PLAN')));
const epoch = Number(variable('FLIPSIDE_EPOCH'));
const time = {
  now: Date.now,
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Cannot start: ${name} is not set, expected it from the Job`);
  return value;
}

const say = (line: object) => console.log(JSON.stringify(line));

async function promotion(): Promise<boolean> {
  const flip: Flip = {
    epoch,
    mode: variable('FLIPSIDE_MODE') === 'Unplanned' ? 'Unplanned' : 'Planned',
    dryRun: variable('FLIPSIDE_DRY_RUN') === 'true',
  };
  return mayEnd(await promote(plan, flip, promotionPorts(flip)));
}

function promotionPorts({ dryRun }: Flip): Ports {
  const clients = clientsOf();
  const cluster = clusterClient(plan.estate);
  const key = dryRun ? KEYS.dryRun(variable('FLIPSIDE_NAME')) : KEYS.epoch(epoch);
  return {
    ...time,
    stores: storesOf(clients, plan.account, Date.now),
    cluster: {
      ...cluster,
      record: async (progress: Progress) => {
        say(progress);
        await cluster.write({ [key]: JSON.stringify(progress) });
      },
    },
    account: () => accountOf(clients(plan.region)),
    unseen: (store) => say({ store: label(store), unseen: plan.other }),
  };
}

async function released(): Promise<boolean> {
  const what = { epoch, drain: Number(variable('FLIPSIDE_DRAIN_SECONDS')) };
  const other = otherBeacon(variable('FLIPSIDE_OTHER_BEACON'));
  const outcome = await release(plan, what, { ...time, cluster: clusterClient(plan.estate), other });
  say({ epoch, region: plan.region, outcome });
  return true;
}

const work = process.argv[2] === 'release' ? released : promotion;
void work()
  .catch((error: unknown) => {
    say({ epoch, region: plan.region, failed: String(error) });
    return false;
  })
  .then((done) => {
    process.exit(done ? 0 : 1);
  });
