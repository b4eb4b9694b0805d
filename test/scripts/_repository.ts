/** A clone of the tests' estate with a bare remote: real Git, made once and copied for each test. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Render } from '../../scripts/flip/edit';
import { yamlStream } from '../../scripts/render/yaml';
import type { EstateInput } from '../../spec/input';
import { loadEstate } from '../../spec/load';
import { estateFiles } from '../helpers/estate';

export const HOME = 'us-east-1';
export const PEER = 'eu-west-1';
export const ESTATE = 'shop';
export const CLAIM = `estates/${ESTATE}/primary-region.yaml`;

/** A program that only writes what the flip changes: fast, and enough for Argo CD. */
export const lightRender: Render = (estates) =>
  new Map(
    estates.flatMap((input) =>
      [HOME, PEER].map((region): [string, string] => [
        rendered(region).slice('dist/'.length),
        yamlStream([input.primaryRegion]),
      ]),
    ),
  );

/** What Argo CD of a region applies of the regional claim. */
export const rendered = (region: string) =>
  `dist/${ESTATE}/kubernetes/prod-${region}/primary-region/primary-region.yaml`;

/** The tests' estate. */
export function inputOf(files = estateFiles()): EstateInput {
  const loaded = loadEstate(ESTATE, files);
  if ('problems' in loaded) throw new Error('the estate of the tests is broken');
  return loaded.input;
}

/** Runs git, away from the configuration of this machine. */
export function run(cwd: string, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', ['-c', 'maintenance.auto=false', ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd();
}

/** A clone and its bare remote, made once and copied for each test. */
export function repositories(): { readonly copy: () => string; readonly remove: () => void } {
  const base = mkdtempSync(join(tmpdir(), 'flip-'));
  const work = join(base, 'template', 'work');
  mkdirSync(work, { recursive: true });
  run(base, 'init', '--quiet', '--template=', '--bare', '--initial-branch', 'main', 'template/remote.git');
  run(work, 'init', '--quiet', '--template=', '--initial-branch', 'main');
  // Nobody needs these after a crash.
  for (const repository of [work, join(base, 'template', 'remote.git')])
    run(repository, 'config', 'core.fsync', 'none');
  run(work, 'config', 'user.name', 'On Call');
  run(work, 'config', 'user.email', 'oncall@example.com');
  run(work, 'remote', 'add', 'origin', '../remote.git');
  estateFiles((files) => {
    const text = files.get(CLAIM) ?? '';
    files.set(CLAIM, text.replace('spec:', '# who writes\nspec:'));
  }).forEach((bytes, path) => writeInto(work, path, bytes));
  lightRender([inputOf()]).forEach((text, path) => writeInto(work, `dist/${path}`, text));
  run(work, 'add', '.');
  run(work, 'commit', '--quiet', '--message', 'Start');
  run(work, 'push', '--quiet', 'origin', 'main');
  let count = 0;
  return {
    copy: () => {
      count += 1;
      cpSync(join(base, 'template'), join(base, String(count)), { recursive: true });
      return join(base, String(count), 'work');
    },
    remove: () => rmSync(base, { recursive: true }),
  };
}

/** Writes a file of the clone. */
export function writeInto(root: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
