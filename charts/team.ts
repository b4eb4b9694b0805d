/** A team's namespace in one cluster. */
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type Amount, peakOf } from '../model/capacity';
import { ESTATE_LABEL, TEAM_LABEL } from '../model/labels';
import { servingLabels } from '../model/pod-security';
import { cpuQuantity, memoryQuantity } from '../model/quantity';
import type { Share } from '../model/sharing';
import type { Workload } from '../model/workload';
import { borrow, lend, reader } from './sharing';

/** What a team's chart is made of. */
export interface TeamChartProps {
  readonly estate: string;
  readonly team: string;
  /** The team's own services. */
  readonly workloads: readonly Workload[];
  /** Every share of the estate; the team is the owner or the receiver of some. */
  readonly shares: readonly Share[];
}

/** The namespace: restricted pods only, every connection denied that no service declares, no more than the peak. */
export class TeamChart extends Chart {
  constructor(scope: Construct, id: string, { estate, team, workloads, shares }: TeamChartProps) {
    super(scope, id, {
      disableResourceNameHashes: true,
      labels: { [TEAM_LABEL]: team, [ESTATE_LABEL]: estate },
    });
    const metadata = (name: string) => ({ metadata: { name, namespace: team } });
    new k8s.KubeNamespace(this, 'namespace', { metadata: { name: team, labels: servingLabels() } });
    new k8s.KubeNetworkPolicy(this, 'default-deny', {
      ...metadata('default-deny'),
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
    new k8s.KubeResourceQuota(this, 'quota', {
      ...metadata('peak'),
      spec: { hard: hardLimits(peakOf(workloads)) },
    });
    new k8s.KubeLimitRange(this, 'limit-range', {
      ...metadata('defaults'),
      spec: { limits: [containerDefaults()] },
    });
    const received = shares.filter(({ receiver }) => receiver === team);
    if (received.length > 0) reader(this, team);
    received.forEach((share) => borrow(this, share));
    shares.filter(({ owner }) => owner === team).forEach((share) => lend(this, share));
  }
}

/** The region's entry is the only way in, so no Service may open another. */
function hardLimits({ milliCpu, mebibytes, pods }: Amount) {
  const memory = memoryQuantity(mebibytes);
  return quantities({
    pods: String(pods),
    'requests.cpu': cpuQuantity(milliCpu),
    'requests.memory': memory,
    'limits.memory': memory,
    'services.loadbalancers': '0',
    'services.nodeports': '0',
  });
}

/** For containers that somebody starts by hand, to look around. */
const containerDefaults = (): k8s.LimitRangeItem => ({
  type: 'Container',
  default: quantities({ memory: '256Mi' }),
  defaultRequest: quantities({ cpu: '100m', memory: '256Mi' }),
});

const quantities = (amounts: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]),
  );
