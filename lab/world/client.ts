/** The world outside both regions, as the lab's commands and drills reach it. */
import { type Control, controlOf } from '../aws/control';
import type { Layout } from '../layout';
import { assertRuns, start } from '../process';
import { until } from '../until';
import type { WriterReport } from './writer-report';

/** What the world looks like. */
export interface WorldState {
  /** Regions whose PostgreSQL takes writes, by store. More than one is a split brain. */
  readonly writers: Readonly<Record<string, readonly string[]>>;
  /** Region that a public name leads clients of each region to; `none` where it leads nowhere. */
  readonly traffic: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Health checks by id: healthy or not. */
  readonly checks: Readonly<Record<string, boolean>>;
}

/** What can be asked of the world. */
export interface World {
  readonly state: () => Promise<WorldState>;
  /** A region's databases and AWS endpoints are gone. */
  readonly lose: (region: string) => Promise<void>;
  readonly bringBack: (region: string) => Promise<void>;
  /** Starts a client that writes numbered rows through the DNS name of the first database, from now on. */
  readonly startWriter: () => Promise<void>;
  /** Ends it and counts. */
  readonly stopWriter: () => Promise<WriterReport>;
  /** Delays what a follower receives, in milliseconds. */
  readonly setLag: (milliseconds: number) => Promise<void>;
  /** The emulated AWS. */
  readonly aws: Control;
}

const ANSWER_MS = 60_000;
const START_MS = 300_000;

/** The world of a lab. */
export function worldOf({ ports }: Layout): World {
  const ask = async <T>(path: string, body?: object): Promise<T> => {
    const answer = await fetch(`http://127.0.0.1:${ports.world}${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (answer.ok) return (await answer.json()) as T;
    throw new Error(`Cannot ask the lab's world for ${path}: ${answer.status} ${await answer.text()}`);
  };
  return {
    state: () => ask('/state'),
    lose: (region) => ask('/lose', { region }),
    bringBack: (region) => ask('/return', { region }),
    startWriter: () => ask('/writer/start', {}),
    stopWriter: () => ask('/writer/stop', {}),
    setLag: (milliseconds) => ask('/lag', { milliseconds }),
    aws: controlOf(`http://127.0.0.1:${ports.gatewayControl}`),
  };
}

/** Starts it as a process and waits until it answers. */
export async function startWorld(layout: Layout, program: string): Promise<void> {
  const world = start('node', [program], {
    name: 'world',
    state: layout.state,
    env: { FLIPSIDE_LAYOUT: JSON.stringify(layout) },
  });
  const answers = async () => {
    assertRuns(layout.state, world);
    await worldOf(layout).state();
    return true;
  };
  await until('the emulated world', answers, START_MS);
}
