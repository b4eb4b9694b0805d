/** A stack of one cluster's region: its name, its account and region, its tags, its zones. */
import { type App, Stack, Tags } from 'aws-cdk-lib';
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';

/** What every stack is built from. */
export interface ClusterStackProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
}

/** `<estate>-<cluster>-<part>`; the template is `dist/<estate>/aws/<cluster>-<part>.json`. */
export abstract class ClusterStack extends Stack {
  constructor(
    scope: App,
    /** What the stack holds, for example `network`. */
    readonly part: string,
    protected readonly props: ClusterStackProps,
    /** Only where AWS has a thing in one region alone, for example metrics of Route 53. */
    region: string = props.cluster.region,
  ) {
    const { model, cluster } = props;
    super(scope, `${cluster.name}-${part}`, {
      stackName: `${model.estate.name}-${cluster.name}-${part}`,
      env: { account: cluster.account, region },
      terminationProtection: cluster.environment === 'prod',
    });
    Tags.of(this).add('flipside.dev/estate', model.estate.name);
    Tags.of(this).add('flipside.dev/environment', cluster.environment);
    Tags.of(this).add('flipside.dev/owner', 'platform');
  }

  /** The estate names its zones: synth asks nobody. */
  override get availabilityZones(): string[] {
    return [...this.props.cluster.zones];
  }
}
