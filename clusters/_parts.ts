/** What the stacks have in common: outputs, parameters, names, tags, and accepted findings. */
import { CfnOutput, CfnParameter, type CfnTag, type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ZONE_OUTPUT } from '../model/outputs';

/** Writes outputs under exactly these names: they are what `model/outputs.ts` reads. */
export function publish(stack: Stack, outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    new CfnOutput(stack, `output-${name}`, { value }).overrideLogicalId(name);
  }
}

/** A parameter that a bootstrap fills in from another region's outputs. */
export function parameterOf(stack: Stack, name: string, description: string, type = 'String'): string {
  const parameter = new CfnParameter(stack, `parameter-${name}`, { type, description });
  parameter.overrideLogicalId(name);
  return parameter.valueAsString;
}

/** The id of the environment's hosted zone, which is delegated before. */
export const zoneParameter = (stack: Stack): string =>
  parameterOf(stack, ZONE_OUTPUT, 'Hosted zone of the environment', 'AWS::Route53::HostedZone::Id');

/** The tag that consoles show as a name. */
export const nameTag = (value: string): CfnTag[] => [{ key: 'Name', value }];

/** Accepts findings of cdk-nag on one resource, with the reason. */
export function accept(resource: IConstruct, reason: string, ...ids: readonly string[]): void {
  for (const id of ids) Validations.of(resource).acknowledge({ id, reason });
}
