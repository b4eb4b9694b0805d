/** What the benchmark asks the function: the smallest real composition, and one as large as a team could write. */
import type { RunFunctionRequest } from '@crossplane-org/function-sdk-typescript';
import { type EstateModel, modelOf } from '../../model/estate';
import { kindOf } from '../../platform/apis';
import type { Composed, Observed } from '../../platform/kind';
import { settle } from '../../platform/settle';
import { requestFor } from '../../runtime/compose/ask';
import type { Claim } from '../../spec/claims';
import type { Placement } from '../../spec/placement';
import { readEstates } from '../estates';

/** A request and what it stands for. */
export interface Asked {
  readonly what: string;
  readonly request: RunFunctionRequest;
  /** Milliseconds at the 99th percentile. */
  readonly limit?: number;
}

/** Resources of the large request. No kind of ours composes as many: earlier steps of a pipeline would. */
const MANY = 200;

/** The first claim of the estate as a new cluster sees it: the fewest resources exist. */
export function smallRequest(root: string): Asked {
  const { claim, placement } = firstClaim(root);
  const { resources } = kindOf(claim.kind).compose(claim, {}, placement);
  const count = Object.keys(resources).length;
  return {
    what: `new ${claim.kind}, ${count} resource${count === 1 ? '' : 's'}`,
    request: requestFor({ claim, input: placement }),
    limit: 10,
  };
}

/** The same claim settled, and beside it copies of its resources under other keys, wanted by an earlier step. */
export function largeRequest(root: string): Asked {
  const { claim, placement } = firstClaim(root);
  const { composition, observed } = settle(kindOf(claim.kind), claim, placement);
  const own = Object.entries(composition.resources);
  const copies = Array.from(
    { length: MANY - own.length },
    (_, i) => own[i % own.length] as (typeof own)[number],
  );
  const prior: Record<string, Composed> = Object.fromEntries(copies.map(([, one], i) => [`prior-${i}`, one]));
  const seen: Observed = Object.fromEntries(
    copies.map(([key, { manifest }], i) => [`prior-${i}`, observed[key] ?? manifest]),
  );
  return {
    what: `settled ${claim.kind}, ${MANY} resources`,
    request: requestFor({ claim, input: placement, prior, observed: { ...observed, ...seen } }),
  };
}

function firstClaim(root: string): { claim: Claim; placement: Placement } {
  const [model] = readEstates(root, 'storefront').map(modelOf);
  const [cluster, claim] = [model?.clusters[0], databaseOf(model)];
  if (!cluster || !claim) throw new Error('Cannot measure the function: storefront has no database');
  return { claim, placement: cluster.placement };
}

const databaseOf = (model?: EstateModel) => model?.claims.find(({ kind }) => kind === 'PostgresDatabase');
