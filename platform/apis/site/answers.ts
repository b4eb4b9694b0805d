/** What AWS has answered about the resources that a site is already composed of. */
import { atProvider, EXTERNAL_NAME } from '../../managed';
import type { Manifest, Observed } from '../../kind';

/** A managed resource, or what it waits for: an id or an address that AWS has not given yet. */
export type Spelled = Manifest | string;

/** The text that AWS gave for `field` of the resource under `key`. */
export type Answers = (key: string, field: string) => string | undefined;

/** Reads the observed resources. An id is also kept in the external name, which outlives a lost status. */
export const answersOf =
  (observed: Observed): Answers =>
  (key, field) => {
    const answer = atProvider(observed[key])[field];
    if (typeof answer === 'string' && answer !== '') return answer;
    return field === 'id' ? observed[key]?.metadata.annotations?.[EXTERNAL_NAME] : undefined;
  };

/**
 * The resource as it stands already. What waits for an answer again, because a dependency is being replaced or its
 * status was lost, must stay in the composition: Crossplane deletes what is no longer composed.
 */
export function kept(observed: Manifest | undefined): Manifest | undefined {
  if (!observed) return undefined;
  const externalName = observed.metadata.annotations?.[EXTERNAL_NAME];
  return {
    apiVersion: observed.apiVersion,
    kind: observed.kind,
    metadata: externalName ? { annotations: { [EXTERNAL_NAME]: externalName } } : {},
    spec: observed.spec,
  };
}
