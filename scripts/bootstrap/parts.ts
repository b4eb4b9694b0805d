/** Where the programs that a cluster needs come from: the Go modules whose definitions are pinned, or folders of one's own. */
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { UserError } from '../answer';
import { downloadModule } from '../import/modules';
import { readSources } from '../import/sources';
import { filesBelow } from '../tree';

/** Folders given instead of the pinned modules. */
export interface PartOptions {
  readonly argocdManifests?: string;
  readonly crossplaneChart?: string;
  readonly externalSecrets?: string;
}

/** A program, its version, and what it is installed from. */
export interface Part {
  readonly version: string;
  /** Its files, as published. */
  readonly dir: string;
}

/** Everything that bootstrap installs. */
export interface Parts {
  readonly argocd: Part;
  readonly crossplane: Part;
  readonly externalSecrets: Part;
}

const MODULES = {
  argocd: { module: 'github.com/argoproj/argo-cd/v3', folder: 'manifests', needs: 'install.yaml' },
  crossplane: {
    module: 'github.com/crossplane/crossplane/v2',
    folder: 'cluster/charts/crossplane',
    needs: 'Chart.yaml',
  },
  externalSecrets: {
    module: 'github.com/external-secrets/external-secrets',
    folder: 'deploy',
    needs: 'crds/bundle.yaml',
  },
} as const;

/** Finds or downloads them; each module's content is held against the sum in `imports/sources.yaml`. */
export async function partsOf(root: string, options: PartOptions): Promise<Parts> {
  const [argocd, crossplane, externalSecrets] = await Promise.all([
    partOf(root, 'argocd', options.argocdManifests),
    partOf(root, 'crossplane', options.crossplaneChart),
    partOf(root, 'externalSecrets', options.externalSecrets),
  ]);
  return { argocd, crossplane, externalSecrets };
}

async function partOf(root: string, name: keyof typeof MODULES, given?: string): Promise<Part> {
  const { module, folder, needs } = MODULES[name];
  const pin = readSources(root).modules.find((one) => one.module === module);
  if (!pin) throw new Error(`Cannot find the module "${module}": not in imports/sources.yaml`);
  const dir = given ?? join(await downloadModule(pin), folder);
  if (!filesBelow(dir).includes(needs)) {
    throw new UserError(
      `Cannot install from "${dir}": no ${needs}, expected what ${module} has in ${folder}`,
    );
  }
  return { version: pin.version, dir };
}

/**
 * Copies a chart without its dependencies: they are optional parts, fetched by a registry that is not asked here, and
 * helm refuses a chart whose dependencies are not beside it.
 */
export function copyChart(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  for (const path of filesBelow(from)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), readFileSync(join(from, path)));
    chmodSync(join(to, path), 0o644);
  }
  const file = join(to, 'Chart.yaml');
  const { dependencies: _, ...chart } = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, stringify(chart));
}
