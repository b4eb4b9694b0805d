/**
 * One family of provider-aws without the others. Both modules it is made of list every service of AWS in generated files,
 * and so building one family compiles all of them, an hour on two cores. In copies of the modules those lists are cut to
 * one service, and what only the others need is left out. Nothing of the family's own code is touched.
 */
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A family, as both modules name it. */
export interface Family {
  /** Its folder in both modules. */
  readonly service: string;
  /** How the names of its resources begin in Terraform. */
  readonly resources: readonly string[];
}

/** Folders of the two modules. */
export interface Modules {
  readonly provider: string;
  readonly terraform: string;
}

const SCOPES = ['cluster', 'namespaced'] as const;

/** Copies both modules below `to`, cut to a family. Throws when a list is not as it was in the pinned versions. */
export function copyFamily(from: Modules, family: Family, to: string): Modules {
  const copies = { provider: join(to, 'provider'), terraform: join(to, 'terraform') };
  const known = new Set([family.service, ...SCOPES.flatMap((scope) => referredTo(from, family, scope))]);
  copy(from.provider, copies.provider, (path) => isOfProvider(path, family, known));
  copy(from.terraform, copies.terraform, (path) => isOfTerraform(path, family));
  const own = new Set([family.service]);
  for (const scope of SCOPES) {
    edit(join(copies.provider, 'apis', scope, 'zz_register.go'), (text) => withoutServices(text, known));
    edit(join(copies.provider, 'config', scope, 'provider.go'), (text) => withoutServices(text, own));
  }
  edit(join(copies.provider, 'config', 'registry_common.go'), (text) => onlyResources(text, family));
  edit(join(copies.terraform, 'internal', 'provider', 'sdkv2', 'service_packages_gen.go'), (text) =>
    withoutServices(text, own),
  );
  const called = clientsCalled([copies.terraform, join(copies.provider, 'internal')]);
  edit(join(copies.terraform, 'internal', 'conns', CLIENTS), (text) => onlyClients(text, called));
  return copies;
}

/** Services whose kinds the family's own may refer to: those kinds are known, and nobody reconciles them. */
function referredTo({ provider }: Modules, { service }: Family, scope: string): string[] {
  const folder = join(provider, 'apis', scope, service);
  return goFilesBelow(folder)
    .filter((path) => path.endsWith('resolvers.go'))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/GetManagedResource\("(\w+)\./g)])
    .map(([, name = '']) => name);
}

function copy(from: string, to: string, holds: (path: string) => boolean): void {
  // The module cache is read-only, and so would be its copy.
  cpSync(from, to, {
    recursive: true,
    mode: 0,
    filter: (source) => !source.endsWith('_test.go') && holds(relative(from, source)),
  });
}

const UNUSED =
  /^(\.[^/]+|cluster|docs|e2e|examples|infrastructure|mk|package|scripts|skaff|testacc|tools|website)(\/|$)/;
/** Folders and files that stand for one service each. */
const SERVICE_FOLDER = /^(apis|config|internal\/controller)\/(?:cluster|namespaced)\/([a-z]\w*)(?:\/|$)/;
const SETUP = /^internal\/controller\/(?:cluster|namespaced)\/zz_(\w+)_setup\.go$/;
/** What all families share. */
const SHARED = new Set([
  'common',
  'v1alpha1',
  'v1beta1',
  'zz_register',
  'doc',
  'provider',
  'registry',
  'providerconfig',
]);

function isOfProvider(path: string, { service }: Family, known: ReadonlySet<string>): boolean {
  if (UNUSED.test(path)) return false;
  const setup = SETUP.exec(path)?.[1];
  if (setup) return setup === service;
  const [, part, folder] = SERVICE_FOLDER.exec(path) ?? [];
  if (folder === undefined || SHARED.has(folder)) return true;
  return part === 'apis' ? known.has(folder) : folder === service;
}

const TERRAFORM_SERVICE = /^internal\/service\/(\w+)\/(.+)$/;

/** Messages of every service are embedded by one pattern, which has to find some. */
function isOfTerraform(path: string, { service }: Family): boolean {
  if (UNUSED.test(path) || /(^|\/)testdata(\/|$)/.test(path)) return false;
  const [, folder, file] = TERRAFORM_SERVICE.exec(path) ?? [];
  return folder === undefined || folder === service || file === 'smarterr.hcl';
}

function edit(path: string, change: (text: string) => string): void {
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`Cannot cut "${path}": nothing in it is as expected of this version`);
  writeFileSync(path, after);
}

/** An import of a service's package, named or not. */
const IMPORT = /^\t(?:(\w+) )?"[^"]+\/(?:apis\/\w+|config\/\w+|internal\/service)\/([a-z]\w*)(?:\/v\w+)?"$/;
const USE = /^\t+(?:\w+\.AddConfig\()?(\w+)\.(?:SchemeBuilder|ServicePackage|Configure)\b/;

/** Leaves out the imports of other services, and the lines that use them. */
function withoutServices(text: string, kept: ReadonlySet<string>): string {
  const dropped = new Set<string>();
  const keeps = (line: string) => {
    const [, alias, folder = ''] = IMPORT.exec(line) ?? [];
    if (folder && !kept.has(folder) && !SHARED.has(folder)) dropped.add(alias ?? folder);
    return !(folder ? dropped.has(alias ?? folder) : dropped.has(USE.exec(line)?.[1] ?? ''));
  };
  return text.split('\n').filter(keeps).join('\n');
}

/** The three lists of resources with an external name, each to be made from a map's keys. */
const LIST =
  /\tl := make\(\[\]string, len\((\w+)\)\)\n\ti := 0\n\tfor name := range \w+ \{\n(?:.*\n)*?\t\}\n\treturn l/g;

function onlyResources(text: string, { resources }: Family): string {
  const isOurs = resources.map((prefix) => `strings.HasPrefix(name, "${prefix}")`).join(' || ');
  return text
    .replace('\t_ "embed"\n', '\t_ "embed"\n\t"strings"\n')
    .replaceAll(
      LIST,
      (_, map: string) =>
        `\tl := []string{}\n\tfor name := range ${map} {\n\t\tif ${isOurs} {\n\t\t\tl = append(l, name+"$")\n\t\t}\n\t}\n\treturn l`,
    );
}

/** Holds one function for each service's client of the SDK. */
const CLIENTS = 'awsclient_gen.go';
const CLIENT = /^func \(c \*AWSClient\) (\w+)\(/;
const SDK_IMPORT = /^\t(?:(\w+) )?"github\.com\/aws\/aws-sdk-go-v2\/service\/(\w+)"$/;

function clientsCalled(folders: readonly string[]): ReadonlySet<string> {
  const called = new Set<string>();
  for (const path of folders.flatMap(goFilesBelow))
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(/\b(\w+Client)\(ctx/g)) called.add(name);
  return called;
}

const goFilesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.go') && !path.endsWith(CLIENTS))
        .map((path) => join(folder, path))
    : [];

/** Leaves out the clients that nothing calls, and the imports that only they used. */
function onlyClients(text: string, called: ReadonlySet<string>): string {
  const [head = '', ...functions] = text.split(/^(?=func \(c \*AWSClient\))/m);
  const body = functions.filter((one) => called.has(CLIENT.exec(one)?.[1] ?? '')).join('');
  const isUsed = (line: string) => {
    const [, alias, name] = SDK_IMPORT.exec(line) ?? [];
    return name === undefined || body.includes(`*${alias ?? name}.`);
  };
  return head.split('\n').filter(isUsed).join('\n') + body;
}
