/** What watches over a cluster's region: alerts, audit, Config, findings, repairs. */
import type { App } from 'aws-cdk-lib';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { farClusters } from '../../model/far';
import { alertsTopic, auditBucketName, auditKey } from '../../model/guardrails';
import { ClusterStack, type ClusterStackProps } from '../stack';
import { alertsOf } from './alerts';
import { auditBucket, trailOf } from './audit';
import { configOf } from './config';
import { aggregatorOf, analyzerOf, detectorOf, gathers, hubOf, tellFindings } from './findings';
import { watchKey } from './key';
import { remediationOf } from './remediation';

/** Each region has all of it; the trail alone exists once in an account. */
export class GuardrailsStack extends ClusterStack {
  /** Key of alerts and audit logs. */
  readonly key: CfnKey;
  /** Topic of the region. */
  readonly topic: CfnTopic;

  constructor(scope: App, props: ClusterStackProps) {
    super(scope, 'guardrails', props);
    const { model, cluster } = props;
    this.key = watchKey(this, this.named('watch'));
    this.topic = alertsOf(this, {
      name: alertsTopic(cluster),
      key: this.key,
      email: model.estate.alerts?.email,
    });
    this.audit();
    detectorOf(this);
    const hub = hubOf(this, model);
    if (gathers(model, cluster)) aggregatorOf(this, hub, model, cluster);
    analyzerOf(this, this.named('access'));
    tellFindings(this, this.named('findings'), this.topic.ref);
    remediationOf(this, { name: cluster.name, enabled: model.estate.guardrails.remediation });
  }

  /** Into the organization's log account where there is one. */
  private audit(): void {
    const { model, cluster } = this.props;
    const { organization } = model.estate;
    const bucket = auditBucketName(model.estate, cluster);
    const own = organization ? undefined : auditBucket(this, bucket, this.key);
    const recorder = configOf(this, {
      bucket,
      key: organization ? anyKey(cluster.region, organization.logAccount) : this.key.attrArn,
      global: cluster.position === 'home',
      name: cluster.name,
    });
    if (own) recorder.addResourceDependency(own.policy);
    if (cluster.position !== 'home') return;
    const regions = [cluster, ...farClusters(model, cluster)];
    const trail = trailOf(this, {
      name: `${cluster.environment}-${model.estate.name}`,
      bucket,
      key: own ? this.key.attrArn : auditKey(model.estate, cluster),
      buckets: [`arn:aws:s3:::${cluster.environment}-`],
      tables: regions.map(
        ({ region, account }) => `arn:aws:dynamodb:${region}:${account}:table/${cluster.environment}-`,
      ),
    });
    if (own) trail.addResourceDependency(own.policy);
  }
}

/** Config cannot name a key of another account by its alias; that key's own policy says who may use it. */
const anyKey = (region: string, account: string) => `arn:aws:kms:${region}:${account}:key/*`;
