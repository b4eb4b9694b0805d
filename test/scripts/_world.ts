/**
 * Two regions in memory and a real repository: what the flip's verbs are driven against. The clusters hold real claims,
 * judge patches by the real schema and its rules about changes, and tell the status that the composition tells.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { effectiveOf } from '../../model/effective';
import { modelOf } from '../../model/estate';
import { flipPlanOf } from '../../model/flip';
import { statusOf } from '../../platform/apis/primary-region/status';
import { UserError } from '../../scripts/answer';
import { gitAt } from '../../scripts/flip/git';
import type { Ports } from '../../scripts/flip/ports';
import type { MakePorts } from '../../scripts/flip/real';
import { sightOf } from '../../scripts/flip/sight';
import { type PrimaryRegionSpec, primaryRegionSchema } from '../../spec/claims';
import { home as placedHome, peer as placedPeer } from '../helpers/placement';
import { CLAIM, HOME, PEER, inputOf, lightRender, rendered, run, writeInto } from './_repository';
import { type Region, work } from './_region';

/** Everything a test may set or look at. */
export interface World {
  readonly root: string;
  readonly home: Region;
  readonly peer: Region;
  readonly lines: string[];
  readonly data: unknown[];
  readonly asked: string[];
  readonly ports: MakePorts;
  now: number;
  writer: string;
  /** Beacons answer. */
  beacons: boolean;
  typed: string | undefined;
  /** When Ctrl-C is pressed. */
  interruptAt: number;
  /** Happens whenever somebody waits. */
  meanwhile: () => void;
  readonly git: (...args: string[]) => string;
  /** The text of the regional claim's file on the Git host. */
  readonly hosted: () => PrimaryRegionSpec;
  readonly write: (path: string, text: string) => void;
}

const START = Date.parse('2026-11-21T03:00:00Z');

/** Both regions well, the writers at home. */
export function worldAt(root: string): World {
  const world: World = {
    root,
    home: regionOf(root, 0),
    peer: regionOf(root, 1),
    lines: [],
    data: [],
    asked: [],
    now: START,
    writer: HOME,
    beacons: true,
    typed: PEER,
    interruptAt: Number.POSITIVE_INFINITY,
    meanwhile: () => {},
    git: (...args) => run(root, ...args),
    hosted: () => specOf(run(join(root, '..', 'remote.git'), 'show', `main:${CLAIM}`)),
    write: (path, text) => writeInto(root, path, text),
    ports: () => portsOf(world),
  };
  return world;
}

const specOf = (text: string): PrimaryRegionSpec => primaryRegionSchema.parse(parse(text)).spec;

function regionOf(root: string, index: number): Region {
  const model = modelOf(inputOf());
  const cluster = model.clusters[index];
  const plan = cluster && flipPlanOf(model, cluster);
  return {
    up: true,
    argocd: true,
    job: 'Promoted',
    reasons: [],
    spec: specOf(readFileSync(join(root, CLAIM), 'utf8')),
    data: { 'plan.json': JSON.stringify(plan) },
    started: new Map(),
    refreshed: 0,
    followerReady: true,
  };
}

function portsOf(world: World): Ports {
  return {
    clusters: {
      look: async (region) => look(world, region),
      patch: async (region, patch) => patched(world, region, patch),
      refresh: async (region) => synced(world, region),
    },
    git: gitAt(world.root),
    clock: {
      now: () => world.now,
      sleep: async (milliseconds) => {
        world.now += milliseconds;
        world.meanwhile();
      },
      interrupted: () => world.now >= world.interruptAt,
    },
    prompt: async (question) => {
      world.asked.push(question);
      return world.typed;
    },
    screen: {
      line: (text) => world.lines.push(text),
      live: () => {},
      data: (value) => world.data.push(value),
    },
    renderer: async () => lightRender,
    user: 'oncall',
  };
}

const known = (world: World, name: string): Region => (name === HOME ? world.home : world.peer);

function look(world: World, name: string) {
  const region = known(world, name);
  if (region.trouble) return { answers: false, region: name, silent: false, why: region.trouble } as const;
  if (!region.up)
    return {
      answers: false,
      region: name,
      silent: true,
      why: 'does not answer (API server: timeout)',
    } as const;
  work(world, name, region);
  return sightOf(name, objectsOf(name, region));
}

function objectsOf(name: string, region: Region) {
  const effective = effectiveOf(region.spec);
  const placement = name === HOME ? placedHome : placedPeer;
  const observed = { flip: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: region.data } };
  return {
    claim: { spec: { ...region.spec, crossplane: {} }, status: statusOf(effective, observed, placement) },
    data: region.data,
    jobs: [...region.started.keys()].map((epoch) => ({
      metadata: { name: `promote-${epoch}` },
      status: region.data[`epoch-${epoch}.json`]?.includes('"Failed"')
        ? { conditions: [{ type: 'Failed', status: 'True' }] }
        : {},
    })),
  };
}

/** What the API server does with a change: the schema, then the rules about changes. */
function accepted(before: PrimaryRegionSpec, wanted: object): PrimaryRegionSpec {
  const read = primaryRegionSchema.shape.spec.safeParse(wanted);
  if (!read.success) throw new UserError(read.error.issues.map(({ message }) => message).join('; '));
  const pairs = [
    [before, read.data],
    [before.override, read.data.override],
  ] as const;
  for (const [old, next] of pairs) {
    if (!old || !next) continue;
    if (next.epoch < old.epoch) throw new UserError('epoch cannot go down');
    if (next.region !== old.region && next.epoch === old.epoch)
      throw new UserError('a change of region needs a higher epoch');
  }
  return read.data;
}

function patched(world: World, name: string, patch: object): void {
  const region = known(world, name);
  if (!region.up) throw new UserError(`Cannot patch the claim in "${name}": no answer`);
  region.spec = accepted(region.spec, { ...region.spec, ...patch });
}

/** Argo CD applies what the Git host has, and leaves the fields of others alone. */
function synced(world: World, name: string): void {
  const region = known(world, name);
  if (!region.up || !region.argocd) return;
  region.refreshed += 1;
  const text = run(join(world.root, '..', 'remote.git'), 'show', `main:${rendered(name)}`);
  const { override, dryRun } = region.spec;
  region.spec = accepted(region.spec, {
    ...specOf(text),
    ...(override && { override }),
    ...(dryRun && { dryRun }),
  });
}
