/** The namespace of what belongs to the platform rather than to a team. */
import { SYSTEM_NAMESPACE } from '../../spec/claims';

/** The rules of Pod Security Standards that the namespace is held to; the clusters run this version. */
const POD_SECURITY_VERSION = 'v1.36';

/** Restricted pods only, and the load balancer is part of the beacon's readiness. */
export const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: SYSTEM_NAMESPACE,
    labels: {
      // https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html (2026-11)
      'eks.amazonaws.com/pod-readiness-gate-inject': 'enabled',
      ...Object.fromEntries(
        ['enforce', 'audit', 'warn'].flatMap((mode) => [
          [`pod-security.kubernetes.io/${mode}`, 'restricted'],
          [`pod-security.kubernetes.io/${mode}-version`, POD_SECURITY_VERSION],
        ]),
      ),
    },
  },
};
