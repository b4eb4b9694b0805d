/** What the pods of the flip's programs have in common. */
import type { Cluster } from '../../model/clusters';
import { imageOf, type Program } from '../../model/release';
import { entryUrl } from '../../model/site-hosts';
import type { FlipPlan } from '../../spec/flip';
import { FLIP_CONFIG_MAP, KEYS } from '../apis/primary-region/config-map';

/** An environment variable. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/** Label by which the pods of a program are selected. */
export const selectorOf = (program: Program) => ({ 'app.kubernetes.io/name': `flipside-${program}` });

/** What every program is told. The plan comes from the ConfigMap that the regional claim is composed to. */
export const commonEnvironment = (plan: FlipPlan, cluster: Cluster): Variable[] => [
  {
    name: 'FLIPSIDE_PLAN',
    valueFrom: { configMapKeyRef: { name: FLIP_CONFIG_MAP, key: KEYS.plan } },
  },
  { name: 'FLIPSIDE_OTHER_BEACON', value: entryUrl(plan.other, cluster.placement) },
  { name: 'AWS_STS_REGIONAL_ENDPOINTS', value: 'regional' },
];

/** A pod as the restricted standard wants it. It outlives everything else on a full node: traffic follows it. */
export const podOf = (serviceAccountName: string) => ({
  serviceAccountName,
  enableServiceLinks: false,
  priorityClassName: 'system-cluster-critical',
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
});

/** The container of a program. */
export const containerOf = (program: Program, { account, region }: Cluster, env: readonly Variable[]) => ({
  name: program,
  image: imageOf(program, account, region),
  command: ['node', `${program}.mjs`],
  env,
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
});
