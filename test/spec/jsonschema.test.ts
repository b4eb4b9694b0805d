import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { jsonSchemas } from '../../spec/jsonschema';
import { claimSchemas } from '../../spec/claims';

const root = join(__dirname, '../..');
const schemas = jsonSchemas();

const committed = readdirSync(join(root, 'estates'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => `estates/${path.replaceAll('\\', '/')}`)
  .toSorted();

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

/** The path in the repository of the schema that a file names for editors. */
const schemaOf = (path: string) => {
  const [, relative = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(textOf(path)) ?? [];
  return posix.join(dirname(path), relative);
};

const ajv = new Ajv({ allErrors: true, strict: true });
const validators = new Map([...schemas].map(([path, text]) => [path, ajv.compile(JSON.parse(text))]));

const kebab = (kind: string) => kind.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`).slice(1);

test('there is a schema for every file that people write', () => {
  const kinds = [...Object.keys(claimSchemas), 'PrimaryRegion'];
  const names = ['estate', 'service', 'facts', 'waivers', ...kinds.map((kind) => `claims/${kebab(kind)}`)];
  expect([...schemas.keys()]).toEqual(names.map((name) => `schemas/${name}.json`));
});

test.each(committed)('%s names its schema, and fits it', (path) => {
  expect([...schemas.keys()]).toContain(schemaOf(path));
  const validate = validators.get(schemaOf(path));
  validate?.(parse(textOf(path)));
  expect(validate?.errors).toBeNull();
});

test.each([...schemas])(
  '%s is of draft 7, refuses unknown keys and holds no rules of an API server',
  (_path, text) => {
    expect(JSON.parse(text)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      additionalProperties: false,
      title: expect.any(String),
    });
    expect(text).not.toContain('x-kubernetes');
  },
);

test('the schemas are the same bytes every time', () => {
  expect([...jsonSchemas()]).toEqual([...schemas]);
});

test('an editor offers what may be left out', () => {
  const validate = validators.get('schemas/service.json');
  const service = {
    name: 'web',
    team: 'sales',
    image: `web@sha256:${'0'.repeat(64)}`,
    scale: { min: 1, max: 2, cpu: '70%' },
  };
  expect(validate?.(service)).toBe(true);
  expect(validate?.({ ...service, colour: 'red' })).toBe(false);
});
