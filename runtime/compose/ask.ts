/** A request as Crossplane sends it: for tests, the benchmark and the simulation. */
import type { Resource, RunFunctionRequest } from '@crossplane-org/function-sdk-typescript';
import type { Composed, Manifest, Observed } from '../../platform/kind';
import { READY } from './protocol';

/** What Crossplane asks. */
export interface Ask {
  readonly claim: object;
  /** The pipeline input: a placement. */
  readonly input?: object;
  readonly observed?: Observed;
  /** What earlier steps of the pipeline want. */
  readonly prior?: Readonly<Record<string, Composed>>;
  readonly context?: object;
  readonly tag?: string;
}

/** The whole message. */
export function requestFor({
  claim,
  input,
  observed = {},
  prior,
  context,
  tag = 'tag',
}: Ask): RunFunctionRequest {
  return {
    meta: { tag, capabilities: [] },
    observed: { composite: wrapped(claim), resources: mapped(observed, (manifest) => wrapped(manifest)) },
    desired: prior && {
      composite: undefined,
      resources: mapped(prior, ({ manifest, ready }) => wrapped(manifest, ready ? READY.yes : READY.no)),
    },
    input,
    context,
    extraResources: {},
    credentials: {},
    requiredResources: {},
    requiredSchemas: {},
  };
}

const wrapped = (resource: Manifest | object, ready: Resource['ready'] = READY.unspecified): Resource => ({
  resource,
  connectionDetails: {},
  ready,
});

const mapped = <From, To>(from: Readonly<Record<string, From>>, to: (one: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(from).map(([key, one]) => [key, to(one)]));
