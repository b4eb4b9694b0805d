import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../scripts/cli';
import { flipCommands } from '../../scripts/flip/commands';
import { primaryRegionSchema } from '../../spec/claims';
import { flip, lost } from './_flip';
import { ESTATE, HOME, PEER, repositories } from './_repository';
import {
  commandsOf,
  FOLDER,
  headings,
  links,
  PARTS,
  type RunbookCommand,
  runbooks,
  textOf,
} from './_runbook';
import { type World, worldAt } from './_world';

const template = repositories();
afterAll(() => template.remove());

test('there is one for each procedure', () => {
  for (const name of ['region-loss', 'planned-switch', 'failback', 'stuck-promotion', 'git-host-down'])
    expect(runbooks).toContain(`${name}.md`);
  for (const name of ['deploy', 'scale', 'restore']) expect(runbooks).toContain(`${name}.md`);
});

test.each(runbooks)('%s: one command first, then the parts in order, and it is in the index', (file) => {
  const text = textOf(file);
  expect(text).toMatch(/^# .+\n\n```sh\n(npx flipside|aws) .+\n```\n/);
  expect(headings(text)).toEqual(PARTS);
  expect(text.split(/^## Detection$/m)[1]?.split(/^## /m)[0]).toMatch(
    /Alert `Flipside\w+`|Alert of the topic `/,
  );
  expect(links(textOf('README.md'))).toContain(file);
});

test.each(['README.md', ...runbooks])('%s: no link is dead', (file) => {
  for (const target of links(textOf(file)))
    expect([target, existsSync(join(FOLDER, target))]).toEqual([target, true]);
});

test('every alert that a runbook names is in the index', () => {
  const named = runbooks.flatMap((file) =>
    [...textOf(file).matchAll(/Alert `(\w+)`/g)].map(([, name]) => name),
  );
  for (const name of named.filter((one) => one !== 'FlipsidePeerNotReady'))
    expect(textOf('README.md')).toContain(`\`${name}\``);
});

/** What `--help` of the real command line prints. */
async function help(...args: string[]): Promise<string> {
  const written: string[] = [];
  const spy = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => written.push(String(text)) > 0);
  await main([...args, '--help'], '').finally(() => spy.mockRestore());
  return written.join('');
}

test.each(['README.md', ...runbooks])('%s: every command and option exists', async (file) => {
  const verbs = [...(await help()).matchAll(/^ {2}([a-z]+) /gm)].map(([, verb]) => verb);
  for (const { args } of commandsOf(textOf(file))) {
    const [verb = '', ...rest] = args;
    expect(verbs).toContain(verb);
    const options = (await help(verb)).match(/(?<=\s)--?[a-z-]+/g);
    for (const option of rest.filter((arg) => arg.startsWith('-'))) expect(options).toContain(option);
  }
});

interface Scene {
  readonly reason: string;
  /** What is wrong when the runbook is opened. */
  readonly given: (world: World) => Promise<unknown> | void;
  /** What has happened by the time of that part. */
  readonly Resolution?: (world: World) => void;
  /** Region of the writers at the end; home without it. */
  readonly ends?: string;
}

const scenes: Record<string, Scene> = {
  'region-loss.md': { reason: 'home is gone', ends: PEER, given: lost },
  'planned-switch.md': { reason: 'everything is well', ends: PEER, given: () => {} },
  'failback.md': {
    reason: 'the writers are away and home is well again',
    given: async (world) => {
      await flip(world, { yes: true });
      world.now += 3_600_000;
    },
  },
  'stuck-promotion.md': {
    reason: 'Argo CD does not bring the flip',
    ends: PEER,
    given: async (world) => {
      world.peer.argocd = false;
      await flip(world, { yes: true, timeout: '30s' });
    },
  },
  'git-host-down.md': {
    reason: 'home and the Git host are gone; the Git host comes back',
    ends: PEER,
    given: (world) => {
      lost(world);
      world.git('remote', 'set-url', 'origin', '../gone.git');
    },
    Resolution: (world) => {
      world.git('remote', 'set-url', 'origin', '../remote.git');
    },
  },
  'deploy.md': { reason: 'only looks', given: () => {} },
  'scale.md': { reason: 'only looks', given: () => {} },
  'restore.md': { reason: 'only looks', given: () => {} },
};

function sceneOf(file: string): Scene {
  const scene = scenes[file];
  if (!scene) throw new Error(`${file} has no scene, expected one in this file`);
  return scene;
}

const FLIPS = ['failover', 'failback', 'status'];

/** Runs a command of the flip through the real command line. */
async function runs(world: World, { args }: RunbookCommand): Promise<number> {
  let code = -1;
  const flips = new Command('flipside').exitOverride();
  flipCommands(flips, world.root, (answer) => (code = answer), world.ports);
  const to = args.indexOf('--to');
  world.typed = to < 0 ? HOME : args[to + 1];
  await flips.parseAsync(
    args.map((arg) => (arg === 'storefront' ? ESTATE : arg)),
    { from: 'user' },
  );
  return code;
}

/** Those that flip, or look whether one is due. */
const flipping = runbooks.filter((file) => textOf(file).includes('npx flipside '));

test.each(flipping)(
  '%s: every command of the flip gives its exit code, and the writers end where they belong',
  async (file) => {
    const world = worldAt(template.copy());
    const { given, Resolution, ends = HOME } = sceneOf(file);
    await given(world);
    let part = '';
    for (const command of commandsOf(textOf(file)).filter(({ args }) => FLIPS.includes(args[0] ?? ''))) {
      if (command.part !== part && command.part === 'Resolution') Resolution?.(world);
      part = command.part;
      expect([command.text, await runs(world, command)]).toEqual([command.text, command.code]);
      world.now += 60_000;
    }
    expect([world.writer, world.hosted().region]).toEqual([ends, ends]);
  },
);

test('the override that is patched without Node is valid', () => {
  const [, patch = ''] = /--patch '(\{"spec":\{"override.+\})'/.exec(textOf('git-host-down.md')) ?? [];
  const { override } = (JSON.parse(patch) as { spec: { override: object } }).spec;
  const whole = { region: HOME, epoch: 0, override };
  expect(primaryRegionSchema.shape.spec.safeParse(whole).error).toBeUndefined();
});
