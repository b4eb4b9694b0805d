/** Crossplane's answer: what earlier steps of the pipeline wanted stays, what the claim becomes is put over it. */
import type {
  Resource,
  RunFunctionRequest,
  RunFunctionResponse,
} from '@crossplane-org/function-sdk-typescript';
import type { Composed, Composition, Condition } from '../../platform/kind';
import { READY, SEVERITY, STATUS, TARGET, TTL_SECONDS } from './protocol';

/** The answer that changes nothing: what was desired before, no result. */
function unchanged({ meta, desired, context }: RunFunctionRequest): RunFunctionResponse {
  return {
    meta: { tag: meta?.tag ?? '', ttl: { seconds: TTL_SECONDS, nanos: 0 } },
    desired: desired ?? { composite: undefined, resources: {} },
    results: [],
    context,
    requirements: undefined,
    conditions: [],
  };
}

/** Ends the pipeline with a message for the claim's owner: what is already composed stays as it is. */
export const fatal = (request: RunFunctionRequest, message: string): RunFunctionResponse => ({
  ...unchanged(request),
  results: [{ severity: SEVERITY.fatal, message, target: TARGET.composite }],
});

/** What the claim becomes. */
export function composed(
  request: RunFunctionRequest,
  { resources, status, conditions }: Composition,
): RunFunctionResponse {
  const base = unchanged(request);
  const own = Object.entries(resources).map(([key, one]) => [key, resourceOf(one)] as const);
  return {
    ...base,
    desired: {
      composite: compositeOf(request, status),
      resources: { ...base.desired?.resources, ...Object.fromEntries(own) },
    },
    results: waiting(status.reason),
    conditions: conditions.map(conditionOf),
  };
}

const resourceOf = ({ manifest, ready }: Composed): Resource => ({
  resource: plain(manifest),
  connectionDetails: {},
  ready: ready ? READY.yes : READY.no,
});

/**
 * Status alone: Crossplane applies this object as it is, and spec and metadata belong to the claim's owner.
 *
 * A claim that waits is not ready, even when everything composed so far is.
 */
function compositeOf({ desired }: RunFunctionRequest, status: Composition['status']): Resource {
  const before = desired?.composite;
  return {
    resource: { ...before?.resource, status: { ...before?.resource?.['status'], ...plain(status) } },
    connectionDetails: before?.connectionDetails ?? {},
    ready: status.reason === '' ? (before?.ready ?? READY.unspecified) : READY.no,
  };
}

const waiting = (reason: string) =>
  reason === ''
    ? []
    : [{ severity: SEVERITY.normal, message: reason, reason: 'Waiting', target: TARGET.composite }];

const conditionOf = ({ type, status, reason, message }: Condition) => ({
  type,
  status: STATUS[status],
  reason,
  target: TARGET.composite,
  ...(message !== undefined && { message }),
});

/** JSON knows no undefined; the protocol would send it as null, which the API server takes as a value. */
const plain = (value: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
