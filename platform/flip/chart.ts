/** The programs of the flip in one cluster: who they are, what they may do, and the two that always run. */
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { TargetGroupBinding } from '../../imports/eks-auto-mode';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { ESTATE_LABEL } from '../../model/labels';
import { factsOf } from '../../model/place';
import { SYSTEM_NAMESPACE } from '../../spec/claims';
import type { FlipPlan } from '../../spec/flip';
import { accessObjects } from './access';
import { beaconDeployment, beaconDisruptionBudget, beaconService, beaconTargetGroupBinding } from './beacon';
import { namespace } from './namespace';
import { onCallObjects } from './on-call';
import { networkPolicies } from './network-policies';
import { watchDeployment } from './watch';

/** What the chart is made of. */
export interface FlipChartProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  /** What a flip in this cluster's region moves. */
  readonly plan: FlipPlan;
}

const CLUSTER_WIDE: ReadonlySet<string> = new Set([
  'Namespace',
  'ClusterRole',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
]);

/** The namespace `flipside-system` with everything in it that is not composed from the regional claim. */
export class FlipChart extends Chart {
  constructor(scope: Construct, id: string, { model, cluster, plan }: FlipChartProps) {
    super(scope, id, {
      disableResourceNameHashes: true,
      namespace: SYSTEM_NAMESPACE,
      labels: { [ESTATE_LABEL]: plan.estate },
    });
    const { automatic } = model.primaryRegion.spec.trigger;
    const objects = {
      namespace,
      ...accessObjects(plan, automatic),
      ...onCallObjects({ estate: plan.estate, teams: model.teams }),
      ...networkPolicies(model, cluster, automatic),
      'beacon-service': beaconService,
      beacon: beaconDeployment(cluster, plan),
      'beacon-disruption-budget': beaconDisruptionBudget,
      ...(automatic && { watch: watchDeployment(cluster, plan) }),
    };
    for (const [name, object] of Object.entries(objects)) {
      const made = new ApiObject(this, name, object);
      // cdk8s puts the chart's namespace on everything, but these stand in none.
      if (CLUSTER_WIDE.has(object.kind)) made.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
    const targetGroup = factsOf(cluster).targetGroups['beacon'];
    // Without one the estate is reported as incomplete: see missingBeaconFacts.
    if (targetGroup) new TargetGroupBinding(this, 'beacon-binding', beaconTargetGroupBinding(targetGroup));
  }
}
