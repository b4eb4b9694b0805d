/** One object before and after, and the verdict on it. */
import { stringify } from 'yaml';
import type { TransitionRule } from '../../../review/change/immutable';
import { objectChanges } from '../../../review/change/diff';
import { judge, type Judged } from '../../../review/change/verdict';
import { facts } from './_estate-facts';

/** An object without the parts that every one has. */
export interface Shape {
  readonly metadata?: object;
  readonly spec?: object;
  readonly [field: string]: unknown;
}

/** Before and after; left out: not there on that side. */
export interface Sides {
  /** `<group>/<version>/<Kind>` or `<version>/<Kind>`; or a CloudFormation type. */
  readonly type: string;
  readonly name?: string;
  readonly before?: Shape;
  readonly after?: Shape;
  /** @default prod */
  readonly environment?: string;
  readonly rules?: readonly TransitionRule[];
}

/** The verdicts on what differs; none when both mean the same. */
export function verdicts({ environment = 'prod', rules = [], ...sides }: Sides): Judged[] {
  const path = sides.type.startsWith('AWS::')
    ? `aws/${environment}-us-east-1-part.json`
    : `kubernetes/${environment}-us-east-1/part/part.yaml`;
  const [base, head] = [sides.before, sides.after].map((shape) => new Map([[path, text(sides, shape)]]));
  const changes = objectChanges({ base: base ?? new Map(), head: head ?? new Map() }, new Set());
  return changes.map((change) => judge(change, { facts, rules, counterpart: () => undefined }));
}

/** The verdict on the one object. */
export function verdict(sides: Sides): Judged {
  const [one, ...more] = verdicts(sides);
  if (!one || more.length > 0) throw new Error(`Cannot judge ${sides.type}: ${more.length + 1} verdicts`);
  return one;
}

function text({ type, name = 'one' }: Sides, shape: Shape | undefined): string {
  if (type.startsWith('AWS::'))
    return JSON.stringify({ Resources: shape ? { [name]: { Type: type, ...shape } } : {} });
  if (!shape) return '';
  const kind = type.slice(type.lastIndexOf('/') + 1);
  const apiVersion = type.slice(0, type.lastIndexOf('/'));
  return stringify({ apiVersion, kind, ...shape, metadata: { name, ...shape.metadata } });
}

/** A managed resource with these settings. */
export const wanting = (forProvider: object, more: object = {}): Shape => ({
  spec: { forProvider, ...more },
});
