/** Objects that stay in the cluster when they leave Git, or when somebody deletes the application that holds them. */
import type { Manifest } from '../kind';
import { groupOf, isClaim } from './delivered';

const OPTIONS = 'argocd.argoproj.io/sync-options';

/** As annotations of the object: Argo CD reads these two nowhere else. */
const KEEP = 'Prune=false,Delete=false';

/** Everything below goes with such an object: the claims in a namespace, of a definition; the resources of a provider. */
const CARRIERS: ReadonlySet<string> = new Set([
  '/Namespace',
  'apiextensions.crossplane.io/CompositeResourceDefinition',
  'pkg.crossplane.io/Provider',
]);

/** The object, told to stay if a store or the record of one hangs on it. */
export function kept(object: Manifest): Manifest {
  if (!isClaim(object) && !CARRIERS.has(`${groupOf(object)}/${object.kind}`)) return object;
  const { annotations = {}, ...metadata } = object.metadata;
  const options = [annotations[OPTIONS], KEEP].filter(Boolean).join(',');
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [OPTIONS]: options } } };
}
