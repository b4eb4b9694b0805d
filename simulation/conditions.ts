/** What is broken now, and what reaches what. */
import type { Broken } from './action';
import type { Settings } from './settings';

/** Where a condition is looked up: `link` belongs to no region. */
type Place = string | undefined;

/** The state of everything that can break. */
export interface Conditions {
  /** Breaks it; broken twice, it has to be mended twice. */
  readonly break: (what: Broken | 'link', region?: Place) => void;
  readonly mend: (what: Broken | 'link', region?: Place) => void;
  readonly broken: (what: Broken | 'link', region?: Place) => boolean;
  /** Nothing is broken. */
  readonly whole: () => boolean;
  readonly up: (region: string) => boolean;
  /** The network between the two clusters carries. */
  readonly linked: () => boolean;
  /** AWS's own network between its regions carries: replication, and what endpoints know of each other. */
  readonly backbone: () => boolean;
  /** A program in `from` reaches the AWS endpoints of `to`. */
  readonly awsAnswers: (from: string, to: string) => boolean;
  readonly apiAnswers: (region: string) => boolean;
  readonly gitAnswers: (region: string) => boolean;
  /** The public reaches the region's entry. */
  readonly entryAnswers: (region: string) => boolean;
}

/** Nothing is broken yet. */
export function conditionsOf({ home, peer }: Settings): Conditions {
  const counts = new Map<string, number>();
  let total = 0;
  const add = (key: string, n: number) => {
    counts.set(key, (counts.get(key) ?? 0) + n);
    total += n;
  };
  const broken: Conditions['broken'] = (what, region) => (counts.get(keyOf(what, region)) ?? 0) > 0;
  const up = (region: string) => !broken('region', region);
  const isolated = (region: string) => broken('isolated', region);
  const bothUp = () => up(home) && up(peer);
  const linked = () => bothUp() && !broken('link') && !isolated(home) && !isolated(peer);
  return {
    break: (what, region) => add(keyOf(what, region), 1),
    mend: (what, region) => add(keyOf(what, region), -1),
    broken,
    whole: () => total === 0,
    up,
    linked,
    backbone: () => bothUp() && !isolated(home) && !isolated(peer),
    awsAnswers: (from, to) => up(from) && up(to) && !broken('aws', to) && (from === to || linked()),
    apiAnswers: (region) => up(region) && !broken('api', region),
    gitAnswers: (region) => up(region) && !isolated(region) && !broken('git', region),
    entryAnswers: (region) => up(region) && !broken('entry', region),
  };
}

const keyOf = (what: string, region: Place) => `${what} ${region ?? ''}`;
