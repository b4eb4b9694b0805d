/** What is known of fields that cannot be changed in place: data from `imports/`, given in by who reads files. */

/** The fields of one type, as paths without list indexes: below `spec.forProvider` or below `Properties`. */
export interface Replacement {
  /** A new value needs a new resource. */
  readonly always: readonly string[];
  /** Some new values do. */
  readonly sometimes: readonly string[];
  /** Keep their value when they are left out. */
  readonly computed: readonly string[];
}

/** One generated file. */
export interface ReplacementFacts {
  /** Package and version that they were read from. */
  readonly source: string;
  /** By `<group>/<Kind>`, or by CloudFormation type. */
  readonly types: Readonly<Record<string, Replacement>>;
}

/** Everything that a verdict rests on beside the rules of this folder. */
export interface ChangeFacts {
  /** Of the AWS provider: `imports/force-new.json`. */
  readonly provider: ReplacementFacts;
  /** `imports/cloudformation-replacement.json` */
  readonly cloudFormation: ReplacementFacts;
}
