/**
 * Names under which fields of Kubernetes objects are owned, where Argo CD must know them: it leaves a field alone that
 * one of these has set.
 */

/** The promotion, which raises the floors of services. */
export const PROMOTE_MANAGER = 'flipside-promote';

/** The autoscaler, which sets how many pods there are. Kubernetes takes it from the program's name. */
export const AUTOSCALER_MANAGER = 'kube-controller-manager';
