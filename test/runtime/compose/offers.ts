/** Kinds made for the tests of the function: each shows one behaviour of a composition. */
import * as z from 'zod';
import type { Composition, Kind } from '../../../platform/kind';
import { type Offers, offersOf } from '../../../runtime/compose/offers';
import { API_VERSION, claimSchema } from '../../../spec/claims';

const spec = z.strictObject({ size: z.enum(['small', 'large']), count: z.int().min(1).max(3).default(1) });

const kind = (name: string, compose: Kind['compose']): Kind => ({
  kind: name,
  plural: `${name.toLowerCase()}s`,
  columns: [],
  status: {},
  compose,
  activates: [],
  example: () => ({}),
});

const configMap = (data: Record<string, unknown>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {},
  data,
});

const composition = (reason: string): Composition => ({
  resources: {
    done: { manifest: configMap({ left: undefined, right: 'kept' }), ready: true },
    begun: { manifest: configMap({}), ready: false },
  },
  status: { reason, endpoint: 'db.example.com' },
  conditions: [
    { type: 'Replicated', status: 'False', reason: 'RuleMissing', message: 'Nothing is copied yet' },
  ],
});

/** `Steady` is ready, `Patient` waits for home, `Broken` throws, `Echo` puts what it was given into its status. */
export const offers: Offers = offersOf(
  [
    kind('Steady', () => composition('')),
    kind('Patient', () => composition('waiting for home')),
    kind('Broken', () => {
      throw new TypeError('cannot read the endpoint of nothing');
    }),
    kind('Echo', (claim, observed, placement) => ({
      resources: {},
      status: { reason: '', claim, keys: Object.keys(observed), position: placement.position },
      conditions: [],
    })),
  ],
  ({ kind: name }) => claimSchema(name, spec),
);

/** A claim as the API server holds it. */
export const claimOf = (name: string, fields: object = { size: 'small' }) => ({
  apiVersion: API_VERSION,
  kind: name,
  metadata: {
    name: 'orders',
    namespace: 'shop',
    uid: '1-2-3',
    resourceVersion: '7',
    labels: { 'crossplane.io/composite': 'orders' },
  },
  spec: { ...fields, crossplane: { compositionRef: { name: name.toLowerCase() } } },
  status: { reason: 'before' },
});
