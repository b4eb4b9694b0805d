import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from './answer';
import { renderCloudFormation } from './import/cloudformation';
import { readCrds, renderCrd } from './import/crds';
import { compareFiles, replaceFiles } from './import/files';
import { renderForceNew } from './import/force-new';
import { renderKubernetes } from './import/kubernetes';
import { downloadModule } from './import/modules';
import { readSources, type Sources } from './import/sources';
import { renderTypeScript, type ImportedGroup } from './import/typescript';

/** Options of {@link runImport}. */
export interface ImportOptions {
  /**
   * Compare with what is committed instead of writing.
   *
   * @default false
   */
  readonly check?: boolean;
}

/**
 * Rebuilds `imports/` from the pins in `imports/sources.yaml`.
 *
 * The same pins give the same bytes. Takes about twenty seconds, and downloads the first time. Needs Go, and Python
 * with pip for the schemas of CloudFormation.
 *
 * @returns 0, or 1 when `check` found a difference
 * @throws with one message when Go is missing, a module cannot be had or a kind does not exist
 */
export async function runImport({ check = false }: ImportOptions = {}): Promise<number> {
  const root = repositoryRoot();
  const files = await generate(root, readSources(root));
  const folder = join(root, 'imports');
  printSizes(files);
  if (check) return reportDifference(folder, files);
  replaceFiles(folder, join(root, '.cache', 'import'), files);
  return 0;
}

async function generate(root: string, sources: Sources): Promise<Map<string, string>> {
  const groups = [...(await readModules(sources)), ...readAuthored(root, sources)];
  progress(`Generating TypeScript of ${groups.length} groups`);
  const typescript = await renderTypeScript(root, groups);
  const { module, version } = sources.kubernetes;
  progress(`Reading ${module}@${version}`);
  const kubernetes = renderKubernetes(await downloadModule(sources.kubernetes), sources.kubernetes);
  progress(`Reading what forces a replacement from ${sources.terraform.module}`);
  const forceNew = await renderForceNew(root, sources);
  progress(`Reading ${sources.cloudFormation.package} ${sources.cloudFormation.version}`);
  const cloudFormation = await renderCloudFormation(sources.cloudFormation);
  const crds = groups.flatMap(({ origin, crds: imported }) =>
    imported.map(({ crd }): [string, string] => [
      `crds/${crd.spec.group}_${crd.spec.names.plural}.yaml`,
      renderCrd(crd, origin),
    ]),
  );
  return new Map([
    ...crds,
    ...typescript,
    ['kubernetes.json', kubernetes],
    ['force-new.json', forceNew],
    ['cloudformation-replacement.json', cloudFormation],
  ]);
}

async function readModules(sources: Sources): Promise<ImportedGroup[]> {
  const imported: ImportedGroup[] = [];
  for (const source of sources.modules) {
    const origin = `${source.module}@${source.version}`;
    progress(`Reading ${origin}`);
    const folder = join(await downloadModule(source), source.folder);
    imported.push(...source.groups.map((group) => ({ group, origin, crds: readCrds(folder, group) })));
  }
  return imported;
}

function readAuthored(root: string, { authored }: Sources): ImportedGroup[] {
  const folder = join(root, authored.folder);
  return authored.groups.map((group) => ({ group, origin: authored.folder, crds: readCrds(folder, group) }));
}

function reportDifference(folder: string, files: Map<string, string>): number {
  const { changed, added, stale } = compareFiles(folder, files);
  const lines = [
    ...changed.map((path) => `imports/${path}: differs from what its pin gives`),
    ...added.map((path) => `imports/${path}: is missing`),
    ...stale.map((path) => `imports/${path}: is no longer generated`),
  ];
  if (lines.length === 0) {
    console.log(`imports/ is up to date`);
    return 0;
  }
  console.error([...lines, `Run "flipside import" and commit the result`].join('\n'));
  return 1;
}

function printSizes(files: Map<string, string>): void {
  const kinds = new Map<string, string[]>([
    ['imports/crds/*.yaml', [...files.keys()].filter((path) => path.startsWith('crds/'))],
    ...[...files.keys()]
      .filter((path) => !path.startsWith('crds/'))
      .toSorted()
      .map((path): [string, string[]] => [`imports/${path}`, [path]]),
    ['total', [...files.keys()]],
  ]);
  for (const [label, paths] of kinds) {
    const bytes = paths.reduce((sum, path) => sum + Buffer.byteLength(files.get(path)!), 0);
    const count = paths.length === 1 ? '' : `  ${paths.length} files`;
    console.log(`${label.padEnd(40)} ${(bytes / 1000).toFixed(0).padStart(6)} kB${count}`);
  }
}

function progress(text: string): void {
  process.stderr.write(`${text} …\n`);
}

/** Found from this file or, when it was bundled elsewhere, from the working folder. */
function repositoryRoot(): string {
  for (const start of [__dirname, process.cwd()]) {
    for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
      if (existsSync(join(folder, 'imports', 'sources.yaml'))) return folder;
    }
  }
  throw new UserError(
    `Cannot find "imports/sources.yaml": not above ${process.cwd()}, expected the repository of Flipside`,
  );
}
