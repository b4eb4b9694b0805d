/** What must be installed on the machine beside Node: all that is missing is named at once, with the command that installs it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, UserError } from '../scripts/answer';

/** A program and the Debian package that has it. */
const PROGRAMS: Readonly<Record<string, string>> = {
  git: 'git',
  openssl: 'openssl',
  python3: 'python3-venv',
  'redis-server': 'redis-server',
};

/** Where Debian keeps the servers of PostgreSQL, which are not on the PATH. */
const POSTGRES = '/usr/lib/postgresql';

/** Throws one UserError for everything that is missing. */
export function assertNeeds(path: string = process.env['PATH'] ?? ''): void {
  if (process.platform !== 'linux') {
    throw new UserError(
      `Cannot run the lab on "${process.platform}": it reads /proc, expected linux`,
      EXIT.usage,
    );
  }
  const folders = path.split(':');
  const missing = Object.entries(PROGRAMS)
    .filter(([program]) => !folders.some((folder) => existsSync(join(folder, program))))
    .map(([, name]) => name);
  if (!hasPostgres()) missing.push('postgresql');
  if (missing.length === 0) return;
  throw new UserError(
    `Cannot run the lab: ${missing.join(', ')} not installed, expected all of them; run: sudo lab/setup.sh`,
  );
}

const hasPostgres = () =>
  existsSync(POSTGRES) &&
  readdirSync(POSTGRES).some((version) => existsSync(join(POSTGRES, version, 'bin', 'initdb')));
