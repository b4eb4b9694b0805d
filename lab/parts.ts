/** The programs the lab runs, built once from pinned Go modules into `.cache/parts`. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../scripts/answer';
import { complaintOf, exec } from '../scripts/exec';
import { copyFamily, type Family, type Modules } from './family';

/** A Go module under `lab/parts`, the programs made from it, and files of it that the lab applies. */
interface Part {
  readonly programs: Readonly<Record<string, string>>;
  /** Folders of the module's source, by the name they are kept under. */
  readonly files?: { readonly module: string; readonly folders: Readonly<Record<string, string>> };
  readonly linkerFlags?: string;
  /** What the modules are cut to before the build, and which modules those are. */
  readonly family?: Family & { readonly modules: Modules };
  /** Minutes of a first build on two cores, measured. */
  readonly minutes: number;
}

const KUBERNETES = '1.36.3';

/** Clients read the server's version, which a plain build leaves empty. */
const VERSION_FLAGS = [
  `k8s.io/component-base/version.gitVersion=v${KUBERNETES}`,
  'k8s.io/component-base/version.gitMajor=1',
  'k8s.io/component-base/version.gitMinor=36',
  `k8s.io/client-go/pkg/version.gitVersion=v${KUBERNETES}`,
].map((flag) => `-X ${flag}`);

const PARTS = {
  etcd: { programs: { etcd: 'go.etcd.io/etcd/server/v3' }, minutes: 1 },
  kubernetes: {
    programs: Object.fromEntries(
      ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'].map((name) => [
        name,
        `k8s.io/kubernetes/cmd/${name}`,
      ]),
    ),
    linkerFlags: VERSION_FLAGS.join(' '),
    minutes: 7,
  },
  kwok: {
    programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
    files: { module: 'sigs.k8s.io/kwok', folders: { stages: 'kustomize/stage' } },
    minutes: 2,
  },
  crossplane: {
    programs: { crossplane: 'github.com/crossplane/crossplane/v2/cmd/crossplane' },
    files: { module: 'github.com/crossplane/crossplane/v2', folders: { crds: 'cluster/crds' } },
    minutes: 4,
  },
  argocd: {
    programs: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
    files: {
      module: 'github.com/argoproj/argo-cd/v3',
      folders: { crds: 'manifests/crds', config: 'manifests/base/config' },
    },
    minutes: 6,
  },
  'provider-aws-rds': {
    programs: { 'provider-aws-rds': 'github.com/upbound/provider-aws/v2/cmd/provider/rds' },
    files: { module: 'github.com/upbound/provider-aws/v2', folders: { crds: 'package/crds' } },
    family: {
      service: 'rds',
      resources: ['aws_db_', 'aws_rds_'],
      modules: {
        provider: 'github.com/upbound/provider-aws/v2',
        terraform: 'github.com/hashicorp/terraform-provider-aws',
      },
    },
    minutes: 15,
  },
} as const satisfies Record<string, Part>;

/** Name of a part. */
export type PartName = keyof typeof PARTS;

/** What a lab needs unless the real provider is asked for. */
export const USUAL: readonly PartName[] = ['etcd', 'kubernetes', 'kwok', 'crossplane', 'argocd'];

/** Modules outside Go's checksum database: their go.sum is committed all the same. */
const UNSUMMED = 'github.com/upbound/*';
const GO_ENVIRONMENT = {
  CGO_ENABLED: '0',
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
  GOFLAGS: '-mod=readonly -buildvcs=false -trimpath',
  GONOSUMDB: UNSUMMED,
  // The compiler collects its garbage less often: memory is not what a build runs out of.
  GOGC: '400',
};
const GO_VERSION = /go1\.(\d+)/;
const OLDEST_GO = 26;
const PROBE_MS = 30_000;

/** Where a part stands once it is built: its programs, and its files by name. */
export const partPath = (root: string, part: PartName, name: string) => join(folderOf(root, part), name);

/** The PATH of this process, with the lab's kubectl before any other. */
export const pathWithKubectl = (root: string) =>
  `${dirname(partPath(root, 'kubernetes', 'kubectl'))}:${process.env['PATH'] ?? ''}`;

/** Builds what is missing of `parts`, telling what and how long. Throws a UserError without Go. */
export async function buildParts(
  root: string,
  parts: readonly PartName[],
  tell: (line: string) => void,
): Promise<void> {
  const missing = parts.filter((part) => !existsSync(folderOf(root, part)));
  if (missing.length === 0) return;
  await assertGo();
  const minutes = missing.reduce((sum, part) => sum + PARTS[part].minutes, 0);
  tell(`building ${missing.join(', ')} from Go modules, once: about ${minutes} min on two cores`);
  for (const part of missing) {
    const started = performance.now();
    await build(root, part);
    tell(`  ${part} ${Math.round((performance.now() - started) / 1000)} s`);
  }
}

/** Keyed by the module's pinned versions, and by how it is cut: another pin is another folder. */
function folderOf(root: string, part: PartName): string {
  const source = sourceOf(root, part);
  const hash = createHash('sha256').update(JSON.stringify(PARTS[part]));
  const cut = 'family' in PARTS[part] ? [join(root, 'lab', 'family.ts')] : [];
  const files = [join(source, 'go.mod'), join(source, 'go.sum'), ...cut];
  for (const file of files) hash.update(readFileSync(file));
  return join(root, '.cache', 'parts', `${part}-${hash.digest('hex').slice(0, 12)}`);
}

const sourceOf = (root: string, part: PartName) => join(root, 'lab', 'parts', part);

async function assertGo(): Promise<void> {
  const { ok, stdout } = await exec('go', ['env', 'GOVERSION'], { timeout: PROBE_MS });
  const minor = Number(GO_VERSION.exec(stdout)?.[1] ?? 0);
  if (ok && minor >= OLDEST_GO) return;
  const found = ok ? stdout.trim() : 'not on the PATH';
  throw new UserError(
    `Cannot build the lab's parts with "go": ${found}, expected 1.${OLDEST_GO} or newer; install it from https://go.dev/dl`,
  );
}

/** Made aside and moved into place when all of it is there: a build that was interrupted leaves nothing that counts. */
async function build(root: string, part: PartName): Promise<void> {
  const { programs, linkerFlags = '', files, family }: Part = PARTS[part];
  const folder = folderOf(root, part);
  const aside = `${folder}.partial`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  const cwd = sourceOf(root, part);
  const modules = family ? await cutModules(family, join(aside, 'source'), cwd, part) : [];
  for (const [name, path] of Object.entries(programs)) {
    const flags = [...modules, '-ldflags', `-s -w ${linkerFlags}`, '-o', join(aside, name)];
    await go(['build', ...flags, path], cwd, part);
  }
  rmSync(join(aside, 'source'), { recursive: true, force: true });
  if (files) await copyFiles(files, aside, cwd, part);
  renameSync(aside, folder);
  sweep(folder);
}

/** Copies what is cut into `folder`; gives the flags of a build that takes the copies. */
async function cutModules(
  { modules, ...family }: NonNullable<Part['family']>,
  folder: string,
  cwd: string,
  part: string,
): Promise<string[]> {
  const { provider, terraform } = modules;
  await go(['mod', 'download', provider, terraform], cwd, part);
  const from = {
    provider: await dirOf(provider, cwd, part),
    terraform: await dirOf(terraform, cwd, part),
  };
  const copies = copyFamily(from, family, folder);
  for (const file of ['go.mod', 'go.sum']) cpSync(join(cwd, file), join(folder, file));
  const modfile = join(folder, 'go.mod');
  const replaced = [`${provider}=${copies.provider}`, `${terraform}=${copies.terraform}`];
  await go(['mod', 'edit', ...replaced.map((one) => `-replace=${one}`), modfile], cwd, part);
  return ['-modfile', modfile];
}

async function copyFiles(
  { module, folders }: NonNullable<Part['files']>,
  aside: string,
  cwd: string,
  part: string,
): Promise<void> {
  const dir = await dirOf(module, cwd, part);
  for (const [name, folder] of Object.entries(folders)) {
    // The module cache is read-only, and so would be its copy.
    cpSync(join(dir, folder), join(aside, name), { recursive: true, mode: 0 });
  }
}

/** Where the source of a module stands. */
const dirOf = async (module: string, cwd: string, part: string) =>
  (await go(['list', '-m', '-f', '{{.Dir}}', module], cwd, part)).trim();

async function go(args: readonly string[], cwd: string, part: string): Promise<string> {
  const ran = await exec('go', args, { cwd, timeout: 2 ** 31 - 1, env: GO_ENVIRONMENT });
  if (ran.ok) return ran.stdout;
  throw new UserError(
    `Cannot build "lab/parts/${part}": ${complaintOf(ran)}, expected a program; run the command again, what is built stays`,
  );
}

/** Builds of earlier pins are gigabytes that nobody asks for again. */
function sweep(folder: string): void {
  const [parent, own] = [join(folder, '..'), folder.split('/').at(-1) ?? ''];
  const prefix = own.replace(/[0-9a-f]{12}$/, '');
  for (const name of readdirSync(parent)) {
    const stale =
      name !== own && name.startsWith(prefix) && /^[0-9a-f]{12}(\.partial)?$/.test(name.slice(prefix.length));
    if (stale) rmSync(join(parent, name), { recursive: true, force: true });
  }
}
