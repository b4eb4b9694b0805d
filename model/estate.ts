/** The estate as everything downstream sees it: derived once from what people wrote, plain and readonly. */
import type { AnyClaim, PrimaryRegion } from '../spec/claims';
import type { Estate } from '../spec/estate';
import type { EstateInput } from '../spec/input';
import type { Service } from '../spec/service';
import { type Cluster, clustersOf } from './clusters';

/** One application landscape over two regions. */
export interface EstateModel {
  readonly estate: Estate;
  /** prod first, home first. */
  readonly clusters: readonly Cluster[];
  /** Sorted; every team that owns a service or a claim. */
  readonly teams: readonly string[];
  readonly services: readonly Service[];
  readonly claims: readonly AnyClaim[];
  readonly primaryRegion: PrimaryRegion;
}

/** Computes every derived fact of an estate. */
export function modelOf(input: EstateInput): EstateModel {
  return {
    estate: input.estate,
    clusters: clustersOf(input.estate, input.facts),
    teams: teamsOf(input),
    services: input.services,
    claims: input.claims,
    primaryRegion: input.primaryRegion,
  };
}

function teamsOf({ services, claims }: EstateInput): string[] {
  const teams = new Set([...services.map((s) => s.team), ...claims.map((c) => c.metadata.namespace)]);
  return [...teams].toSorted();
}
