/** The applications with which a cluster offers the platform, by name and place in the order. */
import type { App, Chart } from 'cdk8s';
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';
import { kinds } from './apis';
import type { PlatformApplication } from './application';
import { CrossplaneChart } from './crossplane';
import { DefinitionsChart } from './definitions';
import { flipApplications } from './flip';
import { FunctionChart } from './function';

/** Crossplane's settings, the function, the claim kinds, and the programs of the flip. */
export function applications(model: EstateModel, cluster: Cluster): PlatformApplication[] {
  const { teams } = model;
  return [
    platform('crossplane', (scope) => new CrossplaneChart(scope, 'crossplane', { cluster, kinds, teams })),
    platform('function', (scope) => new FunctionChart(scope, 'function', { cluster })),
    platform('apis', (scope) => new DefinitionsChart(scope, 'apis', { model, cluster })),
    ...flipApplications(model, cluster),
  ];
}

const platform = (name: string, chart: (scope: App) => Chart): PlatformApplication => ({
  name,
  wave: 'platform',
  chart,
});

export { missingBeaconFacts } from './flip';
