/** Namespaces of the platform's own programs, as their charts are installed. */

/** Crossplane, its providers and its functions. */
export const CROSSPLANE_NAMESPACE = 'crossplane-system';
/** What collects metrics. */
export const MONITORING_NAMESPACE = 'monitoring';

/** Selects a namespace by name. */
export const namespaceSelector = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
