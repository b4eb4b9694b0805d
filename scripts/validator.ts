/** Runs the API server's own code over definitions and objects: the Go program in `test/validator`, built once. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './answer';
import { filesBelow } from './tree';

/** Definitions, found before those of the folders, and what is checked against them. */
export interface Batch {
  readonly definitions?: readonly object[];
  readonly cases: readonly Case[];
}

/** A creation or, with an old object, an update. */
export interface Case {
  readonly object: object;
  readonly oldObject?: object;
}

/** What the API server says; it takes that of which it has nothing to say. */
export interface Verdict {
  readonly name: string;
  /** What the schema refuses. */
  readonly problems: readonly Complaint[];
  /** What rules in CEL refuse; they run once the schema has nothing to say. */
  readonly rules: readonly Complaint[];
  /** Fields that the API server would drop, or refuse where a client asks it to be strict. */
  readonly unknown: readonly string[];
}

/** One reason to refuse. */
export interface Complaint {
  readonly field: string;
  /** Kind of error as Kubernetes names it, for example FieldValueInvalid. */
  readonly type: string;
  readonly detail: string;
}

/** Verdicts in the order of what was asked. */
export interface Judgement {
  readonly folders: readonly Verdict[];
  readonly batches: readonly {
    readonly definitions: readonly Verdict[];
    readonly cases: readonly Verdict[];
  }[];
}

/** Everything the API server says of one object, as `<field>: <why>`, of the whole as `<why>`. */
export const complaintsOf = ({ problems, rules, unknown }: Verdict): string[] => [
  ...[...problems, ...rules].map(({ field, detail, type }) =>
    [field, detail || type].filter(Boolean).join(': '),
  ),
  ...unknown.map((path) => `${path}: unknown field`),
];

const BUILD = ['build', '-trimpath', '-buildvcs=false', '-ldflags', '-s -w'];
/** The toolchain that is installed and nothing else; no C compiler, so that every machine gives the same program. */
const GO = { GOTOOLCHAIN: 'local', CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' };

/** Where the program of the present sources stands once it is built. */
export function validatorPath(root: string): string {
  const dir = sourcesOf(root);
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of filesBelow(dir)) hash.update(`\n${file}\n`).update(readFileSync(join(dir, file)));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return join(root, '.cache', 'tools', `crd-validator-${hash.digest('hex').slice(0, 12)}${suffix}`);
}

/** True when the program is built or can be. */
export const canValidate = (root: string) => existsSync(validatorPath(root)) || hasGo();

/** Builds the program unless it is there, which takes a minute or two the first time; gives its path. */
export function buildValidator(root: string): string {
  const path = validatorPath(root);
  if (existsSync(path)) return path;
  if (!hasGo()) {
    throw new UserError(
      'Cannot build "test/validator": no Go on the PATH, expected Go 1.26 or newer; install it from https://go.dev/dl',
    );
  }
  process.stderr.write('Building the validator from test/validator, once …\n');
  // Moved into place when it is whole, so that nobody runs half a program.
  const aside = `${path}.${process.pid}`;
  mkdirSync(join(root, '.cache', 'tools'), { recursive: true });
  const built = spawnSync('go', [...BUILD, '-o', aside, '.'], {
    cwd: sourcesOf(root),
    env: { ...process.env, ...GO },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (built.status !== 0) {
    throw new UserError(
      'Cannot build "test/validator": go build failed as printed above, expected a program',
    );
  }
  renameSync(aside, path);
  return path;
}

/** Builds the program if need be and asks it; `folders` hold CustomResourceDefinitions in YAML. */
export function judge(root: string, folders: readonly string[], batches: readonly Batch[]): Judgement {
  const run = spawnSync(buildValidator(root), folders, {
    input: JSON.stringify({ batches }),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0) throw new Error(`Cannot validate: ${complaintOf(run)}, expected an answer`);
  return JSON.parse(run.stdout) as Judgement;
}

const sourcesOf = (root: string) => join(root, 'test', 'validator');

// Told the environment, as a child otherwise gets that of the process and not what a test made of it.
const hasGo = () => spawnSync('go', ['version'], { env: process.env }).status === 0;

const complaintOf = ({ stderr, error, signal }: SpawnSyncReturns<string>) =>
  stderr.trim() || error?.message || `ended by ${String(signal)}`;
