/** Namespaces of the platform's own programs, as their charts are installed. */

export { CROSSPLANE_NAMESPACE } from '../../model/identities';

/** What collects metrics. */
export const MONITORING_NAMESPACE = 'monitoring';

/** Selects a namespace by name. */
export const namespaceSelector = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
