/** A stack of one cluster's region: its name, its account and region, its tags, its zones. */
import { type App, DefaultStackSynthesizer, Stack, Tags } from 'aws-cdk-lib';
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
    readonly props: ClusterStackProps,
    /** Only where AWS has a thing in one region alone, for example metrics of Route 53. */
    region: string = props.cluster.region,
  ) {
    const { model, cluster } = props;
    const stackName = `${model.estate.name}-${cluster.name}-${part}`;
    super(scope, stackName, {
      stackName,
      description: `Flipside: ${part} of ${cluster.name}, estate ${model.estate.name}`,
      env: { account: cluster.account, region },
      terminationProtection: cluster.environment === 'prod',
      // A template says what it makes, and nothing about the tool that deploys it.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    Tags.of(this).add('flipside.dev/estate', model.estate.name);
    Tags.of(this).add('flipside.dev/environment', cluster.environment);
    Tags.of(this).add('flipside.dev/owner', 'platform');
  }

  /** The estate names its zones: synth asks nobody. */
  override get availabilityZones(): string[] {
    return [...this.props.cluster.zones];
  }

  /** `<environment>-<region>-<suffix>`: the name of a thing that exists once in a region. */
  named(suffix: string): string {
    return `${this.props.cluster.name}-${suffix}`;
  }
}
