/** A plan of ARC Region switch: one more way for a person to start the same flip. Decision 0013 says why it does no more. */
import type { App } from 'aws-cdk-lib';
import { CfnPlan } from 'aws-cdk-lib/aws-arcregionswitch';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Cluster } from '../../../model/clusters';
import { farClusters } from '../../../model/far';
import { GLOBAL_REGION } from '../../../model/guardrails';
import { documentOf } from '../../_policies';
import { trustsOwn } from '../../guardrails/_trust';
import { ClusterStack, type ClusterStackProps } from '../../stack';
import { MODES, switchName } from './function';

/** Until a step is tried again, and until it gives up, in minutes. */
const RETRY = 5;
const TIMEOUT = 30;

const functionArn = (cluster: Cluster, mode: (typeof MODES)[number]) =>
  `arn:aws:lambda:${cluster.region}:${cluster.account}:function:${switchName(cluster, mode)}`;

/** Plans are edited in us-east-1 and run from the region that takes over. It has no trigger: a person starts it. */
export class SwitchPlanStack extends ClusterStack {
  constructor(scope: App, props: ClusterStackProps) {
    super(scope, 'switch-plan', props, GLOBAL_REGION);
    const { model, cluster } = props;
    const clusters = [cluster, ...farClusters(model, cluster)];
    const regions = clusters.map(({ region }) => region);
    const name = `${cluster.environment}-${model.estate.name}`;
    new CfnPlan(this, 'plan', {
      name,
      description: `Flips ${model.estate.name} by its regional claim`,
      recoveryApproach: 'activePassive',
      primaryRegion: cluster.region,
      regions,
      recoveryTimeObjectiveMinutes: Math.ceil(model.estate.objectives.rto / 60),
      executionRole: this.role(clusters).attrArn,
      workflows: regions.map((region) => ({
        workflowTargetAction: 'activate',
        workflowTargetRegion: region,
        workflowDescription: `Moves the writers to ${region}`,
        steps: MODES.map((mode) => stepOf(mode, clusters)),
      })),
      tags: { 'flipside.dev/estate': model.estate.name, 'flipside.dev/owner': 'platform' },
    });
  }

  private role(clusters: readonly Cluster[]): CfnRole {
    return new CfnRole(this, 'role', {
      assumeRolePolicyDocument: trustsOwn(this, 'arc-region-switch.amazonaws.com'),
      policies: [
        {
          policyName: 'call',
          policyDocument: documentOf({
            Effect: 'Allow',
            Action: ['lambda:GetFunction', 'lambda:InvokeFunction'],
            Resource: clusters.flatMap((one) => MODES.map((mode) => functionArn(one, mode))),
          }),
        },
      ],
    });
  }
}

/**
 * A graceful execution plans the flip; the second step then finds it done. An ungraceful one skips the first step, so the
 * second flips without asking the other region.
 */
const stepOf = (mode: (typeof MODES)[number], clusters: readonly Cluster[]): CfnPlan.StepProperty => ({
  name: mode,
  description:
    mode === 'Planned' ? 'Flips without loss; left out when ungraceful' : 'Flips, if the step before did not',
  executionBlockType: 'CustomActionLambda',
  executionBlockConfiguration: {
    customActionLambdaConfig: {
      lambdas: clusters.map((cluster) => ({ arn: functionArn(cluster, mode) })),
      regionToRun: 'activatingRegion',
      retryIntervalMinutes: RETRY,
      timeoutMinutes: TIMEOUT,
      ...(mode === 'Planned' && { ungraceful: { behavior: 'skip' } }),
    },
  },
});
