/** How few and how many pods a service runs in a cluster. */
import type { Service } from '../spec/service';
import type { Cluster } from './clusters';

/** Fewest and most pods; `min` is never above `max`. */
export interface Bounds {
  /** 0 where a pilot light keeps nothing running until a flip. */
  readonly min: number;
  readonly max: number;
}

/**
 * The bounds of a service in a cluster. A smaller environment replaces them, the peer region may differ; who is
 * primary changes nothing.
 */
export function boundsOf({ scale }: Service, cluster: Pick<Cluster, 'position' | 'scale'>): Bounds {
  if (cluster.scale) return ordered(cluster.scale.min, cluster.scale.max);
  if (cluster.position === 'home') return ordered(scale.min, scale.max);
  return ordered(scale.peer.min ?? scale.min, scale.peer.max ?? scale.max);
}

const ordered = (min: number, max: number): Bounds => ({ min, max: Math.max(min, max) });

/** The floor of an autoscaler, which goes to one pod at least: a floor of none stands in the Deployment. */
export const autoscalerFloor = (min: number): number => Math.max(1, min);

/** Share of additional pods during a rolling update, in percent. */
export const SURGE_PERCENT = 25;

/** Most pods a service may have at one instant: a rolling update at the peak. */
export const surged = ({ max }: Bounds): number => max + Math.ceil((max * SURGE_PERCENT) / 100);
