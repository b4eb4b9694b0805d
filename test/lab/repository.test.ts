/** The lab's Git host: what is pushed there, and what is said when a push is refused. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barePath, clonePath, git, makeRepository, push } from '../../lab/repository';

const MAKE_MS = 120_000;
jest.setTimeout(MAKE_MS);

let state = '';
beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'flipside-lab-'));
  await makeRepository(process.cwd(), state, 'pilot-light');
});
afterAll(() => rmSync(state, { recursive: true, force: true }));

const head = (folder: string) => git(folder, 'rev-parse', 'main').then((commit) => commit.trim());

test('it holds the estate and what it renders, and the estate names it', async () => {
  const file = (path: string) => git(barePath(state), 'show', `main:${path}`);
  expect(await file('estates/pilot-light/estate.yaml')).toContain(`repository: file://${barePath(state)}`);
  expect(await git(barePath(state), 'ls-tree', '-r', '--name-only', 'main')).toContain('dist/pilot-light/');
});

test('a refused push says who refused it and why; once it is allowed the next one brings both', async () => {
  const hook = join(barePath(state), 'hooks', 'pre-receive');
  writeFileSync(hook, '#!/bin/sh\necho main is protected >&2\nexit 1\n');
  chmodSync(hook, 0o755);
  const clone = clonePath(state);
  const claim = join(clone, 'estates', 'pilot-light', 'primary-region.yaml');
  const edit = (comment: string) => writeFileSync(claim, `${readFileSync(claim, 'utf8')}# ${comment}\n`);
  const before = await head(barePath(state));
  edit('one');
  await expect(push(clone, 'one')).rejects.toThrow(/Cannot run "git push": .*main is protected/s);
  expect(await head(barePath(state))).toBe(before);
  rmSync(hook);
  edit('two');
  expect(await push(clone, 'two')).toBe(await head(barePath(state)));
  expect(await git(barePath(state), 'log', '--format=%s', '-2', 'main')).toBe('two\none\n');
});
