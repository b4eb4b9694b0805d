/** Every cluster's Argo CD delivers exactly what was rendered for that cluster, in order, and takes no store away. */
import { render } from '../../../main';
import { isClaim } from '../../../platform/argocd/delivered';
import { readEstates } from '../../../scripts/estates';
import { root } from '../../helpers/cli';
import type { Json } from '../applications';
import { applicationOf, deliveries, find } from './_deliveries';

const rendered = render(readEstates(root));
const KEEP = 'Prune=false,Delete=false';
const optionsOf = ({ metadata }: Json): string =>
  metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';

test('there is something to deliver', () => {
  expect(deliveries.length).toBe(12);
});

describe.each(deliveries)('%s', (_name, one) => {
  const { model, cluster } = one;
  const all: Json[] = one.argocd.filter(({ kind }) => kind === 'Application');
  const folder = `${model.estate.name}/kubernetes/${cluster.name}`;

  test('has one Application for each rendered folder, and none for another', () => {
    const own = [...rendered.keys()].filter((path) => path.startsWith(`${folder}/`));
    const delivered = [...all, find(one.root, 'Application', 'root')].map(({ spec }) => spec.source.path);
    const folders = own.map((path) => `dist/${path.replace(/\/[^/]+$/, '')}`);
    expect(delivered.toSorted()).toEqual(folders.filter((path) => !path.endsWith('/root')).toSorted());
    expect(all.map(({ spec, metadata }) => spec.source.path.endsWith(`/${metadata.name}`))).not.toContain(
      false,
    );
  });

  test('follows one repository into its own cluster', () => {
    for (const { spec } of [...all, find(one.root, 'Application', 'root')]) {
      expect(spec.source).toMatchObject({
        repoURL: model.estate.delivery.repository,
        targetRevision: 'main',
      });
      expect(spec.destination.server).toBe('https://kubernetes.default.svc');
    }
  });

  test('names nothing of the other region', () => {
    const { home, peer } = model.estate.regions;
    const other = cluster.region === home.name ? peer.name : home.name;
    expect(JSON.stringify([one.argocd, one.root])).not.toContain(other);
  });

  test('corrects drift and tries for ever, from the newest commit', () => {
    for (const { spec } of [...all, find(one.root, 'Application', 'root')]) {
      expect(spec.syncPolicy.automated).toMatchObject({ selfHeal: true });
      expect(spec.syncPolicy.automated.allowEmpty).toBeUndefined();
      expect(spec.syncPolicy.retry).toMatchObject({ limit: -1, refresh: true });
      expect(spec.syncPolicy.syncOptions).toContain('ServerSideApply=true');
    }
  });

  test('respects ignored differences where there are some, and only there: what is ignored is written back', () => {
    for (const { metadata, spec } of [...all, find(one.root, 'Application', 'root')]) {
      const respects = spec.syncPolicy.syncOptions.includes('RespectIgnoreDifferences=true');
      expect([metadata.name, respects]).toEqual([metadata.name, spec.ignoreDifferences !== undefined]);
    }
  });

  test('names nothing that Argo CD takes out of an application it syncs, or the root would sync it for ever', () => {
    for (const { spec } of all) expect(Object.values(spec.syncPolicy.automated)).not.toContain(false);
  });
});

const namesOf = (objects: readonly Json[]): string[] =>
  objects.map(({ metadata }) => metadata.name).toSorted();

describe.each(deliveries)('%s', (_name, one) => {
  const { model, applications } = one;
  const all: Json[] = one.argocd.filter(({ kind }) => kind === 'Application');
  const services = model.services.map(({ name }) => name).toSorted();

  test('prunes no claim, and what claims hang on stays whoever asks', () => {
    for (const { name, objects } of applications) {
      const holdsClaims = objects.some(isClaim);
      const { automated } = applicationOf(one, name).spec.syncPolicy;
      expect([name, automated.prune === true]).toEqual([name, !holdsClaims]);
      const carriers = objects.filter(
        (object) =>
          isClaim(object) || ['Namespace', 'CompositeResourceDefinition', 'Provider'].includes(object.kind),
      );
      expect([name, carriers.filter((object) => !optionsOf(object).includes(KEEP))]).toEqual([name, []]);
    }
  });

  test('deletes with an application only what Git makes again', () => {
    expect(namesOf(all.filter(({ metadata }) => metadata.finalizers))).toEqual(services);
    const held = applications.filter(({ name }) => services.includes(name)).flatMap(({ objects }) => objects);
    expect(held.filter((object) => optionsOf(object).includes('Delete=false'))).toEqual([]);
  });

  test('leaves the floors of a promotion alone, in every service', () => {
    for (const name of services) {
      const ignored: Json[] = applicationOf(one, name).spec.ignoreDifferences;
      expect(ignored.find(({ kind }) => kind === 'HorizontalPodAutoscaler')).toEqual({
        group: 'autoscaling',
        kind: 'HorizontalPodAutoscaler',
        managedFieldsManagers: ['flipside-promote'],
      });
      expect(ignored.find(({ kind }) => kind === 'Deployment')?.managedFieldsManagers).toEqual([
        'kube-controller-manager',
        'flipside-promote',
      ]);
    }
  });

  test('hides nothing else: a region changed by hand is drift', () => {
    expect(namesOf(all.filter(({ spec }) => spec.ignoreDifferences))).toEqual(services);
  });
});

const waves: Record<string, { name: RegExp; wave: string; holds?: string; reason: string }> = {
  definitions: {
    name: /^apis$/,
    wave: '0',
    holds: 'healthy',
    reason: 'no claim is taken before they are served',
  },
  ground: {
    name: /^(crossplane|function)$/,
    wave: '0',
    holds: 'applied',
    reason: 'their pods need the nodes',
  },
  nodes: { name: /^nodes$/, wave: '1', holds: 'applied', reason: 'a node is made when a pod asks' },
  teams: {
    name: /^team-/,
    wave: '2',
    holds: 'applied',
    reason: 'a shared connection comes with a later claim',
  },
  'the flip': { name: /^(flip|primary-region)$/, wave: '3', reason: 'a refused flip stops no delivery' },
  claims: { name: /^claims-/, wave: '4', reason: 'AWS takes twenty minutes, and one team may be wrong' },
};

test.each(Object.entries(waves))('the wave of %s', (_what, { name, wave, holds }) => {
  const found = deliveries
    .flatMap(([, { argocd }]) => argocd)
    .filter(({ kind, metadata }) => kind === 'Application' && name.test(metadata.name));
  expect(found.length).toBeGreaterThan(0);
  for (const { metadata } of found) {
    expect(metadata.annotations['argocd.argoproj.io/sync-wave']).toBe(wave);
    expect(metadata.annotations['flipside.dev/holds-next-wave-until']).toBe(holds);
  }
});

test('services come last and hold nothing', () => {
  for (const [, one] of deliveries) {
    for (const { name } of one.model.services) {
      const { annotations } = applicationOf(one, name).metadata;
      expect(annotations['argocd.argoproj.io/sync-wave']).toBe('5');
      expect(annotations['flipside.dev/holds-next-wave-until']).toBeUndefined();
    }
  }
});

test('the repository is named where Argo CD is told of it, and nowhere else', () => {
  const naming = [...rendered].filter(([, text]) => text.includes('git.example.com')).map(([path]) => path);
  expect(naming.length).toBe(24);
  expect(naming.filter((path) => !/\/(argocd\/argocd|root\/root)\.yaml$/.test(path))).toEqual([]);
});
