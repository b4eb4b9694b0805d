/** The Job's program: one promotion of one epoch, told by its environment. Ends with 1 when it should be tried again. */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import { flipPlanSchema } from '../../spec/flip';
import { clientsOf } from '../aws/clients';
import { accountOf, storesOf } from '../aws/stores';
import { clusterClient } from '../kubernetes/cluster';
import { label } from './fence';
import type { Ports, Progress } from './ports';
import type { Flip } from './flip';
import { mayEnd, promote } from './promote';

const plan = flipPlanSchema.parse(JSON.parse(variable('FLIPSIDE_PLAN')));
const flip: Flip = {
  epoch: Number(variable('FLIPSIDE_EPOCH')),
  mode: variable('FLIPSIDE_MODE') === 'Unplanned' ? 'Unplanned' : 'Planned',
  dryRun: variable('FLIPSIDE_DRY_RUN') === 'true',
};

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Cannot start: ${name} is not set, expected it from the Job`);
  return value;
}

function realPorts(): Ports {
  const clients = clientsOf();
  const cluster = clusterClient(plan.estate);
  const key = flip.dryRun ? KEYS.dryRun(variable('FLIPSIDE_NAME')) : KEYS.epoch(flip.epoch);
  return {
    stores: storesOf(clients, plan.account, Date.now),
    cluster: {
      ...cluster,
      record: async (progress) => {
        log(progress);
        await cluster.write({ [key]: JSON.stringify(progress) });
      },
    },
    account: () => accountOf(clients(plan.region)),
    now: Date.now,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
    unseen: (store) => console.log(JSON.stringify({ store: label(store), unseen: plan.other })),
  };
}

const log = (progress: Progress) => console.log(JSON.stringify(progress));

void promote(plan, flip, realPorts()).then((ending) => {
  process.exit(mayEnd(ending) ? 0 : 1);
});
