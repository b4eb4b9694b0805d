/** An in-memory stand-in for the own cluster's API server: what a promotion and a beacon ask of it, and no more. */
import type { Effective } from '../../model/effective';
import type { ClusterPort, Progress } from '../../runtime/promote/ports';

/** A cluster whose pods are ready as soon as the floor is raised. */
export interface StandInCluster extends ClusterPort {
  /** What the claim says; a test changes it to play a flip. */
  claimed: Effective;
  readonly floors: Map<string, number>;
  /** Every progress that was recorded. */
  readonly told: Progress[];
}

/** The effective flip of a claim. */
export const flipTo = (region: string, epoch: number, mode: Effective['mode'] = 'Planned'): Effective => ({
  region,
  epoch,
  mode,
  acceptDataLoss: mode === 'Unplanned',
  source: 'spec',
  conflict: false,
});

/** A stand-in whose claim says `claimed`. */
export function standInCluster(claimed: Effective, broken: Partial<ClusterPort> = {}): StandInCluster {
  const floors = new Map<string, number>();
  const told: Progress[] = [];
  const cluster: StandInCluster = {
    claimed,
    floors,
    told,
    effective: async () => cluster.claimed,
    raise: async ({ service, min }) => {
      floors.set(service, Math.max(min, floors.get(service) ?? 0));
    },
    readyPods: async ({ service }) => floors.get(service) ?? 0,
    record: async (progress) => {
      told.push(progress);
    },
    ...broken,
  };
  return cluster;
}
