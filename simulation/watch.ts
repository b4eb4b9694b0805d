/** The automatic trigger of one region: the real judgement over evidence from the world. */
import { effectiveOf } from '../model/effective';
import { BLANK, type Evidence } from '../runtime/watch/decide';
import type { FlipPlan } from '../spec/flip';
import type { ApiServer } from './api-server';
import type { Aws } from './aws';
import type { Beacon } from './beacon';
import { WATCH_EVERY } from './constants';
import type { Context } from './context';
import { UNIX } from './unix';

/** Replication is stale above this. */
const FRESH_SECONDS = 60;

/** Starts the watch of `api`'s region. */
export function startWatch(context: Context, aws: Aws, api: ApiServer, beacon: Beacon, plan: FlipPlan): void {
  const { clock, conditions, settings, programs } = context;
  let memory = BLANK;
  if (!settings.trigger.automatic) return;
  clock.every(WATCH_EVERY * 1000, () => {
    const claim = api.claim();
    if (!conditions.up(api.region) || !claim) return;
    const watch = {
      region: plan.region,
      home: plan.home,
      hasStores: plan.stores.length > 0,
      trigger: settings.trigger,
    };
    const current = beacon.answer().claimed ?? effectiveOf(claim.spec);
    const decision = programs.decide(watch, memory, evidenceOf(context, aws, plan, current));
    memory = decision.memory;
    const { override } = decision;
    if (!override) return;
    context.log({ what: 'watch', region: api.region, why: decision.why, epoch: override.epoch });
    api.change((spec) => ({ ...(spec ?? claim.spec), override }));
  });
}

function evidenceOf(
  { clock, conditions }: Context,
  aws: Aws,
  { region, other }: FlipPlan,
  current: Evidence['current'],
): Evidence {
  const asked = conditions.awsAnswers(region, region);
  const fresh = aws.stores.every((store) => {
    const own = store.view(region).members.find((member) => member.region === region);
    return (own?.lagSeconds ?? Infinity) < FRESH_SECONDS;
  });
  return {
    at: UNIX + clock.now(),
    entry: conditions.entryAnswers(other),
    beacon: conditions.entryAnswers(other),
    replication: asked ? fresh : undefined,
    self: asked && conditions.apiAnswers(region) && conditions.entryAnswers(region),
    current,
  };
}
