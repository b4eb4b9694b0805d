/** Tests of the other region, from outside it: a region that is gone cannot say so itself. */
import type { App } from 'aws-cdk-lib';
import type { Cluster } from '../../../model/clusters';
import { published, rootService } from '../../../model/entry';
import type { EstateModel } from '../../../model/estate';
import { LOG_CLASSES } from '../../../model/guardrails';
import { nameFor } from '../../../model/names';
import { entryHost, zoneName } from '../../../model/site-hosts';
import { ClusterStack, type ClusterStackProps } from '../../stack';
import { privateBucket } from '../../_bucket';
import { alarmOf } from '../alarms/alarm';
import type { GuardrailsStack } from '../stack';
import { canaryOf, canaryRole } from './canary';
import { API_SCRIPT, UI_SCRIPT } from './scripts';

/** What the stack is made of. */
export interface CanariesStackProps extends ClusterStackProps {
  readonly guardrails: GuardrailsStack;
  /** The cluster whose region is tested. */
  readonly tested: Cluster;
}

/** Share of a canary's runs that must pass, in percent. */
const PASSED = 90;

/** An API canary and a UI canary, both of the other region's entry; people are told, nothing flips. */
export class CanariesStack extends ClusterStack {
  constructor(scope: App, props: CanariesStackProps) {
    super(scope, 'canaries', props);
    const { model, cluster, guardrails, tested } = props;
    const { bucket } = privateBucket(this, 'artifacts', {
      name: nameFor('s3', [cluster.name, model.estate.name, 'canaries', cluster.account]),
      key: guardrails.key.attrArn,
      days: LOG_CLASSES.security,
      unlogged: 'Nobody reads pictures of a public page without IAM, and the trail has that',
    });
    const role = canaryRole(this, bucket, guardrails.key.attrArn);
    const zone = zoneName(cluster.environment, model.estate.domain);
    const host = entryHost(tested.region, zone);
    const common = { bucket, role, host, key: guardrails.key.attrArn };
    const path = model.estate.traffic.healthCheck.path;
    this.watch('api', { ...common, path, script: API_SCRIPT, every: 'rate(1 minute)' });
    this.watch('ui', { ...common, path: pageOf(model), script: UI_SCRIPT, every: 'rate(5 minutes)' });
  }

  private watch(kind: 'api' | 'ui', canary: Omit<Parameters<typeof canaryOf>[2], 'name'>): void {
    const { guardrails, tested } = this.props as CanariesStackProps;
    const { ref } = canaryOf(this, kind, { ...canary, name: this.named(kind) });
    alarmOf(this, kind, {
      name: this.named(`canary-${kind}`),
      description: `${tested.region} fails its ${kind} test, asked from ${this.region}`,
      topic: guardrails.topic.ref,
      metric: {
        namespace: 'CloudWatchSynthetics',
        metricName: 'SuccessPercent',
        dimensions: { CanaryName: ref },
        statistic: 'Average',
      },
      below: PASSED,
      minutes: kind === 'api' ? 3 : 15,
    });
  }
}

/** The page that a user would open. */
const pageOf = (model: EstateModel): string =>
  rootService(model) ? '/' : (published(model)[0]?.paths[0] ?? model.estate.traffic.healthCheck.path);
