/** The Composition of a claim kind: one step, our function, which is told where it runs. */
import { Composition } from '../imports/crossplane';
import { API_VERSION } from '../spec/claims';
import type { Placement } from '../spec/placement';
import type { Kind, Manifest } from './kind';
import { definitionName } from './xrd';

/** Name of the Function object that composes every kind. */
export const COMPOSE_FUNCTION = 'flipside-compose';
/** API version and kind of the step's input. */
export const PLACEMENT_GVK = { apiVersion: 'compose.flipside.dev/v1', kind: 'Placement' } as const;

/** The composition of a kind in one cluster. */
export const composition = (kind: Pick<Kind, 'kind' | 'plural'>, placement: Placement): Manifest =>
  Composition.manifest({
    metadata: { name: definitionName(kind) },
    spec: {
      compositeTypeRef: { apiVersion: API_VERSION, kind: kind.kind },
      mode: 'Pipeline',
      pipeline: [
        {
          step: 'compose',
          functionRef: { name: COMPOSE_FUNCTION },
          input: { ...PLACEMENT_GVK, ...placement },
        },
      ],
    },
  });
