/** Crossplane's objects are Go's maps: the order of their keys changes with each call, and the answer must not. */
import fc from 'fast-check';
import { modelOf } from '../../../model/estate';
import { flipPlanOf } from '../../../model/flip';
import { kindOf, kinds, schemaOf } from '../../../platform/apis';
import { settle } from '../../../platform/settle';
import { requestFor } from '../../../runtime/compose/ask';
import { handle } from '../../../runtime/compose/handle';
import { offersOf } from '../../../runtime/compose/offers';
import { readEstates } from '../../../scripts/estates';
import type { Claim } from '../../../spec/claims';

const offers = offersOf(kinds, schemaOf);
const models = readEstates(process.cwd()).map(modelOf);

/** A copy whose objects have their keys in an order that `random` gives. */
function shuffled<T>(value: T, random: () => number): T {
  if (Array.isArray(value)) return value.map((one) => shuffled(one, random)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const keyed = Object.entries(value).map((entry) => ({ entry, at: random() }));
  const entries = keyed.toSorted((a, b) => a.at - b.at).map(({ entry }) => entry);
  return Object.fromEntries(entries.map(([key, one]) => [key, shuffled(one, random)])) as T;
}

const cases = models.flatMap((model) =>
  model.clusters.flatMap((cluster) =>
    ([...model.claims, model.primaryRegion] as Claim[]).map((claim) => {
      const name = `${model.estate.name} ${cluster.name}: ${claim.kind} ${claim.metadata.name}`;
      return [
        name,
        { claim, placement: { ...cluster.placement, flip: flipPlanOf(model, cluster) } },
      ] as const;
    }),
  ),
);

test.each(cases)('%s', (_name, { claim, placement }) => {
  const { observed } = settle(kindOf(claim.kind), claim, placement);
  for (const seen of [{}, observed]) {
    const ask = { claim: { ...claim }, input: { ...placement }, observed: seen };
    const { response, outcome } = handle(offers, requestFor(ask));
    expect(['ready', 'waiting']).toContain(outcome);
    const again = fc.property(fc.infiniteStream(fc.nat()), (stream) => {
      const request = requestFor(shuffled(ask, () => stream.next().value));
      expect(JSON.stringify(handle(offers, request).response)).toBe(JSON.stringify(response));
    });
    fc.assert(again, { numRuns: 5 });
  }
});
