/** The namespace of what belongs to the platform rather than to a team. */
import { restrictedLabels } from '../../model/pod-security';
import { SYSTEM_NAMESPACE } from '../../spec/claims';

/**
 * Restricted pods only. The load balancer makes no part of a pod's readiness here: with an accelerator a standby's
 * beacon is no healthy target until the flip, and would never become ready.
 */
export const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: SYSTEM_NAMESPACE, labels: restrictedLabels() },
};
