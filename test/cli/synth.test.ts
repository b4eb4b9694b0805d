import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flipside, lay, root, scratch, textsOf } from '../helpers/cli';
import { estateFiles, write } from '../helpers/estate';

const committed = textsOf(join(root, 'dist'));

test('the committed dist is what the estates render', () => {
  const { code, out } = flipside(['synth', '--check']);
  expect(out).toContain('dist/ is what the estates render');
  expect(code).toBe(0);
});

test('another time zone, locale, colour setting and working directory give the same bytes', () => {
  const dir = scratch();
  const env = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', FORCE_COLOR: '1' };
  expect(flipside(['synth', '--output', join(dir, 'dist')], { cwd: dir, env }).code).toBe(0);
  expect(textsOf(join(dir, 'dist'))).toEqual(committed);
});

test('plain cdk8s synth gives the same bytes', () => {
  const output = join(scratch(), 'dist');
  const cdk8s = join(root, 'node_modules', '.bin', 'cdk8s');
  execFileSync(cdk8s, ['synth', '--output', output, '--check-upgrade=false'], { cwd: root, stdio: 'pipe' });
  expect(textsOf(output)).toEqual(committed);
});

/** A valid estate in a folder of its own, and the way to synthesize it. */
const made = () => {
  const dir = scratch();
  lay(dir, estateFiles());
  const run = (...args: string[]) =>
    flipside(['synth', '--directory', dir, '--output', join(dir, 'dist'), ...args]);
  return { dir, run };
};

describe('an estate of its own', () => {
  test('a mistake exits 1, is told with file and line, and writes nothing', () => {
    const { dir, run } = made();
    lay(dir, estateFiles(write('services/web.yaml', 'name: web\n')));
    const { code, err } = run();
    expect(code).toBe(1);
    expect(err).toContain('services/web.yaml:1');
    expect(err).toContain('nothing was written');
    expect(err).not.toContain('    at ');
    expect(existsSync(join(dir, 'dist'))).toBe(false);
  });

  test('stale files and empty folders go, files of others outside the estates stay away', () => {
    const { dir, run } = made();
    expect(run().code).toBe(0);
    lay(dir, new Map([['dist/shop/kubernetes/gone/a/a.yaml', Buffer.from('a: 1\n')]]));
    expect(run().out).toContain('1 file changed');
    expect(existsSync(join(dir, 'dist/shop/kubernetes/gone'))).toBe(false);
  });

  test('--check tells what differs and writes nothing', () => {
    const { dir, run } = made();
    run();
    const file = join(dir, 'dist/shop/kubernetes/prod-us-east-1/primary-region/primary-region.yaml');
    writeFileSync(file, 'changed: true\n');
    const { code, out } = run('--check');
    expect(code).toBe(1);
    expect(out).toContain('-changed: true');
    expect(
      textsOf(join(dir, 'dist'))['shop/kubernetes/prod-us-east-1/primary-region/primary-region.yaml'],
    ).toBe('changed: true\n');
  });
});

const calls: Record<string, { reason: string; args: string[]; code: number; says: string }> = {
  help: { reason: 'help is no failure', args: ['--help'], code: 0, says: 'Exit codes' },
  version: { reason: 'as package.json has it', args: ['--version'], code: 0, says: '0.1.0' },
  'unknown command': { reason: 'usage', args: ['sinth'], code: 2, says: 'Did you mean synth' },
  'unknown option': { reason: 'usage', args: ['synth', '--chek'], code: 2, says: 'Did you mean --check' },
  'unknown program': {
    reason: 'names those there are',
    args: ['bundle', 'compse'],
    code: 2,
    says: 'expected one of compose, promote, beacon, watch',
  },
  'unknown estate': {
    reason: 'names those there are',
    args: ['synth', '--estate', 'shop', '--check'],
    code: 1,
    says: 'expected one of capstone',
  },
};

test.each(Object.entries(calls))('%s', (_, { args, code, says }) => {
  const run = flipside(args);
  expect(run.out + run.err).toContain(says);
  expect(run.code).toBe(code);
});
