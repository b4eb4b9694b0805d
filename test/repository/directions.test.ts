import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');

/** Lints one file at `path` in a tree of its own and gives what the linter printed. */
function lint(path: string, source: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'directions-'));
  try {
    copyFileSync(join(root, '.oxlintrc.json'), join(dir, '.oxlintrc.json'));
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), source);
    execFileSync(join(root, 'node_modules', '.bin', 'oxlint'), ['-c', '.oxlintrc.json'], {
      cwd: dir,
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return String((error as { stdout: Buffer }).stdout);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const refused: Record<string, { file: string; from: string; because: string }> = {
  'spec depends on nothing': { file: 'spec/a.ts', from: '../model/b', because: 'spec is the edge' },
  'model does not know charts': { file: 'model/a.ts', from: '../charts/b', because: 'model holds facts' },
  'charts do not know platform': {
    file: 'charts/a.ts',
    from: '../platform/b',
    because: 'never import one another',
  },
  'platform does not know charts': {
    file: 'platform/apis/a/b.ts',
    from: '../../../charts/b',
    because: 'never import one another',
  },
  'clusters do not know platform': {
    file: 'clusters/a.ts',
    from: '../platform',
    because: 'never import one another',
  },
  'review does not know what rendered': {
    file: 'review/a.ts',
    from: '../charts/b',
    because: 'judges what was rendered',
  },
  'runtime does not know scripts': {
    file: 'runtime/a/b.ts',
    from: '../../scripts/c',
    because: 'inside a cluster',
  },
  'no effects in the pure core': { file: 'platform/a.ts', from: 'node:fs', because: 'effects live in' },
};

test.each(Object.entries(refused))('%s', (_, { file, from, because }) => {
  expect(lint(file, `import { b } from '${from}';\nexport const a = b;\n`)).toContain(because);
});

test('the directions of the table are allowed', () => {
  expect(lint('platform/apis/a/b.ts', `import { b } from '../../../model/b';\nexport const a = b;\n`)).toBe(
    '',
  );
  expect(lint('scripts/a.ts', `import { b } from '../charts/b';\nexport const a = b;\n`)).toBe('');
});
