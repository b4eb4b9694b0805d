import { loadEstate } from '../../../spec/load';
import { type Edit, change, estateFiles, write } from '../../helpers/estate';
import { type Mistake, problemsOf, testMistakes, whereOf } from '../../helpers/problems';

const web = 'services/web.yaml';

/** An alias bomb: eight lists of ten references to the list before. */
const bomb = ['a: &a [x, x, x]']
  .concat(
    [...'bcdefghi'].map(
      (key, index) => `${key}: &${key} [${Array(10).fill(`*${'abcdefghi'[index]}`).join(', ')}]`,
    ),
  )
  .join('\n');

const textMistakes: Record<string, Mistake> = {
  syntax: {
    reason: 'a bracket is never closed',
    edit: change(web, 'max: 20, cpu: 70% }', 'max: 20'),
    where: `${web}:5`,
    says: 'expected a closing bracket, or more indentation',
  },
  colon: {
    reason: 'a colon in a plain value begins a mapping',
    edit: change(web, 'name: web', 'name: web: site'),
    where: `${web}:1`,
    says: 'expected quotes around a value that holds ": "',
  },
  'tab as indentation': {
    reason: 'YAML forbids it',
    edit: change(web, 'scale: {', 'scale:\n\t{'),
    where: `${web}:5`,
    says: 'tabs are not allowed as indentation, expected spaces',
  },
  'duplicate key': {
    reason: 'the first value would be lost in silence',
    edit: change(web, 'team: sales', 'team: sales\nteam: sales'),
    where: `${web}:3 team`,
    says: 'Cannot use the key "team": there twice, expected each key once',
  },
  'duplicate key deep inside': {
    reason: 'its path is told',
    edit: change('estate.yaml', 'cidr: 10.1.0.0/16 }', 'cidr: 10.1.0.0/16, cidr: 10.1.0.0/16 }'),
    where: 'estate.yaml:6 regions.peer.cidr',
    says: 'there twice',
  },
  empty: {
    reason: 'a file that was only touched',
    edit: write(web, ''),
    where: `${web}:1`,
    says: 'Cannot use the file: empty, expected a mapping',
  },
  'only a comment': {
    reason: 'as good as empty',
    edit: write(web, '# later\n'),
    where: `${web}:1`,
    says: 'empty, expected a mapping',
  },
  'a list': {
    reason: 'a file is a mapping',
    edit: write(web, '- name: web\n'),
    where: `${web}:1`,
    says: 'Cannot use the file: is a list, expected a mapping',
  },
  'several documents': {
    reason: 'one thing in one file',
    edit: change(web, 'team: sales', '---\nteam: sales'),
    where: `${web}:2`,
    says: 'expected one document in each file',
  },
  'alias bomb': {
    reason: 'a few lines would become gigabytes',
    edit: write(web, bomb),
    where: `${web}:2`,
    says: 'aliases repeat too much, expected the values written out',
  },
  'alias without anchor': {
    reason: 'a * at the start of a plain value is an alias',
    edit: change(web, '[/web]', '[*web]'),
    where: `${web}:5`,
    says: 'an alias (*name) without an anchor (&name) before it',
  },
  tag: {
    reason: 'tags of programs are not data',
    edit: change(web, 'team: sales', 'team: !team sales'),
    where: `${web}:2`,
    says: 'expected a plain value without a tag',
  },
  nesting: {
    reason: 'a thousand brackets exhaust the parser',
    edit: change(web, '[/web]', '['.repeat(1000) + ']'.repeat(1000)),
    where: `${web}:5`,
    says: 'expected a few levels of nesting',
  },
  huge: {
    reason: 'nobody writes a mebibyte of YAML by hand',
    edit: change(web, 'team: sales', `# ${'x'.repeat(1024 * 1024)}\nteam: sales`),
    where: `${web}:1`,
    says: '1.0 MiB, expected at most 1 MiB',
  },
};

describe('text that cannot be used', () => {
  testMistakes(textMistakes);

  test('not UTF-8: the line is told', () => {
    const files = new Map(estateFiles());
    files.set(`estates/shop/${web}`, Uint8Array.from([0x61, 0x3a, 0x0a, 0x62, 0xff, 0x0a]));
    const loaded = loadEstate('shop', files);
    const problems = 'problems' in loaded ? loaded.problems : [];
    expect(problems.map(whereOf)).toEqual([`${web}:2`]);
    expect(problems[0]?.message).toBe(
      'Cannot read the file: not UTF-8 from this line on, expected text saved as UTF-8',
    );
  });
});

/** The same change to every file. */
const everywhere =
  (to: (text: string) => string): Edit =>
  (files) => {
    for (const [path, text] of files) files.set(path, to(text));
  };

describe('text that is fine', () => {
  const cases: Record<string, { reason: string; edit: Edit }> = {
    BOM: { reason: 'some editors write one', edit: everywhere((text) => `\uFEFF${text}`) },
    CRLF: { reason: 'Windows', edit: everywhere((text) => text.replaceAll('\n', '\r\n')) },
    tabs: {
      reason: 'between words they are white space',
      edit: everywhere((text) => text.replaceAll(': ', ':\t')),
    },
    anchors: {
      reason: 'a few aliases are fine',
      edit: change(web, '[/web]', '[&path /web, *path]'),
    },
    'dot files': { reason: 'editors and systems leave them', edit: write('.DS_Store', '') },
    'a README': { reason: 'people read it', edit: write('README.md', '') },
  };
  test.each(Object.entries(cases))('%s', (_name, { edit }) => {
    expect(problemsOf(edit)).toEqual([]);
  });

  test('CRLF and BOM move no position', () => {
    const [problem] = problemsOf((files) => {
      change('estate.yaml', '10.1.0.0/16', '10.0.0.0/16')(files);
      everywhere((text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`)(files);
    });
    expect(problem).toMatchObject({ line: 6, column: 34, path: 'regions.peer.cidr' });
  });
});
