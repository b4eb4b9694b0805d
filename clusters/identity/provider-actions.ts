/**
 * What each Crossplane provider may do.
 *
 * Nothing that moves a writer, and nothing that deletes a store: a claim that goes leaves its data, a flip is the
 * promotion's alone. https://docs.aws.amazon.com/service-authorization/latest/reference/ (2026-11)
 */
import type { ProviderService } from '../../model/identities';
import type { ProviderActions } from './_actions';
import { EDGE_ACTIONS } from './_edge-actions';
import { STORE_ACTIONS } from './_store-actions';

/** The actions by provider. */
export const PROVIDER_ACTIONS: Readonly<Record<ProviderService, ProviderActions>> = {
  ...EDGE_ACTIONS,
  ...STORE_ACTIONS,
};
