import * as fc from 'fast-check';
import { validateManifest } from '../helpers/validate';
import { HOME, type Json, model, only, PEER, rendered } from './_model';

const bounds = fc
  .tuple(fc.nat(20), fc.integer({ min: 1, max: 60 }))
  .map(([min, more]) => ({ min, max: min + more }));

const services = fc.record({
  port: fc.integer({ min: 1024, max: 65535 }),
  critical: fc.boolean(),
  paths: fc.subarray(['/', '/catalog']),
  scale: fc
    .record({ own: bounds, peer: bounds, cpu: fc.integer({ min: 1, max: 100 }) })
    .map(({ own, peer, cpu }) => ({ ...own, cpu: `${cpu}%`, peer })),
  resources: fc.record({
    cpu: fc.integer({ min: 1, max: 4000 }).map((milli) => `${milli}m`),
    memory: fc.integer({ min: 1, max: 8192 }).map((mebi) => `${mebi}Mi`),
  }),
});

const objects = fc.tuple(services, fc.constantFrom(HOME, PEER)).map(([service, cluster]) => ({
  service,
  cluster,
  all: rendered(model({ services: [service] }), cluster, 'catalog'),
}));

interface Case {
  readonly reason: string;
  readonly holds: (all: Json[], floor: number) => void;
}

const cases: Record<string, Case> = {
  'S2-10, C-10 no Deployment has replicas unless its floor is 0': {
    reason: 'the autoscaler owns them',
    holds: (all, floor) => {
      expect(only(all, 'Deployment').spec.replicas).toBe(floor === 0 ? 0 : undefined);
    },
  },
  'Deployment, Service, budget and policy select the same pods, and the pods are so labelled': {
    reason: 'one that selects others would protect or open the wrong ones',
    holds: (all) => {
      const { selector, template } = only(all, 'Deployment').spec;
      expect(only(all, 'Service').spec.selector).toEqual(selector.matchLabels);
      expect(only(all, 'PodDisruptionBudget').spec.selector).toEqual(selector);
      expect(only(all, 'NetworkPolicy').spec.podSelector).toEqual(selector);
      expect(template.metadata.labels).toMatchObject(selector.matchLabels);
    },
  },
  'a floor is at least 1 and at most the ceiling': {
    reason: 'the API server refuses anything else',
    holds: (all, floor) => {
      const { minReplicas, maxReplicas } = only(all, 'HorizontalPodAutoscaler').spec;
      expect(minReplicas).toBe(Math.max(1, floor));
      expect(minReplicas).toBeLessThanOrEqual(maxReplicas);
    },
  },
  'every object is valid': {
    reason: 'whatever the service',
    holds: (all) => expect(all.flatMap(validateManifest)).toEqual([]),
  },
};

test.each(Object.entries(cases))('%s', (_, { holds }) => {
  expect(() =>
    fc.assert(
      fc.property(objects, ({ service, cluster, all }) => {
        holds(all, cluster === HOME ? service.scale.min : service.scale.peer.min);
      }),
      { numRuns: 60, seed: 1 },
    ),
  ).not.toThrow();
});
