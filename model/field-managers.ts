/** Names under which fields of Kubernetes objects are owned. Argo CD leaves alone what the first two have set. */

/** The promotion, which raises the floors of services. */
export const PROMOTE_MANAGER = 'flipside-promote';

/** The autoscaler, which sets how many pods there are. Kubernetes takes it from the program's name. */
export const AUTOSCALER_MANAGER = 'kube-controller-manager';

/** A bootstrap, for what it installs. */
export const INSTALL_MANAGER = 'flipside-bootstrap';

/** A bootstrap, for the platform's settings: installing again then does not take them away. */
export const ROOT_MANAGER = 'flipside-root';
