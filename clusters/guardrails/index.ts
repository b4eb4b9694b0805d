/** What watches over each cluster's region, keeps copies of what is in it, and rotates its secrets. */
import type { App } from 'aws-cdk-lib';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { farClusters } from '../../model/far';
import type { ClusterStack } from '../stack';
import { AlarmsStack } from './alarms/stack';
import { BackupStack } from './backup/stack';
import { CanariesStack } from './canaries/stack';
import { RotationStack } from './rotation/stack';
import { SearchStack } from './search/stack';
import { GuardrailsStack } from './stack';

/** The guardrails of every cluster's region. */
export const guardrailStacks = (app: App, model: EstateModel): ClusterStack[] =>
  model.clusters.flatMap((cluster) => stacksOf(app, model, cluster));

function stacksOf(app: App, model: EstateModel, cluster: Cluster): ClusterStack[] {
  const props = { model, cluster };
  const guardrails = new GuardrailsStack(app, props);
  const watched = { ...props, guardrails };
  return [
    guardrails,
    new BackupStack(app, watched),
    new AlarmsStack(app, watched),
    new SearchStack(app, watched),
    new RotationStack(app, props),
    ...tests(app, model, cluster, guardrails),
  ];
}

/** Each region is tested from the other one, except one whose services are off until a flip. */
function tests(app: App, model: EstateModel, cluster: Cluster, guardrails: GuardrailsStack): ClusterStack[] {
  return farClusters(model, cluster)
    .filter(({ position }) => position === 'home' || model.estate.pattern !== 'pilot-light')
    .map((tested) => new CanariesStack(app, { model, cluster, guardrails, tested }));
}
