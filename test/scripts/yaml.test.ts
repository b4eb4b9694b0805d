import fc from 'fast-check';
import { load } from 'js-yaml';
import { parse, parseAllDocuments } from 'yaml';
import { yamlDocument, yamlStream } from '../../scripts/render/yaml';

/** What YAML parsers are known to take for something else than text. */
const TRICKY = `yes|No|on|null|~|| |0|012|1e3|0x1f|1:20|1_000|.inf|=|<<|-|- a|a: b|a #b|#a|a:|:a|*|&a|!x|%|@a|"|'|{}|[]|2026-11-21|E0|y|---|...|?|true |a, b|sha256:0f|k8s.io/a|arn:aws:rds:us-east-1:1:cluster:a|é|😀`;
const tricky = fc.constantFrom(
  ...TRICKY.split('|'),
  '|',
  '`',
  '\t',
  '\u2028',
  '\ufeff',
  'a\nb',
  'a\n\nb\n',
  ' a\nb',
  'a \nb',
);
const text = fc.oneof(
  tricky,
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[a-z ,:#\n-]{0,20}$/),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 4 }), tie('map')),
  map: fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    tie('value'),
    { maxKeys: 4 },
  ),
}));
const object = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  value,
  { maxKeys: 5 },
);

/** JSON has no -0. */
const plain = (data: object): unknown => JSON.parse(JSON.stringify(data));

test('what is written reads back equal, by two parsers and as YAML 1.1 too', () => {
  fc.assert(
    fc.property(object, (data) => {
      const written = yamlDocument(data);
      expect(parse(written)).toEqual(plain(data));
      expect(parse(written, { version: '1.1' })).toEqual(plain(data));
      expect(load(written)).toEqual(plain(data));
    }),
    { numRuns: 2000 },
  );
});

const forms: Record<string, { reason: string; data: object; yaml: string }> = {
  plain: {
    reason: 'names and ARNs stay bare',
    data: { a: 'arn:aws:rds:us-east-1' },
    yaml: 'a: arn:aws:rds:us-east-1\n',
  },
  quoted: {
    reason: 'text that looks like a number or a truth value',
    data: { a: '012', b: 'yes' },
    yaml: 'a: "012"\nb: "yes"\n',
  },
  block: { reason: 'several lines stay readable', data: { a: 'x\ny\n' }, yaml: 'a: |\n  x\n  y\n' },
  list: {
    reason: 'maps in lists begin beside the dash',
    data: { a: [{ b: 1, c: 2 }] },
    yaml: 'a:\n  - b: 1\n    c: 2\n',
  },
  empty: { reason: 'empty ones are visible', data: { a: [], b: {} }, yaml: 'a: []\nb: {}\n' },
  absent: { reason: 'undefined is not null', data: { a: undefined, b: null }, yaml: 'b: null\n' },
};

test.each(Object.entries(forms))('%s', (_, { data, yaml }) => {
  expect(yamlDocument(data)).toBe(yaml);
});

test('a stream is a comment and its documents', () => {
  const stream = yamlStream([{ a: 1 }, { b: 2 }], 'one\ntwo');
  expect(stream.startsWith('# one\n# two\n')).toBe(true);
  expect(parseAllDocuments(stream).map((document) => document.toJS() as object)).toEqual([
    { a: 1 },
    { b: 2 },
  ]);
});
