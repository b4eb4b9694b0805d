/** A drill: scenarios played on a lab one after the other, and what was expected, measured and seen in each. */
import type { Kube } from '../kube';
import { kubeOf } from '../kube';
import type { Layout, Region } from '../layout';
import { type World, worldOf } from '../world/client';

/** Something that had to hold, and whether it did. */
export interface Expectation {
  readonly what: string;
  readonly held: boolean;
  /** What was seen instead, or beside it. */
  readonly seen: string;
}

/** Something that was measured. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'rows' | 'calls' | 'pods';
  /** Not to be passed; absent where nothing is promised. */
  readonly limit?: number;
}

/** Something that happened, in milliseconds since the scenario began. */
export interface Event {
  readonly at: number;
  readonly what: string;
}

/** What a scenario came to. */
export interface Played {
  readonly name: string;
  readonly title: string;
  readonly milliseconds: number;
  readonly expectations: readonly Expectation[];
  readonly figures: readonly Figure[];
  readonly events: readonly Event[];
}

/** What a scenario plays with. */
export interface Stage {
  readonly layout: Layout;
  readonly world: World;
  readonly home: Region;
  readonly peer: Region;
  readonly kube: (region: Region) => Promise<Kube>;
  /** Notes that something happened now. */
  readonly event: (what: string) => void;
  readonly expect: (what: string, held: boolean, seen?: unknown) => void;
  readonly figure: (what: string, value: number, unit: Figure['unit'], limit?: number) => void;
}

/** One scenario. It leaves the lab as it found it: both regions up, the writers at home. */
export interface Scenario {
  readonly name: string;
  /** What it shows, as a sentence. */
  readonly title: string;
  readonly play: (stage: Stage) => Promise<void>;
}

/** Plays a scenario. One that throws has not held; what it had noted until then stays. */
export async function play(
  scenario: Scenario,
  layout: Layout,
  tell: (line: string) => void,
): Promise<Played> {
  const started = Date.now();
  const expectations: Expectation[] = [];
  const figures: Figure[] = [];
  const events: Event[] = [];
  const [home, peer] = layout.regions;
  const stage: Stage = {
    layout,
    home,
    peer,
    world: worldOf(layout),
    kube: (region) => kubeOf(region.kubeconfig),
    event: (what) => {
      events.push({ at: Date.now() - started, what });
      tell(what);
    },
    expect: (what, held, seen = '') => {
      expectations.push({ what, held, seen: typeof seen === 'string' ? seen : JSON.stringify(seen) });
    },
    figure: (what, value, unit, limit) => {
      figures.push({ what, value: Math.round(value), unit, ...(limit !== undefined && { limit }) });
    },
  };
  try {
    await scenario.play(stage);
  } catch (error) {
    stage.expect('the scenario is played to its end', false, (error as Error).message);
  }
  const { name, title } = scenario;
  return { name, title, milliseconds: Date.now() - started, expectations, figures, events };
}

/** True when everything that was expected held. A time over its limit is shown and fails nothing: machines differ. */
export const held = ({ expectations, figures }: Played): boolean =>
  expectations.length > 0 &&
  expectations.every((one) => one.held) &&
  figures.filter(({ unit }) => unit !== 'ms').every(isWithin);

/** True where nothing is promised, too. */
export const isWithin = ({ value, limit }: Figure): boolean => limit === undefined || value <= limit;
