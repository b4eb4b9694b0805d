/** The second opinion on `dist/`, on every definition and on every change of a claim: the API server's own code. */
import { join } from 'node:path';
import { schemaOfCrd } from '../../imports/schemas';
import { type EstateModel, modelOf } from '../../model/estate';
import type { Cluster } from '../../model/clusters';
import { flipPlanOf } from '../../model/flip';
import { claimsIn } from '../../model/claims';
import { definitions, kindOf } from '../../platform/apis';
import { settle } from '../../platform/settle';
import { crdOf } from '../../platform/xrd';
import { readEstates } from '../../scripts/estates';
import {
  buildValidator,
  canValidate,
  type Case,
  complaintsOf,
  judge,
  type Verdict,
} from '../../scripts/validator';
import { root } from '../helpers/cli';
import { home } from '../helpers/placement';
import { validateAgainst, validateManifest } from '../helpers/validate';
import { brokenOf } from './_broken';
import { type Change, type Changes, caseOf, tables } from './claims';
import { groupBy, isClaim, labelOf, objects, type Rendered, servedIn } from './_objects';
import { labelOf as ruleLabel, rulesOf, withRule } from './_rules';

/** A cold build compiles the API server's libraries. */
const BUILD_TIMEOUT = 15 * 60_000;
const RUN_TIMEOUT = 5 * 60_000;

const runs = canValidate(root) || process.env['CI'] === 'true';
if (!runs) {
  console.warn(
    'SKIPPED: nothing was held against the API server, as there is no Go here; install Go 1.26 or newer, https://go.dev/dl',
  );
}
const suite = runs ? describe : describe.skip;

const imported = [join(root, 'imports', 'crds')];
const custom = objects.filter((one) => isClaim(one) || !isBuiltIn(one));
const claims = custom.filter(isClaim);
const others = custom.filter((one) => !isClaim(one));
/** Clusters that serve the same definitions, with their claims. */
const served = [...groupBy(claims, ({ cluster }) => JSON.stringify(servedIn.get(cluster)))].map(
  ([text, own]) => ({ definitions: JSON.parse(text), own }),
);

function isBuiltIn({ object: { apiVersion } }: Rendered): boolean {
  const [group = ''] = apiVersion.split('/');
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Created, and applied once more. */
const appliedTwice = ({ object }: Rendered): Case[] => [{ object }, { object, oldObject: object }];

/** As the API server would get it: Crossplane names what it composes and puts it beside its claim. */
const stored = ({ object, namespace }: Rendered) => ({
  ...object,
  metadata: { name: 'composed-0123456789ab', ...object.metadata, ...(namespace && { namespace }) },
});

const complaints = (all: readonly Rendered[], verdicts: readonly Verdict[] = []) =>
  all.flatMap((one, i) => complaintsOf(verdicts[i] as Verdict).map((why) => `${labelOf(one)}: ${why}`));

suite('the API server', () => {
  beforeAll(() => {
    buildValidator(root);
  }, BUILD_TIMEOUT);

  test('takes every imported definition', () => {
    const { folders } = judge(root, imported, []);
    expect(folders.length).toBeGreaterThan(80);
    expect(folders.flatMap((one) => complaintsOf(one).map((why) => `${one.name}: ${why}`))).toEqual([]);
  });

  test('takes the definitions of our claims in every cluster', () => {
    const { batches } = judge(root, [], [...servedIn.values()].map((own) => ({ definitions: own, cases: [] })));
    expect(batches.flatMap((one) => one.definitions.flatMap(complaintsOf))).toEqual([]);
    expect(batches.flatMap((one) => one.definitions).length).toBeGreaterThan(80);
  });

  test('takes everything that is no claim', () => {
    const { batches } = judge(root, imported, [{ cases: others.map((one) => ({ object: stored(one) })) }]);
    expect(complaints(others, batches[0]?.cases)).toEqual([]);
  }, RUN_TIMEOUT);

  test('takes every claim, and again when nothing has changed', () => {
    const { batches } = judge(root, [], served.map((one) => ({ ...one, cases: one.own.flatMap(appliedTwice) })));
    const twice = served.map(({ own }) => own.flatMap((one) => [one, one]));
    expect(batches.flatMap((batch, i) => complaints(twice[i] ?? [], batch.cases))).toEqual([]);
  });

  test('keeps every field of every status that compose writes', () => {
    const { batches } = judge(root, [], statuses().map(({ definitions, cases }) => ({ definitions, cases })));
    expect(batches.flatMap((one) => one.cases.flatMap((verdict) => complaintsOf(verdict)))).toEqual([]);
  }, RUN_TIMEOUT);

  test('refuses what ajv refuses, CEL aside, and nothing else', () => {
    const samples = [...groupBy(others, ({ object }) => `${object.apiVersion} ${object.kind}`).values()];
    const broken = samples.flatMap(([one]) => (one ? brokenOf(stored(one)) : []));
    const { batches } = judge(root, imported, [{ cases: broken.map((object) => ({ object })) }]);
    const differing = broken.flatMap((object, i) => {
      const server = complaintsOf({ ...(batches[0]?.cases[i] as Verdict), rules: [] });
      const ajv = validateManifest(object);
      return server.length > 0 === ajv.length > 0 ? [] : [{ kind: object.kind, server, ajv }];
    });
    expect(broken.length).toBeGreaterThan(500);
    expect(differing).toEqual([]);
  }, RUN_TIMEOUT);
});

/** Every committed claim, the regional one included, in every cluster with the status it comes to. */
function statuses() {
  const models = readEstates(root).map(modelOf);
  return models.flatMap((model) => model.clusters.map((cluster) => statusesIn(model, cluster)));
}

function statusesIn(model: EstateModel, cluster: Cluster) {
  const flip = flipPlanOf(model, cluster);
  const placement = { ...cluster.placement, ...(flip && { flip }) };
  const all = [...claimsIn(model, cluster), ...(flip ? [model.primaryRegion] : [])];
  return {
    definitions: definitions(placement).filter(isDefinition).map(crdOf),
    cases: all.map((claim) => ({
      object: { ...claim, status: settle(kindOf(claim.kind), claim, placement).composition.status },
    })),
  };
}

const isDefinition = ({ kind }: { kind: string }) => kind === 'CompositeResourceDefinition';
const crds = definitions(home).filter(isDefinition).map(crdOf);
const crdNamed = (kind: string) => crds.find(({ spec }) => spec.names.kind === kind);

/** Every change of every table. */
const rows = tables.flatMap((table) =>
  Object.entries(table.changes).map(([name, change]): [string, Changes, Change] => [`${table.kind}, ${name}`, table, change]),
);

/** What ajv, which knows no rules, has against a change that the API server takes. */
function ajvAgainst(table: Changes, change: Change): string[] {
  const crd = crdNamed(table.kind);
  const schema = crd && schemaOfCrd(crd, 'v1');
  if (!schema) return [`no definition of ${table.kind}`];
  return change.refused ? [] : validateAgainst(schema, caseOf(table, change).object);
}

const NEVER_REFUSES = 'no row is refused by this rule alone, expected one in test/dist/claims';
const NEVER_PASSES = 'no row passes this rule, expected one in test/dist/claims';

const casesOf = (kind: string, refused: boolean) =>
  rows
    .filter(([, table, change]) => table.kind === kind && Boolean(change.refused) === refused)
    .map(([, table, change]) => caseOf(table, change));

suite('the API server and a change of a claim', () => {
  let verdicts: ReadonlyMap<string, Verdict>;

  beforeAll(() => {
    buildValidator(root);
    const cases = rows.map(([, table, change]) => caseOf(table, change));
    const { batches } = judge(root, [], [{ definitions: crds, cases }]);
    verdicts = new Map(rows.map(([name], i) => [name, batches[0]?.cases[i] as Verdict]));
  }, BUILD_TIMEOUT);

  test.each(rows)('%s', (name, table, change) => {
    expect(complaintsOf(verdicts.get(name) as Verdict)).toEqual(change.refused ? [change.refused] : []);
    expect(ajvAgainst(table, change)).toEqual([]);
  });

  test('each rule refuses a row of its table and lets another one pass', () => {
    const rules = crds.flatMap((crd) => rulesOf(crd).map((at) => ({ crd, at, label: ruleLabel(crd, at) })));
    // A rule that has become true lets pass what it alone refused; one that has become false refuses what it let pass.
    const { batches } = judge(
      root,
      [],
      rules.flatMap(({ crd, at }) => [
        { definitions: [withRule(crd, at, `true || (${at.rule.rule})`)], cases: casesOf(crd.spec.names.kind, true) },
        { definitions: [withRule(crd, at, `false && (${at.rule.rule})`)], cases: casesOf(crd.spec.names.kind, false) },
      ]),
    );
    const verdictsOf = (i: number) => batches[i]?.cases ?? [];
    const untried = rules.flatMap(({ label }, i) => [
      ...(verdictsOf(2 * i).some((one) => complaintsOf(one).length === 0) ? [] : [`${label}: ${NEVER_REFUSES}`]),
      ...(verdictsOf(2 * i + 1).some((one) => one.rules.length > 0) ? [] : [`${label}: ${NEVER_PASSES}`]),
    ]);
    expect(untried).toEqual([]);
  }, RUN_TIMEOUT);
});
