/**
 * Where a claim is composed: the cluster's position in its estate, and the facts of both regions.
 *
 * It travels as the input of each Composition's pipeline step, so the function needs nothing else. It holds
 * home and peer, which never change, and not who is primary.
 */
import * as z from 'zod';
import { accountId, domainName, label, regionName } from './scalars';
import { factsSchema } from './facts';
import { flipPlanSchema } from './flip';

const place = z.object({ region: regionName, zones: z.array(z.string()), facts: factsSchema });

/** Shape of the pipeline input. */
export const placementSchema = z.object({
  estate: label(20, 'Estate'),
  environment: z.enum(['prod', 'staging', 'dev']),
  account: accountId,
  domain: domainName,
  position: z.enum(['home', 'peer']),
  home: place,
  peer: place.optional(),
  /** Only in the input of the regional claim. */
  flip: flipPlanSchema.optional(),
  traffic: z.object({
    routing: z.enum(['latency', 'failover', 'weighted']),
    cdn: z.boolean(),
    waf: z.boolean(),
    accelerator: z.boolean(),
    ttl: z.number(),
    healthCheck: z.object({ interval: z.number(), failures: z.number(), path: z.string() }),
  }),
});

/** A region of the estate with the facts of its cluster. */
export type Place = z.output<typeof place>;
/** Where a claim is composed. `peer` is absent in environments of one region. */
export type Placement = z.output<typeof placementSchema>;

/** The place of the composing cluster itself. */
export function here(placement: Placement): Place {
  const place = placement[placement.position];
  if (!place) throw new Error('Cannot compose in the peer region: the placement has none');
  return place;
}

/** The place of the other region, if the environment has one. */
export function there(placement: Placement): Place | undefined {
  return placement.position === 'home' ? placement.peer : placement.home;
}
