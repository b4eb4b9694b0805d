/** cfn-lint over every committed template: the schemas of CloudFormation's registry, references, and the actions in policies. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALL_MS, venv } from '../../lab/venv';
import { readEstates } from '../../scripts/estates';
import { root, scratch } from '../helpers/cli';

/** Its script names the folder that it was installed in, before that was moved. */
const RUN = 'import sys, cfnlint.runner; sys.exit(cfnlint.runner.main())';
const LINT_MS = 300_000;
jest.setTimeout(INSTALL_MS + LINT_MS);

/** Zones are named in the estate: a subnet must not move when a region lists its zones in another order. */
const ACCEPTED = ['W3010'];

/** What cfn-lint says of one line of a template. */
interface Finding {
  readonly Filename: string;
  readonly Message: string;
  readonly Location: { readonly Path: readonly string[] };
  readonly Rule: { readonly Id: string };
}

/** Each finding as `<rule> <file> <path>: <message>`. */
function findingsIn(folder: string): string[] {
  const python = join(venv(root, 'cfn-lint', join('test', 'cfn-lint', 'requirements.txt')), 'bin', 'python');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const args = ['-c', RUN, '--format', 'json', '--ignore-checks', ...ACCEPTED, '-t', ...files];
  const { stdout, stderr } = spawnSync(python, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (!stdout.startsWith('[')) throw new Error(`Cannot run cfn-lint: ${stderr}`);
  return (JSON.parse(stdout) as Finding[]).map(
    ({ Filename, Message, Location, Rule }) =>
      `${Rule.Id} ${Filename} ${Location.Path.join('.')}: ${Message}`,
  );
}

const names = readEstates(root).map(({ estate }) => estate.name);

test.each(names)('%s has no finding', (name) => {
  expect(findingsIn(join(root, 'dist', name, 'aws'))).toEqual([]);
});

test('a key that CloudFormation does not know is found, where CDK takes anything', () => {
  const folder = join(scratch(), 'aws');
  mkdirSync(folder);
  const network = readFileSync(
    join(root, 'dist', 'pilot-light', 'aws', 'prod-us-east-1-network.json'),
    'utf8',
  );
  writeFileSync(join(folder, 'network.json'), network.replace('"FileFormat"', '"fileFormat"'));
  expect(findingsIn(folder).join('\n')).toMatch(/^E3002 network\.json .*DestinationOptions/m);
});
