import { claimSchema } from '../../../spec/claims';
import { offersOf } from '../../../runtime/compose/offers';
import { offers } from './offers';
import { z } from 'zod';

test('a kind without a schema stops the start', () => {
  const kinds = [...offers.values()].map(({ kind }) => kind);
  const schemas = { Steady: claimSchema('Steady', z.unknown()) };
  expect(() => offersOf(kinds, schemas)).toThrow('Cannot offer Patient: it has no schema');
});
