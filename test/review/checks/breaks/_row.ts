/** What the tables of breaks share. */
import type { RenderedEstate } from '../../../../review/rendered';
import { type Mutation, type Tree, set } from '../_mutate';

/** A break in what a committed estate holds, and the estates that have it; the check must find it, and no other may. */
export interface Break {
  readonly check: string;
  readonly what: string;
  readonly estates: readonly string[];
  readonly mutate: Mutation;
}

/** One row of a table. */
export const row = (check: string, what: string, estates: readonly string[], mutate: Mutation): Break => ({
  check,
  what,
  estates,
  mutate,
});

/** Every committed estate, and those with certain things. */
export const ALL = ['capstone', 'global-tables', 'pilot-light', 'storefront', 'warm-standby'] as const;
/** See {@link ALL}. */
export const DATABASES = ['capstone', 'storefront', 'warm-standby'] as const;
/** See {@link ALL}. */
export const BUCKETS = ['global-tables', 'storefront', 'warm-standby'] as const;
/** See {@link ALL}. */
export const FAILOVER = ['global-tables', 'pilot-light', 'warm-standby'] as const;
/** See {@link ALL}. */
export const STORES = ['capstone', 'global-tables', 'storefront', 'warm-standby'] as const;
/** See {@link ALL}. */
export const CDN = ['capstone', 'global-tables', 'storefront'] as const;

/** A region of no committed estate. */
export const ELSEWHERE = 'ap-south-1';
/** A key there. */
export const foreignKey = `arn:aws:kms:${ELSEWHERE}:111111111111:key/mrk-1`;
/** Path of the containers of a Deployment. */
export const containers = 'spec.template.spec.containers';

/** Services' Deployments; those of the platform have checks of their own. */
export const services = {
  only: (object: { readonly metadata: { readonly namespace?: string } }) =>
    object.metadata.namespace !== 'flipside-system',
};
/** Objects of the beacon. */
export const beacon = { name: /^flipside-beacon$/ };

/** Sets a field of a managed resource. */
export const forProvider =
  (field: string, value: unknown) =>
  (object: Tree): void =>
    set(object, `spec.forProvider.${field}`, value);

/** The region of the estate that is not this one. */
export const otherOf = ({ input }: RenderedEstate, region: string): string =>
  [input.estate.regions.home.name, input.estate.regions.peer.name].find((name) => name !== region) ?? '';
