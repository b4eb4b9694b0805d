/** What AWS has in us-east-1 alone, whatever the home region is: metrics of Route 53 and of the CDN, and the bill. */
import type { App } from 'aws-cdk-lib';
import { GLOBAL_REGION } from '../../model/guardrails';
import { alarmOf } from '../guardrails/alarms/alarm';
import { alertsOf } from '../guardrails/alerts';
import { watchKey } from '../guardrails/key';
import { ClusterStack, type ClusterStackProps } from '../stack';
import { anomaliesOf, budgetsOf } from './costs';

/**
 * Its alarms tell people and nothing else: they see nothing while us-east-1 is gone, so they may trigger no flip. What
 * may trigger one is gathered by the watch in the region that does not hold the writers.
 */
export class GlobalStack extends ClusterStack {
  constructor(scope: App, props: ClusterStackProps) {
    super(scope, 'global', props, GLOBAL_REGION);
    const { model, cluster } = props;
    const name = `${cluster.environment}-${model.estate.name}-global`;
    const email = model.estate.alerts?.email;
    const topic = alertsOf(this, { name: `${name}-alerts`, key: watchKey(this, name), email }).ref;
    this.healthAlarm(name, topic);
    if (model.estate.traffic.cdn) this.cdnAlarm(name, topic);
    anomaliesOf(this, { name, estate: model.estate.name, topic });
    if (cluster.environment === 'prod') {
      budgetsOf(this, { name, budget: model.estate.budget, topic, email });
    }
  }

  /** The ids of the checks belong to the Site claim, so the alarm asks all of the account's. */
  private healthAlarm(name: string, topic: string): void {
    alarmOf(this, 'health', {
      name: `${name}-health`,
      description:
        'A health check of Route 53 fails: an entry does not answer, or the writers are not in the home region',
      topic,
      metric: { query: 'SELECT MIN(HealthCheckStatus) FROM "AWS/Route53"' },
      below: 1,
      minutes: 2,
    });
  }

  private cdnAlarm(name: string, topic: string): void {
    alarmOf(this, 'cdn', {
      name: `${name}-cdn`,
      description: 'More than 5 % of what the CDN answers are errors',
      topic,
      metric: { query: 'SELECT MAX("5xxErrorRate") FROM "AWS/CloudFront"' },
      above: 5,
      minutes: 5,
    });
  }
}
