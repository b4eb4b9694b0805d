import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Replacement } from '../../review/change/facts';
import { UserError } from '../answer';
import { complaintOf, exec } from '../exec';
import { factsFile } from './force-new';
import type { Sources } from './sources';

const DOWNLOAD_MS = 180_000;
/** Where the wheel keeps the registry's schemas, and which of them a region has. */
const SCHEMAS = ['cfnlint', 'data', 'schemas'];

/** What is read of a schema of the CloudFormation registry. */
interface RegistrySchema {
  readonly typeName: string;
  readonly createOnlyProperties?: readonly string[];
  readonly conditionalCreateOnlyProperties?: readonly string[];
}

/**
 * Which properties of the CloudFormation types in `sources` force a replacement.
 *
 * @throws when Python is missing, or the package cannot be had or is not what was pinned
 */
export async function renderCloudFormation(source: Sources['cloudFormation']): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'flipside-cloudformation-'));
  try {
    await download(folder, source);
    const types = registrySchemas(folder)
      .filter(({ typeName }) => source.services.includes(typeName.split('::')[1] ?? ''))
      .map((schema): [string, Replacement] => [schema.typeName, replacementOf(schema)]);
    return factsFile({
      source: `${source.package} ${source.version} (CloudFormation registry: createOnlyProperties)`,
      types: Object.fromEntries(
        types.filter(([, { always, sometimes }]) => always.length + sometimes.length),
      ),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function download(folder: string, { package: name, version, sha256 }: Sources['cloudFormation']) {
  const list = join(folder, 'requirements.txt');
  writeFileSync(list, `${name}==${version} --hash=sha256:${sha256}\n`);
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes'];
  await python([...pip, '--requirement', list, '--dest', folder], `download "${name} ${version}"`);
  const wheel = readdirSync(folder).find((file) => file.endsWith('.whl')) ?? '';
  await python(['-m', 'zipfile', '--extract', join(folder, wheel), folder], `unpack "${wheel}"`);
}

async function python(args: readonly string[], what: string): Promise<void> {
  const ran = await exec('python3', args, { timeout: DOWNLOAD_MS });
  if (ran.ok) return;
  const why = ran.late ? `no end within ${DOWNLOAD_MS / 1000} s` : complaintOf(ran);
  throw new UserError(
    `Cannot ${what}: ${why}, expected Python 3 with pip, and the pin in imports/sources.yaml`,
  );
}

/** The schemas that us-east-1 has: the region with every type. */
function registrySchemas(folder: string): RegistrySchema[] {
  const region = readFileSync(join(folder, ...SCHEMAS, 'providers', 'us_east_1.py'), 'utf8');
  const files = [...region.matchAll(/^ {4}"AWS::[^"]+": "([0-9a-f]+)",$/gm)].map((match) => match[1]);
  if (files.length === 0)
    throw new UserError('Cannot read the types of us-east-1: none, expected a list of names and files');
  return files.map((file) => {
    const path = join(folder, ...SCHEMAS, 'resources', `${file}.json`);
    return JSON.parse(readFileSync(path, 'utf8')) as RegistrySchema;
  });
}

const replacementOf = ({
  createOnlyProperties,
  conditionalCreateOnlyProperties,
}: RegistrySchema): Replacement => ({
  always: paths(createOnlyProperties),
  sometimes: paths(conditionalCreateOnlyProperties),
  computed: [],
});

/** `/properties/VpcConfig/SubnetIds` → `VpcConfig.SubnetIds`; items of a list go without their index. */
const paths = (pointers: readonly string[] = []): string[] =>
  pointers
    .map((pointer) =>
      pointer
        .split('/')
        .slice(2)
        .filter((step) => step !== '*' && step !== 'properties' && step !== 'items')
        .join('.'),
    )
    .toSorted();
