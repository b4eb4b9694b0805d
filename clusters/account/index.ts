/** What exists once in an account, or once in all of them. */
import type { App } from 'aws-cdk-lib';
import type { EstateModel } from '../../model/estate';
import type { ClusterStack } from '../stack';
import { CentralLogsStack } from './central-logs';
import { GlobalStack } from './global';
import { OrganizationStack } from './organization';
import { PipelineStack } from './pipeline';
import { SwitchStack } from './region-switch/function';
import { SwitchPlanStack } from './region-switch/plan';
import { ZoneStack } from './zone';

/** The stacks of every account, from the home region of its environment; then those of the organization. */
export const accountStacks = (app: App, model: EstateModel): ClusterStack[] => [
  ...model.clusters
    .filter(({ position }) => position === 'home')
    .flatMap((cluster) => {
      const { pipeline } = model.estate;
      const props = { model, cluster };
      return [
        new ZoneStack(app, props),
        new GlobalStack(app, props),
        ...(pipeline ? [new PipelineStack(app, { ...props, pipeline })] : []),
      ];
    }),
  ...switchStacks(app, model),
  ...organizationStacks(app, model),
];

function organizationStacks(app: App, model: EstateModel): ClusterStack[] {
  const { organization } = model.estate;
  if (!organization) return [];
  const prod = model.clusters.filter(({ environment }) => environment === 'prod');
  return prod.flatMap((cluster) => [
    ...(cluster.position === 'home' ? [new OrganizationStack(app, { model, cluster, organization })] : []),
    new CentralLogsStack(app, { model, cluster, organization }),
  ]);
}

function switchStacks(app: App, model: EstateModel): ClusterStack[] {
  if (!model.estate.guardrails.regionSwitch) return [];
  const prod = model.clusters.filter(({ environment }) => environment === 'prod');
  return prod.flatMap((cluster) => [
    new SwitchStack(app, { model, cluster }),
    ...(cluster.position === 'home' ? [new SwitchPlanStack(app, { model, cluster })] : []),
  ]);
}
