/** The definition and the composition of every claim kind, as a chart. */
import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';
import { flipPlanOf } from '../model/flip';
import type { Placement } from '../spec/placement';
import { definitions } from './apis';
import type { Manifest } from './kind';

/** What the chart is made of. */
export interface DefinitionsChartProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
}

/** What a cluster needs before claims can be applied. */
export class DefinitionsChart extends Chart {
  constructor(scope: Construct, id: string, { model, cluster }: DefinitionsChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    for (const manifest of definitions(placementOf(model, cluster)))
      new ApiObject(this, idOf(manifest), manifest);
  }
}

/** The cluster's place, with the plan of a flip where there is another region. */
function placementOf(model: EstateModel, cluster: Cluster): Placement {
  const flip = flipPlanOf(model, cluster);
  return { ...cluster.placement, ...(flip && { flip }) };
}

const idOf = ({ kind, metadata }: Manifest) => `${kind}-${metadata.name}`.toLowerCase();
