/** The map of modules in `docs/architecture.md`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../helpers/cli';

const [, map = ''] = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8').split(
  '## Where each part of a landscape is made',
);
const rows = map
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| module'))
  .map((line) => line.split('|').slice(1, -1));

const pathsIn = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);

test('S0-49, S1-64: each of the eleven modules names code and tests that exist', () => {
  expect(rows).toHaveLength(11);
  for (const [name, code, tests] of rows) {
    expect([name, pathsIn(code).length, pathsIn(tests).length]).not.toContain(0);
    const missing = [...pathsIn(code), ...pathsIn(tests)].filter((path) => !existsSync(join(root, path)));
    expect([name, missing]).toEqual([name, []]);
    expect(pathsIn(tests).filter((path) => !/^test\/.*\.test\.ts$/.test(path))).toEqual([]);
  }
});
