/** An Argo CD application of the platform: a chart in an App of its own. */
import type { App, Chart } from 'cdk8s';
import type { Wave } from '../model/waves';

/** One application, by name and place in the order. */
export interface PlatformApplication {
  readonly name: string;
  readonly wave: Wave;
  readonly chart: (scope: App) => Chart;
}
