/** `flipside review` without a base: the committed estates pass, and a broken one fails and says what to do. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEstates } from '../../scripts/estates';
import { flipside, root, scratch } from '../helpers/cli';

jest.setTimeout(120_000);

const ESTATE = 'pilot-light';
const TEMPLATE = `dist/${ESTATE}/aws/prod-us-west-2-identity.json`;

/** One estate and what it renders, in a folder of its own. */
function alone(): string {
  const dir = scratch();
  for (const path of [`estates/${ESTATE}`, `dist/${ESTATE}`])
    cpSync(join(root, path), join(dir, path), { recursive: true });
  return dir;
}

/** Lets every role of a template do everything. */
function open(dir: string): void {
  const file = join(dir, TEMPLATE);
  const text = readFileSync(file, 'utf8').replaceAll(/"Sid": "Look"/g, '"NotAction": "none"');
  writeFileSync(file, text);
}

const judged = (dir: string, ...args: string[]) => flipside(['review', '--directory', dir, ...args]);

test('every committed estate passes: what is wrong is accepted with a reason', () => {
  const { code, out } = judged(root);
  for (const { estate } of readEstates(root)) expect(out).toMatch(new RegExp(`^${estate.name} .* ok, `, 'm'));
  expect(out).not.toContain('error');
  expect(code).toBe(0);
});

test('an estate fits on a screen: each check is told once, with its first place and how often', () => {
  const [, ...blocks] = judged(root).out.trim().split('\n\n');
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) {
    const checks = [...block.matchAll(/^ {2}(?:error|warning) +(\S+) +\d+x {2}estates\//gm)].map(
      ([, id]) => id,
    );
    expect(checks.length).toBeGreaterThan(0);
    expect(new Set(checks).size).toBe(checks.length);
    expect(block.split('\n').length).toBeLessThanOrEqual(24);
  }
});

test('a broken estate fails, its errors come first, and it says what to do', () => {
  const dir = alone();
  expect(judged(dir).code).toBe(0);
  open(dir);
  const { code, out } = judged(dir);
  expect(code).toBe(1);
  const [, first, remedy] = out.slice(out.indexOf(`\n${ESTATE}\n`) + 1).split('\n');
  expect(first).toMatch(new RegExp(`^  error +no-wildcard-permissions +\\d\\d+x {2}${TEMPLATE}#Resources/`));
  expect(remedy).toContain('Name what the program calls');
  expect(out).toContain(`accept it with a reason and an end in estates/${ESTATE}/waivers.yaml`);
  expect(out).toContain(`all of them: dist/${ESTATE}/review/README.md`);
});

test('an acceptance that has ended is an error again', () => {
  const dir = alone();
  const file = join(dir, 'estates', ESTATE, 'waivers.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/expires: .*/g, 'expires: 2001-01-01'));
  const { code, out } = judged(dir, '--format', 'json');
  const { estates } = JSON.parse(out) as { estates: { findings: { severity: string; message: string }[] }[] };
  const errors = estates[0]?.findings.filter(({ severity }) => severity === 'error') ?? [];
  expect(errors.map(({ message }) => message)).toEqual(
    expect.arrayContaining([expect.stringContaining('waiver expired on 2001-01-01')]),
  );
  expect(code).toBe(1);
});

test('an estate that is not rendered is said, with the command', () => {
  const dir = scratch();
  cpSync(join(root, 'estates', ESTATE), join(dir, 'estates', ESTATE), { recursive: true });
  const { code, err } = judged(dir);
  expect(err).toContain(`dist/${ESTATE} is empty`);
  expect(err).toContain('npx flipside synth');
  expect(code).not.toBe(0);
});
