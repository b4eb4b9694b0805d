import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildValidator, canValidate, validatorPath } from '../../scripts/validator';
import { root, scratch } from '../helpers/cli';

const withoutGo = <T>(act: () => T): T => {
  const { PATH } = process.env;
  process.env['PATH'] = '/nowhere';
  try {
    return act();
  } finally {
    process.env['PATH'] = PATH;
  }
};

/** A repository whose validator was never built. */
function unbuilt(source: string): string {
  const dir = scratch();
  mkdirSync(join(dir, 'test', 'validator'), { recursive: true });
  writeFileSync(join(dir, 'test', 'validator', 'main.go'), source);
  return dir;
}

test('without Go it says what to install', () => {
  const dir = unbuilt('package main');
  expect(withoutGo(() => canValidate(dir))).toBe(false);
  expect(() => withoutGo(() => buildValidator(dir))).toThrow(
    'Cannot build "test/validator": no Go on the PATH, expected Go 1.26 or newer; install it from https://go.dev/dl',
  );
});

test('other sources are another program', () => {
  expect(validatorPath(unbuilt('package main'))).not.toMatch(validatorPath(unbuilt('package other')).slice(-12));
  expect(validatorPath(root)).toMatch(/\.cache\/tools\/crd-validator-[0-9a-f]{12}$/);
});
