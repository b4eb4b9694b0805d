/** The namespace of what belongs to the platform rather than to a team. */
import { namespaceLabels } from '../../model/pod-security';
import { SYSTEM_NAMESPACE } from '../../spec/claims';

/** Restricted pods only, and the load balancer is part of the beacon's readiness. */
export const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: SYSTEM_NAMESPACE, labels: namespaceLabels() },
};
