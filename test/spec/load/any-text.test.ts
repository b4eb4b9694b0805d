import * as fc from 'fast-check';
import { loadEstate } from '../../../spec/load';
import type { Files } from '../../../spec/problem';
import { estateFiles } from '../../helpers/estate';

const valid = [...estateFiles()].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)] as const);

const junk = fc.oneof(
  fc.constantFrom(
    '',
    '~',
    '*x',
    '&a',
    '!!int',
    '[',
    '{a: 1}',
    '"',
    "'",
    '- 1',
    '.inf',
    '0x1F',
    'null',
    '99999999999999999999',
  ),
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.integer().map(String),
  fc.double().map(String),
);

type Change = (lines: readonly string[]) => string[];

const dropLine = fc.nat().map(
  (n): Change =>
    (lines) =>
      lines.toSpliced(n % lines.length, 1),
);
const repeatLine = fc.nat().map(
  (n): Change =>
    (lines) =>
      lines.toSpliced(n % lines.length, 0, lines[n % lines.length] ?? ''),
);

/** Words of a line that are keys or values. */
const WORD = /[^\s{}[\],:'"]+/g;

const swapWord = fc.tuple(fc.nat(), fc.nat(), junk).map(([n, m, text]): Change => (lines) => {
  const line = lines[n % lines.length] ?? '';
  const words = [...line.matchAll(WORD)];
  const word = words[m % Math.max(words.length, 1)];
  if (!word) return [...lines];
  const end = word.index + word[0].length;
  return lines.with(n % lines.length, line.slice(0, word.index) + text + line.slice(end));
});

/** The valid estate after one to three changes, each in any of its files. */
const mutated = fc
  .array(fc.tuple(fc.nat(), fc.oneof(dropLine, repeatLine, swapWord)), { minLength: 1, maxLength: 3 })
  .map((changes) => {
    const texts = new Map(valid);
    for (const [n, edit] of changes) {
      const [path = ''] = valid[n % valid.length] ?? [];
      texts.set(path, edit((texts.get(path) ?? '').split('\n')).join('\n'));
    }
    return texts;
  });

const encoded = (texts: ReadonlyMap<string, string>): Files =>
  new Map([...texts].map(([path, text]) => [path, new TextEncoder().encode(text)]));

test('whatever is written, there is an estate or a problem at a line that exists', () => {
  fc.assert(
    fc.property(mutated, (texts) => {
      const loaded = loadEstate('shop', encoded(texts));
      if ('input' in loaded) return;
      expect(loaded.problems.length).toBeGreaterThan(0);
      for (const { file, line = 0, column = 0, message } of loaded.problems) {
        const lines = (texts.get(file) ?? '').split(/\n/);
        expect(texts.has(file)).toBe(true);
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThan(0);
        expect(message).toMatch(/^Cannot .+expected /s);
      }
    }),
    { numRuns: 400 },
  );
});

test('any bytes are answered', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const files = new Map(estateFiles()).set('estates/shop/services/web.yaml', bytes);
      expect(loadEstate('shop', files)).toHaveProperty('problems');
    }),
    { numRuns: 300 },
  );
});

test('the order in which files come does not matter', () => {
  fc.assert(
    fc.property(mutated, fc.infiniteStream(fc.nat()), (texts, numbers) => {
      const files = [...encoded(texts)];
      const shuffled = files
        .map((file) => ({ file, at: numbers.next().value as number }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ file }) => file);
      expect(loadEstate('shop', new Map(shuffled))).toEqual(loadEstate('shop', new Map(files)));
    }),
    { numRuns: 50 },
  );
});
