/** What can be done to a world, as data: what breaks, and what people do. A schedule is a list of these. */
import type { FlipMode } from '../spec/claims';

/** Home or peer; a schedule does not know the names of regions. */
export type Side = 'home' | 'peer';

/** Something that is broken for a time. */
export const BROKEN = [
  /** The whole region is dark: cluster, AWS endpoints, entry. */
  'region',
  /** The region's AWS endpoints answer nobody; databases and pods run on. */
  'aws',
  /** The region's AWS endpoints turn many calls away. */
  'throttle',
  /** Calls that change something arrive late. */
  'slow',
  /** Calls that change something succeed, and their answers are lost. */
  'mute',
  /** The region is cut off from the other one and from Git, yet in reach of AWS and of the public. */
  'isolated',
  /** The cluster's API server is down. */
  'api',
  /** Crossplane is down. */
  'crossplane',
  /** Crossplane fails in the middle of what it applies. */
  'flaky',
  /** Argo CD is down. */
  'argo',
  /** Argo CD cannot reach Git. */
  'git',
  /** Argo CD hears no webhook. */
  'webhook',
  /** The public entry of the region is down. */
  'entry',
  /** Pods of Jobs start late. */
  'start',
  /** Replication into this region is far behind. */
  'lag',
] as const;

/** Name of something that breaks. */
export type Broken = (typeof BROKEN)[number];

/** Something that happens at one instant. */
export const STRUCK = [
  /** Every running pod of a Job is killed. */
  'kill',
  /** A second pod of each running Job starts. */
  'double',
  /** Running pods stand still for a minute, and then go on. */
  'freeze',
  /** The beacon starts again and has forgotten what it knew. */
  'beacon',
  /** The cluster is lost and built again from Git. */
  'rebuild',
] as const;

/** Name of something that strikes. */
export type Struck = (typeof STRUCK)[number];

/** One entry of a schedule. `at` and `for` are seconds. */
export type Action =
  | { readonly kind: Broken; readonly at: number; readonly side: Side; readonly for: number }
  /** The network between the two clusters is cut; AWS's own between its regions is not. */
  | { readonly kind: 'link'; readonly at: number; readonly for: number }
  | { readonly kind: Struck; readonly at: number; readonly side: Side }
  | {
      readonly kind: 'flip';
      readonly at: number;
      readonly to: Side;
      readonly mode: FlipMode;
      /** Git, or the override of one cluster or of both. */
      readonly via: 'git' | Side | 'both';
      /** Above the highest epoch the person can see; 0 is a mistake. */
      readonly raise: number;
    }
  | { readonly kind: 'dry-run'; readonly at: number; readonly to: Side; readonly mode: FlipMode }
  /** Git is given what the override says. */
  | { readonly kind: 'catch-up'; readonly at: number }
  /** The same claim is committed again. */
  | { readonly kind: 'again'; readonly at: number }
  /** The branch is forced back to an older commit. */
  | { readonly kind: 'rewind'; readonly at: number; readonly commits: number }
  /** Somebody fails a store over in the console. */
  | { readonly kind: 'by-hand'; readonly at: number; readonly to: Side };

/** The settings and the actions of one run. */
export interface Schedule {
  readonly seed: number;
  readonly stores: number;
  readonly routing: 'latency' | 'failover';
  readonly compute: 'hot' | 'warm' | 'cold';
  readonly automatic: boolean;
  readonly actions: readonly Action[];
}
