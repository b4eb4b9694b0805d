import type { Manifest } from '../../platform/kind';
import { atProvider, isTakenOver, managed, withReadiness } from '../../platform/managed';

const bare = {
  apiVersion: 'x/v1',
  kind: 'Thing',
  metadata: {},
  spec: { forProvider: { region: 'us-east-1' } },
};
const observed = (type: string, status: string): Manifest => ({
  ...bare,
  status: { conditions: [{ type, status }], atProvider: { id: 'a' } },
});

describe('managed', () => {
  const cases = {
    keep: { reason: 'removing a claim leaves the data', policies: ['Observe', 'Create', 'Update'] },
    observe: { reason: 'the other region manages it', policies: ['Observe'] },
    own: { reason: 'it can be made again', policies: ['Observe', 'Create', 'Update', 'Delete'] },
  } as const;
  test.each(Object.entries(cases))('%s', (policy, { policies }) => {
    const { spec, metadata } = managed(bare, { policy: policy as keyof typeof cases });
    expect(spec).toEqual({
      managementPolicies: policies,
      providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' },
      forProvider: { region: 'us-east-1' },
    });
    expect(metadata).toEqual({});
  });

  test('adds the AWS name to the annotations that are there', () => {
    const annotated = { ...bare, metadata: { annotations: { a: 'b' } } };
    expect(managed(annotated, { policy: 'keep', externalName: 'orders' }).metadata).toEqual({
      annotations: { a: 'b', 'crossplane.io/external-name': 'orders' },
    });
  });
});

test('a resource is taken over once it may be updated', () => {
  expect(isTakenOver(undefined)).toBe(false);
  expect(isTakenOver(managed(bare, { policy: 'observe' }))).toBe(false);
  expect(isTakenOver(managed(bare, { policy: 'keep' }))).toBe(true);
});

describe('readiness', () => {
  const cases: Record<string, { reason: string; kind: string; observed?: Manifest; ready: boolean }> = {
    'not there': { reason: 'nothing to be ready', kind: 'Cluster', ready: false },
    'no condition': { reason: 'its controller has not said', kind: 'Cluster', observed: bare, ready: false },
    'not ready': {
      reason: 'it said no',
      kind: 'Cluster',
      observed: observed('Ready', 'False'),
      ready: false,
    },
    ready: { reason: 'it said yes', kind: 'Cluster', observed: observed('Ready', 'True'), ready: true },
    'Job that runs': {
      reason: 'not complete',
      kind: 'Job',
      observed: observed('Ready', 'True'),
      ready: false,
    },
    'Job that ended': {
      reason: 'complete',
      kind: 'Job',
      observed: observed('Complete', 'True'),
      ready: true,
    },
    Secret: { reason: 'it has no conditions', kind: 'Secret', observed: bare, ready: true },
    Password: { reason: 'generators have no conditions', kind: 'Password', observed: bare, ready: true },
  };
  test.each(Object.entries(cases))('%s', (_, { kind, observed: one, ready }) => {
    const composed = withReadiness({ a: { ...bare, kind } }, one ? { a: one } : {});
    expect(composed['a']?.ready).toBe(ready);
  });
});

test('AWS has said nothing before the first answer', () => {
  expect(atProvider(undefined)).toEqual({});
  expect(atProvider(observed('Ready', 'True'))).toEqual({ id: 'a' });
});
