import { placementSchema } from '../../spec/placement';
import { clusters, objectsOf, type Json } from './applications';

const compositions = (index: number): Json[] =>
  objectsOf('apis', clusters()[index]).filter(({ kind }) => kind === 'Composition');

test.each([
  [0, 'home', 'us-east-1'],
  [1, 'peer', 'eu-west-1'],
])('cluster %i is told that it is %s', (index, position, region) => {
  for (const { spec } of compositions(index)) {
    const placement = placementSchema.parse(spec.pipeline[0].input);
    expect(placement.position).toBe(position);
    expect(placement[placement.position]?.region).toBe(region);
  }
});

test('only the regional claim is told what a flip moves', () => {
  for (const { spec } of compositions(0)) {
    const { flip } = spec.pipeline[0].input;
    expect(flip !== undefined).toBe(spec.compositeTypeRef.kind === 'PrimaryRegion');
  }
});
