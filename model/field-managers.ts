/**
 * Names under which fields of Kubernetes objects are owned. Argo CD leaves alone what the promotion and the autoscaler
 * have set.
 */

/** The promotion, which raises the floors of services. */
export const PROMOTE_MANAGER = 'flipside-promote';

/** The promotion's counterpart, which gives them back: what it has set is what Git says. */
export const RELEASE_MANAGER = 'flipside-release';

/** The autoscaler, which sets how many pods there are. Kubernetes takes it from the program's name. */
export const AUTOSCALER_MANAGER = 'kube-controller-manager';

/** A bootstrap, for what it installs. */
export const INSTALL_MANAGER = 'flipside-bootstrap';

/** A bootstrap, for the platform's settings: installing again then does not take them away. */
export const ROOT_MANAGER = 'flipside-root';
