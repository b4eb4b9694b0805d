import { App } from 'cdk8s';
import { applications } from '../../platform';
import { validateManifest } from '../helpers/validate';
import { clusters, model, objectsOf } from './applications';

const waves = [
  ['crossplane', 'platform'],
  ['function', 'platform'],
  ['apis', 'platform'],
  ['flip', 'primaryRegion'],
];
const names = waves.map(([name = '']) => name);

test('offers what claims need before anything else', () => {
  const [cluster] = clusters();
  const offered = cluster ? applications(model(), cluster) : [];
  expect(offered.map(({ name, wave }) => [name, wave])).toEqual(waves);
});

test.each(names)('%s holds only objects that the API server takes', (name) => {
  for (const cluster of clusters()) {
    const problems = objectsOf(name, cluster).flatMap((object) =>
      validateManifest(object).map((problem) => `${object.kind} ${object.metadata.name} ${problem}`),
    );
    expect(problems).toEqual([]);
  }
});

test.each(names)('%s renders the same bytes again', (name) => {
  expect(JSON.stringify(objectsOf(name))).toBe(JSON.stringify(objectsOf(name)));
});

test('an object of the platform is named once in a cluster', () => {
  const [cluster] = clusters();
  const identities = (cluster ? applications(model(), cluster) : [])
    .flatMap(({ chart }) => chart(new App()).toJson())
    .map(({ apiVersion, kind, metadata }) => `${apiVersion}/${kind}/${metadata.namespace}/${metadata.name}`);
  expect(identities.length).toBe(new Set(identities).size);
});
