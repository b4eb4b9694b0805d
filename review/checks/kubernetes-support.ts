/** The version of Kubernetes is supported for months to come. */
import type { Check } from '../check';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import type { CheckOptions } from './_ledger';
import { appliedOf, daysBetween, spot, textAt } from './_read';

/**
 * Last day of standard support.
 * https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html (2026-08)
 */
const STANDARD_SUPPORT: Readonly<Record<string, string>> = {
  '1.34': '2026-12-02',
  '1.35': '2027-03-27',
  '1.36': '2027-08-02',
};

/** Days in which an upgrade of both regions can be planned. */
const NOTICE = 90;

/** Label that says which version the cluster's pod rules are of. */
const ENFORCED = 'pod-security.kubernetes.io/enforce-version';

/** After standard support a cluster costs six times as much, and after extended support AWS upgrades it. */
export const kubernetesSupport = ({ today }: CheckOptions): Check => ({
  id: 'kubernetes-support',
  title: 'Kubernetes is in standard support for 90 more days',
  severity: 'error',
  reference: 'failure "K8s EOL"; S4-20',
  run: (estate, report) =>
    estate.clusters.flatMap((cluster) => {
      const { version, path } = versionOf(estate, cluster);
      const end = STANDARD_SUPPORT[version];
      const days = end === undefined ? undefined : daysBetween(today, end);
      if (days !== undefined && days > NOTICE) return [];
      return [
        report({
          message:
            days === undefined
              ? `${cluster.name} runs Kubernetes "${version || 'unknown'}", whose end of support is not known, expected one of ${Object.keys(STANDARD_SUPPORT).join(', ')}`
              : `${cluster.name} runs Kubernetes ${version}, in standard support until ${end}: ${days} days, expected more than ${NOTICE}`,
          path,
          remedy:
            'Upgrade both regions, the standby first; a new version belongs into this table with its date',
        }),
      ];
    }),
});

/** Of the EKS cluster where its template is rendered, else that of the pod rules. */
function versionOf({ input, templates }: RenderedEstate, cluster: RenderedCluster) {
  for (const { file, stack, resources } of templates) {
    const eks = Object.entries(resources).find(([, { Type }]) => Type === 'AWS::EKS::Cluster');
    if (eks && stack.includes(cluster.name))
      return {
        version: textAt(eks[1].Properties, 'Version'),
        path: `${file}#Resources/${eks[0]}/Properties/Version`,
      };
  }
  const [namespace] = appliedOf([cluster], 'Namespace').filter(
    ({ object }) => object.metadata.labels?.[ENFORCED],
  );
  if (!namespace) return { version: '', path: `dist/${input.estate.name}/kubernetes/${cluster.name}` };
  const label = namespace.object.metadata.labels?.[ENFORCED] ?? '';
  return { version: label.replace(/^v/, ''), path: spot(namespace, `metadata.labels.${ENFORCED}`) };
}
