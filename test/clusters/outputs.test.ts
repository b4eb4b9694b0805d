/** The table of outputs and parameters is what the templates hold. */
import { factsSchema } from '../../spec/facts';
import { factOutputs, GLOBAL_DATASTORE_PREFIX, stackParameters } from '../../model/outputs';
import { estateOf, everyCluster, PARTS } from './_templates';

const outputsOf = (estate: string, cluster: string, part: string) =>
  estateOf(estate).templates.get(`aws/${cluster}-${part}.json`)?.Outputs ?? {};

const parametersIn = (estate: string, cluster: string, part: string) =>
  estateOf(estate).templates.get(`aws/${cluster}-${part}.json`)?.Parameters ?? {};

/** Stacks that have a test folder of their own may be left out of a run; those of this folder never are. */
const isThere = (estate: string, { cluster, part }: { cluster: string; part: string }) =>
  PARTS.includes(part) || estateOf(estate).templates.has(`aws/${cluster}-${part}.json`);

test('every fact that a stack gives is an output of that stack', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    const missing = factOutputs(model, cluster)
      .filter((row) => isThere(estate, row))
      .filter((row) => !(row.output in outputsOf(estate, row.cluster, row.part)));
    expect(missing).toEqual([]);
  }
});

test('together with what no stack can tell they are a whole facts file', () => {
  const told = new Set(
    everyCluster().flatMap(({ cluster, model }) => factOutputs(model, cluster).map(({ fact }) => fact[0])),
  );
  const untold = Object.keys(factsSchema.shape).filter((field) => !told.has(field));
  expect(untold).toEqual(['placeholder', 'account', 'region', 'elasticache']);
});

test('every parameter of a template is filled in from an output, and the other way round', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    const rows = stackParameters(model, cluster).filter((row) => isThere(estate, row));
    const parts = [...new Set([...PARTS, ...rows.map(({ part }) => part)])];
    const there = parts.flatMap((part) =>
      Object.keys(parametersIn(estate, cluster.name, part)).map((name) => `${part}.${name}`),
    );
    expect(there.toSorted()).toEqual(rows.map(({ part, parameter }) => `${part}.${parameter}`).toSorted());
    for (const { from } of rows.filter((row) => isThere(estate, row.from))) {
      expect(Object.keys(outputsOf(estate, from.cluster, from.part))).toContain(from.output);
    }
  }
});

test('outputs for facts are exported to no other stack', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    for (const { output, cluster: name, part } of factOutputs(model, cluster)) {
      expect(outputsOf(estate, name, part)[output]?.Export).toBeUndefined();
    }
  }
});

test('subnets are listed in the order of the zones', () => {
  const { Value } = outputsOf('capstone', 'prod-us-east-1', 'network')['DataSubnets'] ?? {};
  expect(Value).toEqual({ 'Fn::Join': [',', [{ Ref: 'dataa' }, { Ref: 'datab' }, { Ref: 'datac' }]] });
});

test('the prefix of global datastores is known where it is known', () => {
  for (const prefix of Object.values(GLOBAL_DATASTORE_PREFIX)) expect(prefix).toMatch(/^[a-z]{5}$/);
});
