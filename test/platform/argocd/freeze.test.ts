/** A change freeze holds production, and never a flip. */
import { modelOf } from '../../../model/estate';
import { loadEstate } from '../../../spec/load';
import { both, change, estateFiles, factsFile, write } from '../../helpers/estate';
import type { Json } from '../applications';
import { delivery, find } from './_deliveries';

const frozen = both(
  change(
    'estate.yaml',
    'flipside.git }',
    `flipside.git, freeze: [{ schedule: '0 0 20 11 *', duration: 12d, reason: Peak season }] }
environments: { staging: { account: '111111111112', cidr: 10.9.0.0/16 } }`,
  ),
  write('facts/staging-us-east-1.yaml', factsFile('staging', 'us-east-1', 3, '111111111112')),
);

function deliveryIn(name: string) {
  const loaded = loadEstate('shop', estateFiles(frozen));
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  const model = modelOf(loaded.input);
  const cluster = model.clusters.find((one) => one.name === name);
  if (!cluster) throw new Error(`Cannot find cluster "${name}"`);
  return delivery(model, cluster);
}

const windowsOf = (objects: readonly Json[], project: string): Json[] =>
  find(objects, 'AppProject', project).spec.syncWindows ?? [];

test('holds every application but the regional claim', () => {
  const { argocd } = deliveryIn('prod-us-east-1');
  const held = argocd
    .filter(({ kind }) => kind === 'Application')
    .filter(({ metadata, spec }) =>
      windowsOf(argocd, spec.project).some(({ applications }) =>
        applications.some((pattern: string) => pattern === '*' || pattern === metadata.name),
      ),
    );
  const free = argocd.filter((one) => one.kind === 'Application' && !held.includes(one));
  expect(free.map(({ metadata }) => metadata.name)).toEqual(['primary-region']);
  expect(held.length).toBeGreaterThan(5);
});

test('denies syncs by people too, for as long as the estate says', () => {
  const { argocd } = deliveryIn('prod-us-east-1');
  expect(windowsOf(argocd, 'team-sales')).toEqual([
    {
      kind: 'deny',
      schedule: '0 0 20 11 *',
      duration: '1036800s',
      applications: ['*'],
      manualSync: false,
      description: 'Peak season',
    },
  ]);
});

test('can be lifted by a commit: the root is not held', () => {
  expect(windowsOf(deliveryIn('prod-us-east-1').root, 'root')).toEqual([]);
});

test('leaves staging open', () => {
  const { argocd } = deliveryIn('staging-us-east-1');
  expect(argocd.filter(({ spec }) => spec.syncWindows)).toEqual([]);
});
