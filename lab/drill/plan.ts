/** What a drill consists of: a lab for each estate, and the scenarios played on it. */
import { down, type Tell, up } from '../lab';
import type { Layout } from '../layout';
import { ready } from '../ready';
import { statusOf } from '../status';
import { held, type Played, play, type Scenario } from './drill';

/** One estate's part of a drill. */
export interface EstatePlan {
  readonly estate: string;
  readonly scenarios: readonly Scenario[];
}

/** What an estate's part came to. */
export interface EstatePlayed {
  readonly estate: string;
  /** Seconds from the start of the lab until everything was delivered. */
  readonly readySeconds: number;
  readonly memoryMiB: number;
  readonly played: readonly Played[];
}

/** Starts a lab, plays, and ends it, whatever happens. */
export async function playEstate(
  root: string,
  { estate, scenarios }: EstatePlan,
  options: { readonly speed: number; readonly provider: Layout['provider'] },
  tell: Tell,
): Promise<EstatePlayed> {
  await down(root);
  const started = Date.now();
  try {
    const layout = await up(root, { estate, ...options }, tell);
    await ready(layout, tell);
    const readySeconds = (Date.now() - started) / 1_000;
    tell(`ready after ${readySeconds.toFixed(0)} s`);
    const { memoryMiB } = await statusOf(layout);
    const played: Played[] = [];
    for (const scenario of scenarios) {
      tell(`${estate}: ${scenario.title}`);
      const one = await play(scenario, layout, (line) => tell(`  ${line}`));
      tell(`  ${held(one) ? 'held' : 'DID NOT HOLD'} after ${(one.milliseconds / 1_000).toFixed(0)} s`);
      for (const { what, seen } of one.expectations.filter((expectation) => !expectation.held)) {
        tell(`  - ${what}: ${seen}`);
      }
      played.push(one);
    }
    return { estate, readySeconds, memoryMiB, played };
  } finally {
    await down(root);
  }
}
