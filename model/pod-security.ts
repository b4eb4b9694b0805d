/** The rules that every namespace holds its pods to. */

/** Version of the Pod Security Standards; that of the clusters. */
const VERSION = 'v1.36';

/** Labels of a namespace that takes restricted pods only. */
export const restrictedLabels = (): Record<string, string> =>
  Object.fromEntries(
    ['enforce', 'audit', 'warn'].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, 'restricted'],
      [`pod-security.kubernetes.io/${mode}-version`, VERSION],
    ]),
  );

/**
 * Labels of a namespace whose services stand behind the load balancer: it makes up part of a pod's readiness.
 * https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html (2026-11)
 */
export const servingLabels = (): Record<string, string> => ({
  'eks.amazonaws.com/pod-readiness-gate-inject': 'enabled',
  ...restrictedLabels(),
});
