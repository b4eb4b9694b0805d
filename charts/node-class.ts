/** The NodeClass of a cluster: where its nodes stand and what they may do in AWS. */
import type { NodeClassProps } from '../imports/eks-auto-mode';
import type { Cluster } from '../model/clusters';
import { ESTATE_LABEL } from '../model/labels';
import { factsOf } from '../model/place';
import { NODE_CLASS } from './node-pool';

/**
 * Nodes in the application subnets only, without public addresses, their disks under the region's own key. Auto Mode
 * chooses the image, a current one of its own.
 */
export function nodeClass(cluster: Cluster, labels: Readonly<Record<string, string>>): NodeClassProps {
  const { subnets, securityGroups, keys, cluster: facts } = factsOf(cluster);
  const own = subnets.application.slice(0, cluster.zones.length);
  return {
    metadata: { name: NODE_CLASS },
    spec: {
      role: facts.nodeRole,
      subnetSelectorTerms: own.map((id) => ({ id })),
      securityGroupSelectorTerms: [{ id: securityGroups.nodes }],
      advancedNetworking: { associatePublicIpAddress: false },
      ephemeralStorage: { size: '80Gi', kmsKeyId: keys.data },
      // Each team's namespace denies by itself; the platform's own namespaces have their own rules.
      networkPolicy: 'DefaultAllow',
      networkPolicyEventLogs: 'Enabled',
      tags: {
        [ESTATE_LABEL]: cluster.placement.estate,
        'flipside.dev/environment': cluster.environment,
        ...labels,
      },
    },
  };
}
