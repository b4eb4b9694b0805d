import fc from 'fast-check';
import { fieldChanges, shownChange } from '../../../review/change/fields';

const shown = (before: object, after: object) => fieldChanges(before, after).map(shownChange);

const same: Record<string, { reason: string; before: object; after: object }> = {
  keys: {
    reason: 'order of keys means nothing',
    before: { a: 1, b: { c: 2, d: 3 } },
    after: { b: { d: 3, c: 2 }, a: 1 },
  },
  containers: {
    reason: 'they are known by name',
    before: { containers: [{ name: 'a', image: 'x' }, { name: 'b' }] },
    after: { containers: [{ name: 'b' }, { name: 'a', image: 'x' }] },
  },
  tags: {
    reason: 'AWS keeps tags by key',
    before: {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    },
    after: {
      Tags: [
        { Key: 'b', Value: '2' },
        { Key: 'a', Value: '1' },
      ],
    },
  },
  subnets: {
    reason: 'a set of ids',
    before: { subnetIds: ['a', 'b', 'c'] },
    after: { subnetIds: ['c', 'a', 'b'] },
  },
  rules: {
    reason: 'rules without a name are alternatives',
    before: { egress: [{ to: [{ ip: 'a' }] }, { to: [{ ip: 'b' }] }] },
    after: { egress: [{ to: [{ ip: 'b' }] }, { to: [{ ip: 'a' }] }] },
  },
  policies: {
    reason: 'a policy is JSON inside a text',
    before: { policy: '{"Version": "2012-10-17", "Statement": [{"Sid": "a", "Effect": "Allow"}]}' },
    after: { policy: '{"Statement":[{"Effect":"Allow","Sid":"a"}],"Version":"2012-10-17"}' },
  },
};

test.each(Object.entries(same))('%s in another order are no change', (_, { before, after }) => {
  expect(shown(before, after)).toEqual([]);
  expect(shown(after, before)).toEqual([]);
});

const different: Record<string, { reason: string; before: object; after: object; says: string[] }> = {
  arguments: {
    reason: 'the order of a command is its meaning',
    before: { args: ['a', 'b'] },
    after: { args: ['b', 'a'] },
    says: ['args[0] a → b', 'args[1] b → a'],
  },
  'the order of cache behaviours': {
    reason: 'CloudFront takes the first that fits',
    before: { orderedCacheBehavior: [{ pathPattern: '/a' }, { pathPattern: '/b' }] },
    after: { orderedCacheBehavior: [{ pathPattern: '/b' }, { pathPattern: '/a' }] },
    says: ['orderedCacheBehavior[0].pathPattern /a → /b', 'orderedCacheBehavior[1].pathPattern /b → /a'],
  },
  'an image among containers that moved': {
    reason: 'the name says which one it is',
    before: {
      containers: [
        { name: 'a', image: 'x' },
        { name: 'b', image: 'y' },
      ],
    },
    after: {
      containers: [
        { name: 'b', image: 'z' },
        { name: 'a', image: 'x' },
      ],
    },
    says: ['containers[b].image y → z'],
  },
  'an item that is gone': {
    reason: 'each of its values is',
    before: { replica: [{ regionName: 'r', kms: 'k' }] },
    after: { replica: [] },
    says: ['replica[r].regionName r → (none)', 'replica[r].kms k → (none)'],
  },
  'one of several rules without a name': {
    reason: 'the others are not touched',
    before: { egress: [{ port: 1 }, { port: 2 }] },
    after: { egress: [{ port: 2 }, { port: 3 }] },
    says: ['egress[0].port 1 → 3'],
  },
  'a number that became text': {
    reason: 'AWS and Kubernetes tell them apart',
    before: { a: 1 },
    after: { a: '1' },
    says: ['a 1 → 1'],
  },
  'one of two equal entries': {
    reason: 'a list may hold a value twice',
    before: { a: ['x', 'x'] },
    after: { a: ['x'] },
    says: ['a[0] x → (none)'],
  },
};

test.each(Object.entries(different))('%s is a change', (_, { before, after, says }) => {
  expect(shown(before, after).toSorted()).toEqual(says.toSorted());
});

/** Values as YAML gives them. */
const plain = fc.jsonValue({ maxDepth: 3 });

/** Another order of the keys of every object. */
const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
};

test('an object is never different from itself, whatever the order of its keys', () => {
  fc.assert(
    fc.property(plain, (value) => {
      expect(fieldChanges({ value }, { value: shuffled(value) })).toEqual([]);
    }),
  );
});

test('what is new one way is gone the other way', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), plain), fc.dictionary(fc.string(), plain), (before, after) => {
      const there = fieldChanges(before, after);
      const back = fieldChanges(after, before);
      expect(back.map(({ path }) => path).toSorted()).toEqual(there.map(({ path }) => path).toSorted());
    }),
  );
});

test('a scalar that differs is always found', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), plain, (one, other, rest) => {
      const changes = fieldChanges({ a: { b: one }, rest }, { a: { b: other }, rest });
      expect(changes).toEqual(one === other ? [] : [{ path: 'a.b', field: 'a.b', from: one, to: other }]);
    }),
  );
});
