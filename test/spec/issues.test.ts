import * as z from 'zod';
import { check } from '../../spec/_entry';

const schema = z.strictObject({
  zones: z.union([z.literal(1), z.literal(3)]).optional(),
  login: z.union([z.boolean(), z.strictObject({ user: z.string() })]).optional(),
  store: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('table'), keys: z.array(z.string()).min(1).max(2) }),
      z.strictObject({ type: z.literal('bucket') }),
    ])
    .optional(),
  name: z.string().min(2).max(4).optional(),
  code: z.string().regex(/^a+$/).optional(),
  step: z.number().multipleOf(5).min(5).max(20).optional(),
  labels: z.record(z.string().regex(/^[a-z]+$/), z.string()).optional(),
  on: z.boolean().optional(),
});

const cases: Record<string, { reason: string; text: string; says: string }> = {
  'union of literals': {
    reason: 'all are offered',
    text: 'zones: 2',
    says: 'Cannot use "2": expected 1 or 3',
  },
  'union by shape': {
    reason: 'the branch that got further is the one that was meant',
    text: 'login: { user: 1 }',
    says: 'Cannot use "1": is a whole number, expected a string',
  },
  'union without a near branch': {
    reason: 'all are offered',
    text: 'login: 1',
    says: 'Cannot use "1": expected true or false or a mapping',
  },
  discriminator: {
    reason: 'the values are listed',
    text: 'store: { type: tabel }',
    says: 'Cannot use "tabel": expected one of table, bucket (did you mean "table"?)',
  },
  'missing discriminator': {
    reason: 'the values are listed',
    text: 'store: {}',
    says: 'Cannot find store.type: missing, expected one of table, bucket',
  },
  'discriminator of no mapping': {
    reason: 'a mapping is what is expected',
    text: 'store: table',
    says: 'Cannot use "table": is a string, expected a mapping',
  },
  'unknown key in a branch': {
    reason: 'the keys of that branch are listed',
    text: 'store: { type: bucket, keys: [a] }',
    says: 'Cannot use the key "keys": unknown, expected type',
  },
  'list too short': {
    reason: 'its length is told',
    text: 'store: { type: table, keys: [] }',
    says: 'Cannot use "[]": 0 items, expected at least 1',
  },
  'list too long': {
    reason: 'its length is told',
    text: 'store: { type: table, keys: [a, b, c] }',
    says: 'Cannot use "[a, b, c]": 3 items, expected at most 2',
  },
  'string too short': {
    reason: 'its length is told',
    text: 'name: a',
    says: 'length 1, expected at least 2',
  },
  'string too long': {
    reason: 'its length is told',
    text: 'name: abcde',
    says: 'length 5, expected at most 4',
  },
  'number too small': {
    reason: 'the bound is told',
    text: 'step: 0',
    says: 'out of range, expected at least 5',
  },
  'number too big': {
    reason: 'the bound is told',
    text: 'step: 25',
    says: 'out of range, expected at most 20',
  },
  'number out of step': { reason: 'the step is told', text: 'step: 7', says: 'expected a multiple of 5' },
  'not a number': { reason: 'YAML has one', text: 'step: .nan', says: 'Cannot use ".nan": is' },
  pattern: { reason: 'better than nothing', text: 'code: b', says: 'expected a match of /^a+$/' },
  'key of a record': {
    reason: 'the key is the value',
    text: 'labels: { A: x }',
    says: 'Cannot use the key "A": expected a match of /^[a-z]+$/',
  },
  'a long list': {
    reason: 'it is not repeated',
    text: 'on: [1, 2, 3, 4, 5, 6, 7]',
    says: 'Cannot use on: is a list, expected true or false',
  },
  'an alias': {
    reason: 'what it stands for is repeated',
    text: 'name: &n abcdef\ncode: *n',
    says: 'Cannot use "abcdef": expected a match of /^a+$/',
  },
};

test.each(Object.entries(cases))('%s', (_name, { text, says }) => {
  const { problems } = check('estates/shop/x.yaml', new TextEncoder().encode(text), () => schema);
  expect(problems.map(({ message }) => message).join('\n')).toContain(says);
});

test('the valid parts of an invalid file are kept, with their defaults', () => {
  const parts = z.strictObject({ a: z.int(), b: z.int(), c: z.int().default(3) });
  const { entry } = check(
    'estates/shop/services/x.yaml',
    new TextEncoder().encode('a: x\nb: 2'),
    () => parts,
  );
  expect(entry).toMatchObject({ stem: 'x', folder: 'services', parts: { b: 2, c: 3 } });
  expect(entry).not.toHaveProperty('value');
});
