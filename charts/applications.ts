/** The applications of workloads that a cluster receives, by name and place in the order. */
import type { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';
import { sharesOf } from '../model/sharing';
import type { Wave } from '../model/waves';
import { type Workload, workloadsOf } from '../model/workload';
import { NodesChart, type NodesChartProps } from './nodes';
import { ServiceChart, type ServiceChartProps } from './service';
import { TeamChart, type TeamChartProps } from './team';

/** One application: a chart in an App of its own. */
export interface ChartApplication {
  readonly name: string;
  readonly wave: Wave;
  /** Team that asked for it. @default the platform's own */
  readonly team?: string;
  readonly chart: (scope: App) => Chart;
}

/** The chart of one service, under the service's name. */
export const serviceChart = (scope: Construct, props: ServiceChartProps): ServiceChart =>
  new ServiceChart(scope, props.workload.service.name, props);

/** The chart of one team's namespace, under `team-<team>`. */
export const teamChart = (scope: Construct, props: TeamChartProps): TeamChart =>
  new TeamChart(scope, `team-${props.team}`, props);

/** The chart of a cluster's nodes, under `nodes`. */
export const nodesChart = (scope: Construct, props: NodesChartProps): NodesChart =>
  new NodesChart(scope, 'nodes', props);

/** Nodes, then the teams, then the services. */
export function applications(model: EstateModel, cluster: Cluster): ChartApplication[] {
  const workloads = workloadsOf(model, cluster);
  const estate = model.estate.name;
  const shares = sharesOf(model.claims);
  return [
    { name: 'nodes', wave: 'nodes', chart: (scope) => nodesChart(scope, { model, cluster, workloads }) },
    ...model.teams.map((team): ChartApplication => {
      const own = workloads.filter(({ service }) => service.team === team);
      return {
        name: `team-${team}`,
        wave: 'teams',
        chart: (scope) => teamChart(scope, { estate, team, workloads: own, shares }),
      };
    }),
    ...workloads.map((workload) => serviceApplication(model, cluster, workload)),
  ];
}

const serviceApplication = (model: EstateModel, cluster: Cluster, workload: Workload): ChartApplication => ({
  name: workload.service.name,
  wave: 'services',
  team: workload.service.team,
  chart: (scope) => serviceChart(scope, { model, cluster, workload }),
});
