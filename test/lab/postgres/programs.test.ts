/** What somebody without PostgreSQL is told, and where the servers' files go. */
import { chmodSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataDir, owner, programsDir } from '../../../lab/postgres/programs';
import { scratch } from '../../helpers/cli';

const NEEDED = ['initdb', 'postgres', 'pg_basebackup', 'pg_controldata'];

function install(base: string, major: string, programs: readonly string[]): string {
  const dir = join(base, major, 'bin');
  mkdirSync(dir, { recursive: true });
  for (const program of programs) writeFileSync(join(dir, program), '', { mode: 0o755 });
  return dir;
}

test('without PostgreSQL the error names the package', () => {
  expect(() => programsDir(join(scratch(), 'nothing'))).toThrow('apt-get install postgresql');
});

test('a client package alone is not enough', () => {
  const base = scratch();
  install(base, '17', ['pg_basebackup']);
  expect(() => programsDir(base)).toThrow('expected it after "apt-get install postgresql"');
});

test('the newest complete version is used, by number and not by spelling', () => {
  const base = scratch();
  install(base, '9', NEEDED);
  const wanted = install(base, '15', NEEDED);
  install(base, '17', ['pg_basebackup']);
  expect(programsDir(base)).toBe(wanted);
});

test('the servers never run as root', () => {
  expect(owner().uid).not.toBe(0);
});

test('files go below the state folder, for nobody else to read', async () => {
  const state = scratch();
  chmodSync(state, 0o755);
  const user = owner();
  const dir = await dataDir(state, user);
  expect(dir).toBe(join(state, 'postgres'));
  expect([statSync(dir).uid, statSync(dir).mode & 0o777]).toEqual([user.uid, 0o700]);
});

(process.getuid?.() === 0 ? describe : describe.skip)('as root', () => {
  test('where the servers may not enter the state folder, as in the home of root, they have one of their own', async () => {
    const state = join(scratch(), 'lab');
    const dir = await dataDir(state, owner());
    expect(dir.startsWith(join(tmpdir(), 'flipside-lab-postgres-'))).toBe(true);
    expect(await dataDir(state, owner())).toBe(dir);
    rmSync(dir, { recursive: true });
  });
});
