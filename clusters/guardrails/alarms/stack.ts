/** The alarms of a cluster's region, on what AWS alone measures; what pods measure is alarmed in the cluster. */
import { type App, Fn } from 'aws-cdk-lib';
import { farClusters } from '../../../model/far';
import { LOAD_BALANCER_PARAMETER } from '../../../model/outputs';
import { parameterOf } from '../../_parts';
import { ClusterStack, type ClusterStackProps } from '../../stack';
import type { GuardrailsStack } from '../stack';
import { alarmOf } from './alarm';
import { lagAlarms, tellTableLag } from './lag';
import { shieldOf } from './shield';

/** What the stack is made of. */
export interface AlarmsStackProps extends ClusterStackProps {
  readonly guardrails: GuardrailsStack;
}

/** Errors of the load balancer in a minute that no service answered for. */
const ERRORS = 50;

/** Lag of what is copied here, and errors at the entry. */
export class AlarmsStack extends ClusterStack {
  constructor(scope: App, props: AlarmsStackProps) {
    super(scope, 'alarms', props);
    const { model, cluster, guardrails } = props;
    const topic = guardrails.topic.ref;
    lagAlarms(this, { model, cluster, topic });
    if (farClusters(model, cluster).length > 0) tellTableLag(this, { cluster, topic });
    const loadBalancer = parameterOf(
      this,
      LOAD_BALANCER_PARAMETER,
      'Load balancer of the region, from the stack entry',
    );
    this.entryAlarms(loadBalancer, topic);
    if (model.estate.guardrails.shield) shieldOf(this, this.named('entry'), loadBalancer);
  }

  /** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html (2026-11) */
  private entryAlarms(loadBalancer: string, topic: string): void {
    const dimensions = { LoadBalancer: Fn.select(1, Fn.split(':loadbalancer/', loadBalancer)) };
    const metrics = {
      HTTPCode_ELB_5XX_Count: 'The load balancer answers in place of the services',
      HTTPCode_Target_5XX_Count: 'Services answer with errors',
    };
    for (const [metricName, what] of Object.entries(metrics)) {
      const id = metricName.includes('ELB') ? 'entry-errors' : 'service-errors';
      alarmOf(this, id, {
        name: this.named(id),
        description: `${what}: more than ${ERRORS} times a minute`,
        topic,
        metric: { namespace: 'AWS/ApplicationELB', metricName, dimensions, statistic: 'Sum' },
        above: ERRORS,
        minutes: 3,
      });
    }
  }
}
