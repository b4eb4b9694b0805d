/** What the delivery needs to know of the applications it delivers, and where it finds them. */
import type { Wave } from '../../model/waves';
import { API_VERSION } from '../../spec/claims';
import { CROSSPLANE_NAMESPACE } from '../crossplane';
import type { Manifest } from '../kind';

/** Where Argo CD, its applications and its projects stand. */
export const ARGOCD_NAMESPACE = 'argocd';

/** The cluster that Argo CD itself runs in: a region delivers to itself only. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** A rendered application: a folder of manifests and its place in the order. */
export interface Delivered {
  /** Also the name of its folder. */
  readonly name: string;
  readonly wave: Wave;
  /** Team that asked for it. @default the platform's own */
  readonly team?: string;
  readonly objects: readonly Manifest[];
}

/** Where one cluster's applications are found. */
export interface Source {
  readonly repository: string;
  readonly revision: string;
  /** Path of the cluster's own folder from the root of the repository; no cluster reads another's. */
  readonly folder: string;
}

/** True for a claim, the regional one too. */
export const isClaim = ({ apiVersion }: Manifest): boolean => apiVersion === API_VERSION;

/** API group of an object, empty for the core group. */
export const groupOf = ({ apiVersion }: Manifest): string => apiVersion.replace(/\/?[^/]*$/, '');

/** Sorted, each once. */
export const distinct = (values: readonly string[]): string[] => [...new Set(values)].toSorted();

/** Objects name their own namespace; an application needs one besides, which its project allows. */
export const namespaceOf = ({ objects }: Pick<Delivered, 'objects'>): string =>
  objects.find(({ metadata }) => metadata.namespace)?.metadata.namespace ?? CROSSPLANE_NAMESPACE;
