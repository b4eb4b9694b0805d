/** What every claim has in common: the namespaced composite resource that a team commits. */
import * as z from 'zod';
import { label, teamName } from '../scalars';

/** Group and version of every claim kind. */
export const API_GROUP = 'platform.flipside.dev';
export const API_VERSION = `${API_GROUP}/v1`;

const name = label(30, 'Name of the claim, unique in its estate');

const metadata = z.strictObject({
  name,
  namespace: teamName,
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** A rule that the API server evaluates; `oldSelf` makes it a rule about changes. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
}

/** Attaches CEL rules; they travel through the JSON Schema into the XRD. */
export const cel = (...rules: CelRule[]) => ({ 'x-kubernetes-validations': rules });

/** A field that cannot change once set. */
export const immutable = (field: string) =>
  cel({ rule: 'self == oldSelf', message: `${field} cannot change` });

/** The schema of a whole claim file, from the schema of its spec. */
export const claimSchema = <Kind extends string, Spec extends z.ZodType>(kind: Kind, spec: Spec) =>
  z
    .strictObject({ apiVersion: z.literal(API_VERSION), kind: z.literal(kind), metadata, spec })
    .meta({ title: kind });

/** Metadata of a claim: its name and its team. */
export type ClaimMetadata = z.output<typeof metadata>;

/** The namespace of what belongs to the platform rather than to a team. */
export const SYSTEM_NAMESPACE = 'flipside-system';

/** The schema of the regional claim's file: its namespace is the platform's own. */
export const systemClaimSchema = <Kind extends string, Spec extends z.ZodType>(kind: Kind, spec: Spec) =>
  claimSchema(kind, spec).extend({ metadata: metadata.extend({ namespace: z.literal(SYSTEM_NAMESPACE) }) });

/** A claim of any kind, its spec already valid and defaulted. */
export interface Claim<Spec = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ClaimMetadata;
  readonly spec: Spec;
}
