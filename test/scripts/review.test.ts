import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flipside, lay, scratch } from '../helpers/cli';
import { estateFiles } from '../helpers/estate';

jest.setTimeout(120_000);

const git = (dir: string, ...args: string[]) =>
  execFileSync('git', ['-C', dir, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    stdio: 'pipe',
  });

const synth = (dir: string) => {
  const { code, err } = flipside(['synth', '--directory', dir, '--output', join(dir, 'dist')]);
  if (code !== 0) throw new Error(err);
};

/** A repository with the estate `shop`; the first commit has no output, `main` has it. */
function repository(): string {
  const dir = scratch();
  lay(dir, estateFiles());
  git(dir, 'init', '--quiet', '--initial-branch', 'main');
  git(dir, 'add', '.');
  git(dir, 'commit', '--quiet', '--message', 'an estate');
  git(dir, 'tag', 'without-output');
  synth(dir);
  git(dir, 'add', '.');
  git(dir, 'commit', '--quiet', '--message', 'with its output');
  return dir;
}

const dir = repository();
const claim = join(dir, 'estates/shop/claims/sales/orders.yaml');
const review = (...args: string[]) => flipside(['review', '--directory', dir, ...args]);

function edit(from: string | RegExp, to: string): void {
  writeFileSync(claim, readFileSync(claim, 'utf8').replace(from, to));
  synth(dir);
}

afterEach(() => {
  git(dir, 'checkout', '--quiet', 'main');
  git(dir, 'checkout', '--quiet', '--', '.');
  git(dir, 'clean', '--quiet', '--force', '-d');
});
afterAll(() => rmSync(dir, { recursive: true }));

test('nothing that differs is no change', () => {
  const { code, out } = review('--base', 'HEAD');
  expect(out).toContain('no change');
  expect(code).toBe(0);
});

test('a restart is shown and nobody has to decide', () => {
  edit('size: small', 'size: medium');
  const { code, out } = review('--base', 'main');
  expect(out).toMatch(/sales\/orders {2}size small → medium +restart +us-east-1, eu-west-1/);
  expect(code).toBe(0);
});

test('a loss of data is told, and exits 1', () => {
  edit("version: '16'", "version: '16', deletionProtection: false");
  const { code, out } = review('--base', 'main', '--format', 'markdown');
  expect(out).toContain('needs a decision');
  expect(code).toBe(1);
});

test('JSON holds every verdict', () => {
  edit('size: small', 'size: medium');
  const { estates } = JSON.parse(review('--base', 'main', '--format', 'json').out);
  expect(estates).toHaveLength(1);
  expect(estates[0].rows[0]).toMatchObject({ name: 'sales/orders', outcome: 'restart', severity: 'warning' });
});

test('a file takes the answer, and nothing else is left beside it', () => {
  const folder = scratch();
  const file = join(folder, 'comment.md');
  const { out } = review('--base', 'HEAD', '--format', 'markdown', '--output', file);
  expect(readFileSync(file, 'utf8')).toBe('### Flipside review: no change\n');
  expect(out).toBe('');
  expect(readdirSync(folder)).toEqual(['comment.md']);
});

test('of a branch only what it changed itself counts', () => {
  git(dir, 'checkout', '--quiet', '-b', 'topic');
  git(dir, 'checkout', '--quiet', 'main');
  edit('size: small', 'size: large');
  git(dir, 'commit', '--quiet', '--all', '--message', 'meanwhile on main');
  git(dir, 'checkout', '--quiet', 'topic');
  expect(review('--base', 'main').out).toContain('no change');
  git(dir, 'branch', '--quiet', '--force', 'main', 'topic');
  git(dir, 'checkout', '--quiet', 'main');
});

const refused: Record<string, { args: string[]; code: number; says: string }> = {
  'a ref that is not there': {
    args: ['--base', 'origin/nowhere'],
    code: 2,
    says: 'Cannot compare with "origin/nowhere": no such commit here',
  },
  'a ref that is an option': { args: ['--base', '--output=x'], code: 2, says: 'Cannot compare with' },
  'a commit without output': { args: ['--base', 'without-output'], code: 3, says: 'has no dist/' },
  'an estate that is not there': {
    args: ['--base', 'HEAD', '--estate', 'shpo'],
    code: 2,
    says: 'Cannot find the estate "shpo"',
  },
  'a format that is not known': {
    args: ['--base', 'HEAD', '--format', 'xml'],
    code: 2,
    says: 'Cannot answer as "xml"',
  },
  'a page without a base': { args: ['--format', 'html'], code: 2, says: 'without --base' },
};

test.each(Object.entries(refused))('%s is refused without a stack', (_, { args, code, says }) => {
  const run = review(...args);
  expect(run.err).toContain(says);
  expect(run.err).not.toContain('    at ');
  expect(run.code).toBe(code);
});

test('what people wrote is checked first', () => {
  writeFileSync(claim, readFileSync(claim, 'utf8').replace('size: small', 'size: tiny'));
  const { code, err } = review('--base', 'HEAD');
  expect(err).toContain('claims/sales/orders.yaml');
  expect(code).toBe(1);
});
