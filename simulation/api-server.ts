/** A cluster's API server: the regional claim with its CEL rules, the ConfigMap, the Jobs and the services' pods. */
import * as z from 'zod';
import type { Manifest } from '../platform/kind';
import { type PrimaryRegion, primaryRegionSchema, type PrimaryRegionSpec } from '../spec/claims';
import type { Floor } from '../spec/flip';
import { API_CALL } from './constants';
import type { Context } from './context';
import type { Worker } from './event';
import { between } from './random';
import { rulesOf } from './rules';

/** The object as a person, Argo CD or the watch would change it. */
export type SpecChange = (spec: PrimaryRegionSpec | undefined) => PrimaryRegionSpec;

/** The state of one cluster. */
export interface ApiServer {
  readonly region: string;
  readonly answers: () => boolean;
  readonly claim: () => PrimaryRegion | undefined;
  /** Changes the claim; false when the API server is down or its rules refuse. */
  readonly change: (change: SpecChange) => boolean;
  readonly onChange: (action: () => void) => void;
  readonly data: Map<string, string>;
  readonly jobs: Map<string, Manifest>;
  /** A call of a program in the cluster. */
  readonly call: <T>(effect: () => T) => Promise<T>;
  readonly pods: (floor: Floor) => { wanted: number; ready: number };
  readonly raise: (floor: Floor, by: Worker) => void;
  /** Loses everything. */
  readonly rebuild: () => void;
}

const RULES = rulesOf(z.toJSONSchema(primaryRegionSchema, { io: 'input', unrepresentable: 'any' }));
const REFUSED_MS = 500;

/** A cluster that holds the claim as it was born. */
export function apiServerOf(context: Context, region: string, born: PrimaryRegionSpec): ApiServer {
  const claim = claimStoreOf(context, region, born);
  const data = new Map<string, string>();
  const jobs = new Map<string, Manifest>();
  return {
    region,
    ...claim,
    ...callsOf(context, region),
    ...podsOf(context, region),
    data,
    jobs,
    rebuild: () => {
      claim.forget();
      data.clear();
      jobs.clear();
    },
  };
}

/** How programs in the cluster reach it. */
function callsOf(
  { conditions, clock, random: streamOf }: Context,
  region: string,
): Pick<ApiServer, 'answers' | 'call'> {
  const random = streamOf(`api ${region}`);
  const answers = () => conditions.apiAnswers(region);
  return {
    answers,
    call: async (effect) => {
      await clock.sleep((answers() ? between(random, API_CALL) : 1) * 1000);
      if (answers()) return effect();
      await clock.sleep(REFUSED_MS);
      throw new Error(`connection refused: API server of ${region}`);
    },
  };
}

/** The regional claim, guarded by its rules. */
function claimStoreOf(context: Context, region: string, born: PrimaryRegionSpec) {
  const listeners: (() => void)[] = [];
  let spec: PrimaryRegionSpec | undefined = born;
  let denied = '';
  /** Argo CD tries the same again and again; told once. */
  const deny = (message: string, next: object) => {
    const text = JSON.stringify(next);
    if (text !== denied) context.log({ what: 'denied', cluster: region, message });
    denied = text;
    return false;
  };
  const change = (to: SpecChange) => {
    if (!context.conditions.apiAnswers(region)) return false;
    const next = to(spec);
    const message = RULES(next, spec);
    if (message) return deny(message, next);
    if (JSON.stringify(next) === JSON.stringify(spec)) return true;
    spec = next;
    log(context, region, next);
    context.touch();
    for (const listener of listeners) listener();
    return true;
  };
  return {
    claim: () => spec && claimOf(spec),
    change,
    onChange: (action: () => void) => {
      listeners.push(action);
    },
    forget: () => {
      spec = undefined;
    },
  };
}

const claimOf = (spec: PrimaryRegionSpec): PrimaryRegion => ({
  apiVersion: 'platform.flipside.dev/v1',
  kind: 'PrimaryRegion',
  metadata: { name: 'invented', namespace: 'flipside-system' },
  spec,
});

function log({ log: write }: Context, cluster: string, { region, epoch, override }: PrimaryRegionSpec): void {
  write({
    what: 'claim',
    cluster,
    spec: { region, epoch },
    ...(override && { override: { region: override.region, epoch: override.epoch } }),
  });
}

/** The pods of the services: all of them at home, what the pattern keeps running in the peer region. */
function podsOf(context: Context, region: string): Pick<ApiServer, 'pods' | 'raise'> {
  const { settings, clock, conditions } = context;
  const random = context.random(`pods ${region}`);
  const hot = region === settings.home || settings.timings.podsReady[1] === 0;
  const counts = new Map<string, { wanted: number; ready: number }>();
  const pods = ({ service, min }: Floor) => {
    const count = counts.get(service) ?? { wanted: hot ? min : 0, ready: hot ? min : 0 };
    counts.set(service, count);
    return { wanted: count.wanted, ready: conditions.up(region) ? count.ready : 0 };
  };
  return {
    pods,
    raise: (floor, by) => {
      const { wanted, ready } = pods(floor);
      if (wanted >= floor.min) return;
      const raised = { wanted: floor.min, ready };
      counts.set(floor.service, raised);
      context.log({ what: 'raised', region, service: floor.service, by });
      clock.after(between(random, settings.timings.podsReady) * 1000, () => {
        raised.ready = floor.min;
        context.touch();
      });
    },
  };
}
