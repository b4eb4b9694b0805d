import { chmodSync, rmSync } from 'node:fs';
import { EXIT, UserError } from '../../scripts/answer';
import { failback } from '../../scripts/failback';
import { failover } from '../../scripts/failover';
import type { FailoverOptions } from '../../scripts/flip/wish';
import { ESTATE, HOME, PEER, repositories, type World, worldAt } from './_world';

const template = repositories();
afterAll(() => template.remove());

const newWorld = () => worldAt(template.copy());

const lost = (world: World) => {
  world.regions[HOME]!.up = false;
};

const UNPLANNED = { unplanned: true, acceptDataLoss: true };

/** Runs the verb and gives its exit code and everything that was said. */
async function flip(world: World, options: Partial<FailoverOptions> = {}) {
  world.lines.length = 0;
  try {
    const code = await failover(world.root, { estate: ESTATE, to: PEER, ...options }, world.ports);
    return { code, text: world.lines.join('\n') };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.exitCode, text: [...world.lines, error.message].join('\n') };
  }
}

describe('a region is lost', () => {
  test('one command moves the writers and says what it does', async () => {
    const world = newWorld();
    lost(world);
    const { code, text } = await flip(world, UNPLANNED);
    expect(code).toBe(EXIT.ok);
    expect(world.writer).toBe(PEER);
    expect(world.hosted()).toMatchObject({ region: PEER, epoch: 1, mode: 'Unplanned', acceptDataLoss: true });
    for (const said of [
      'shop  us-east-1 -> eu-west-1   epoch 0 -> 1   unplanned: commits of the last ~0.8 s may be lost',
      'eu-west-1 can take over: 1 store in step, at most 0.8 s behind, checked 0 s ago',
      'us-east-1 does not answer',
      'objective 5 min',
      '-   region: us-east-1',
      '+   region: eu-west-1',
      'pushed ',
      'Job promote-1 started',
      'compute 2/2 services',
      'sales/orders',
      'beacon in eu-west-1 answers',
      'shop is written in eu-west-1: epoch 1, promoted in 9.0 s (objective 5 min in all), lag at the flip 0.8 s',
    ])
      expect(text).toContain(said);
    expect(world.asked).toEqual(['Type the region to take over: ']);
  });

  test('only the files of the flip are committed, with comments kept and a clear message', async () => {
    const world = newWorld();
    world.write('notes.txt', 'mine');
    world.write(`estates/${ESTATE}/../other.md`, 'mine');
    await flip(world, { yes: true });
    expect(world.git('show', '--format=', '--name-only', 'HEAD').split('\n')).toEqual([
      'dist/shop/kubernetes/prod-eu-west-1/primary-region/primary-region.yaml',
      'dist/shop/kubernetes/prod-us-east-1/primary-region/primary-region.yaml',
      'estates/shop/primary-region.yaml',
    ]);
    expect(world.git('show', 'HEAD:estates/shop/primary-region.yaml')).toContain(
      '# who writes\nspec: { region: eu-west-1, epoch: 1, mode: Planned }',
    );
    expect(world.git('log', '-1', '--format=%s')).toBe(
      'Move the writers of shop from us-east-1 to eu-west-1, epoch 1',
    );
    expect(world.asked).toEqual([]);
  });

  test('running it again changes nothing', async () => {
    const world = newWorld();
    lost(world);
    await flip(world, UNPLANNED);
    const commit = world.git('rev-parse', 'HEAD');
    const { code, text } = await flip(world, UNPLANNED);
    expect({ code, text }).toEqual({
      code: EXIT.ok,
      text: 'shop is written in eu-west-1 already, epoch 1: nothing to do',
    });
    expect(world.git('rev-parse', 'HEAD')).toBe(commit);
  });

  test('interrupted, it goes on by itself, and the same command carries on', async () => {
    const world = newWorld();
    lost(world);
    world.interruptAt = world.now + 3_000;
    const first = await flip(world, UNPLANNED);
    expect(first.code).toBe(EXIT.undecided);
    expect(first.text).toContain('flipside status --estate shop --follow');
    world.interruptAt = Number.POSITIVE_INFINITY;
    const second = await flip(world, UNPLANNED);
    expect(second.code).toBe(EXIT.ok);
    expect(second.text).toContain('epoch 1 to eu-west-1 is asked for already: carrying on');
    expect(world.hosted().epoch).toBe(1);
  });

  test('back home is a planned flip with the next epoch', async () => {
    const world = newWorld();
    await flip(world);
    world.now += 60_000;
    const code = await failback(world.root, { estate: ESTATE, yes: true }, world.ports);
    expect(code).toBe(EXIT.ok);
    expect(world.writer).toBe(HOME);
    expect(world.hosted()).toMatchObject({ region: HOME, epoch: 2, mode: 'Planned' });
  });
});

describe('without Git', () => {
  test('an override in the surviving cluster alone, and Git catches up with the same epoch', async () => {
    const world = newWorld();
    lost(world);
    world.git('remote', 'set-url', 'origin', '../gone.git');
    const first = await flip(world, { ...UNPLANNED, breakGlass: true });
    expect(first.code).toBe(EXIT.ok);
    expect(first.text).toContain('Git does not know');
    expect(world.regions[PEER]!.spec.override).toMatchObject({
      region: PEER,
      epoch: 1,
      reason: 'flipside failover --break-glass by oncall',
    });
    expect(world.git('log', '--format=%s')).toBe('Start');
    world.git('remote', 'set-url', 'origin', '../remote.git');
    const second = await flip(world, UNPLANNED);
    expect(second.code).toBe(EXIT.ok);
    expect(world.hosted()).toMatchObject({ region: PEER, epoch: 1 });
    expect(world.git('log', '-1', '--format=%s')).toBe('Record that shop is written in eu-west-1, epoch 1');
    expect(world.asked).toHaveLength(1);
    const third = await flip(world, UNPLANNED);
    expect(third.text).toContain('nothing to do');
  });

  test('a flip that Argo CD does not bring gets the same epoch by hand', async () => {
    const world = newWorld();
    world.regions[PEER]!.argocd = false;
    const first = await flip(world, { timeout: '90s' });
    expect(first.code).toBe(EXIT.undecided);
    expect(first.text).toContain('epoch 1 has not arrived in eu-west-1');
    const second = await flip(world, { breakGlass: true });
    expect(second.code).toBe(EXIT.ok);
    expect(world.regions[PEER]!.spec.override?.epoch).toBe(1);
  });
});

describe('every check and no change', () => {
  test('asks the region that would take over', async () => {
    const world = newWorld();
    const { code, text } = await flip(world, { dryRun: true });
    expect(code).toBe(EXIT.ok);
    expect(text).toContain('eu-west-1 would take over now');
    expect(world.regions[PEER]!.spec.dryRun).toEqual({ region: PEER, run: 1, mode: 'Planned' });
    expect(world.regions[HOME]!.spec.dryRun).toBeUndefined();
    await flip(world, { dryRun: true });
    expect(world.regions[PEER]!.spec.dryRun?.run).toBe(2);
    expect(world.git('log', '--format=%s')).toBe('Start');
    expect(world.writer).toBe(HOME);
  });

  test('prints every reason of a refusal', async () => {
    const world = newWorld();
    world.regions[PEER]!.job = 'Refused';
    world.regions[PEER]!.reasons = ['sales/orders: 40 s behind', 'the credentials belong to another account'];
    const { code, text } = await flip(world, { dryRun: true });
    expect(code).toBe(EXIT.no);
    expect(text).toContain('  - sales/orders: 40 s behind\n  - the credentials belong to another account');
  });

  test('without a result it says so', async () => {
    const world = newWorld();
    world.regions[PEER]!.job = 'hangs';
    expect((await flip(world, { dryRun: true })).code).toBe(EXIT.undecided);
  });
});

describe('nothing is changed when', () => {
  const cases: Record<
    string,
    {
      reason: string;
      given?: (world: World) => void;
      options?: Partial<FailoverOptions>;
      code: number;
      says: string;
    }
  > = {
    'the estate is unknown': {
      reason: 'a typing error at night',
      options: { estate: 'shopp' },
      code: EXIT.usage,
      says: 'Cannot find the estate "shopp": no folder estates/shopp, expected one of shop',
    },
    'the region is unknown': {
      reason: 'a typing error at night',
      options: { to: 'eu-west-2' },
      code: EXIT.usage,
      says: 'Cannot fail over to "eu-west-2": no region of shop, expected us-east-1 or eu-west-1',
    },
    'data loss is not accepted': {
      reason: 'the API server would refuse it later',
      options: { unplanned: true },
      code: EXIT.usage,
      says: 'expected --accept-data-loss as well',
    },
    'data loss is accepted for nothing': {
      reason: 'the person means another flip than they typed',
      options: { acceptDataLoss: true },
      code: EXIT.usage,
      says: 'expected --unplanned as well',
    },
    'the region holds the writers': {
      reason: 'what is done needs no flip',
      options: { to: HOME },
      code: EXIT.ok,
      says: 'shop is written in us-east-1 already, epoch 0: nothing to do',
    },
    'another region is typed': {
      reason: 'the question is there for this',
      given: (world) => {
        world.typed = 'us-east-1';
      },
      code: EXIT.no,
      says: 'Cannot fail over: "us-east-1" typed, expected eu-west-1; nothing was changed',
    },
    'nobody can be asked': {
      reason: 'a script without --yes',
      given: (world) => {
        world.typed = undefined;
      },
      code: EXIT.usage,
      says: 'expected --yes',
    },
    'the region that should take over does not answer': {
      reason: 'everything is decided from what it says',
      given: (world) => {
        world.regions[PEER]!.up = false;
      },
      code: EXIT.undecided,
      says: 'Cannot see the region that should take over: eu-west-1 does not answer',
    },
    'neither region answers': {
      reason: 'more likely this machine than two regions',
      given: (world) => {
        lost(world);
        world.regions[PEER]!.up = false;
      },
      code: EXIT.undecided,
      says: 'Neither region answers: look at your own network',
    },
    'kubectl has no such context': {
      reason: 'a mistake here must not look like a dead region',
      given: (world) => {
        world.regions[PEER]!.trouble = 'was not asked: kubectl has no context prod-eu-west-1';
      },
      code: EXIT.undecided,
      says: 'eu-west-1 was not asked',
    },
    'the context leads to the other region': {
      reason: 'home and peer swapped in a kubeconfig',
      given: (world) => {
        world.regions[PEER]!.data['plan.json'] = world.regions[HOME]!.data['plan.json'] ?? '';
      },
      code: EXIT.undecided,
      says: 'its context leads to us-east-1',
    },
    'the files are edited': {
      reason: 'a flip commits nothing of others',
      given: ({ write }) => write('estates/shop/primary-region.yaml', 'mine'),
      code: EXIT.no,
      says: 'estates/shop',
    },
    'a service file is edited': {
      reason: 'a flip commits nothing of others',
      given: ({ write }) => write('dist/shop/mine.yaml', 'mine'),
      code: EXIT.no,
      says: 'dist/shop/mine.yaml differ from the last commit, expected none: git stash push -- estates/shop dist/shop',
    },
    'another branch is checked out': {
      reason: 'Argo CD follows main',
      given: ({ git }) => git('switch', '--quiet', '--create', 'feature'),
      code: EXIT.no,
      says: 'the checkout is on branch feature, expected main: git switch main',
    },
    'no branch is checked out': {
      reason: 'a commit there would be lost',
      given: ({ git }) => git('switch', '--quiet', '--detach'),
      code: EXIT.no,
      says: 'on no branch (detached)',
    },
    'other commits wait to be pushed': {
      reason: 'a flip must not deliver what nobody reviewed',
      given: ({ git }) => git('commit', '--quiet', '--allow-empty', '--message', 'Mine'),
      code: EXIT.no,
      says: 'a flip pushes nothing else',
    },
    'the Git host has newer commits': {
      reason: 'the push would be refused',
      given: ({ git }) => {
        git('commit', '--quiet', '--allow-empty', '--message', 'Theirs');
        git('push', '--quiet', 'origin', 'main');
        git('reset', '--quiet', '--hard', 'HEAD~1');
      },
      code: EXIT.no,
      says: 'git pull --ff-only',
    },
    'the Git host is down': {
      reason: 'there is another way',
      given: ({ git }) => git('remote', 'set-url', 'origin', '../gone.git'),
      code: EXIT.undecided,
      says: 'with --break-glass',
    },
  };
  test.each(Object.entries(cases))('%s', async (_name, { given, options, code, says }) => {
    const world = newWorld();
    given?.(world);
    const before = world.git('rev-parse', 'HEAD');
    const result = await flip(world, options);
    expect(result.text).toContain(says);
    expect(result.code).toBe(code);
    expect(world.hosted().epoch).toBe(0);
    expect(world.git('rev-parse', 'HEAD')).toBe(before);
    expect(world.writer).toBe(HOME);
  });
});

describe('a flip that does not end well', () => {
  test('the push is refused: says what stands here and how to undo it; again pushes the same commit', async () => {
    const world = newWorld();
    const hook = `${world.root}/../remote.git/hooks/pre-receive`;
    world.write(
      '../remote.git/hooks/pre-receive',
      '#!/bin/sh\necho "error: main is protected" >&2\nexit 1\n',
    );
    chmodSync(hook, 0o755);
    const first = await flip(world);
    expect(first.code).toBe(EXIT.no);
    const id = world.git('rev-parse', '--short', 'HEAD');
    expect(first.text).toContain('main is protected');
    expect(first.text).toContain(`git reset --keep ${id}~1`);
    expect(first.text).toContain('--break-glass');
    rmSync(hook);
    const second = await flip(world);
    expect(second.code).toBe(EXIT.ok);
    expect(world.git('rev-parse', '--short', 'origin/main')).toBe(id);
    expect(world.asked).toHaveLength(1);
  });

  test('refused: every reason, and the next try takes the next epoch', async () => {
    const world = newWorld();
    Object.assign(world.regions[PEER]!, { job: 'Refused', reasons: ['versions differ', '40 s behind'] });
    const first = await flip(world);
    expect(first.code).toBe(EXIT.no);
    expect(first.text).toContain('nothing was changed in AWS\n  - versions differ\n  - 40 s behind');
    expect(world.writer).toBe(HOME);
    Object.assign(world.regions[PEER]!, { job: 'Promoted', reasons: [] });
    const second = await flip(world);
    expect(second.code).toBe(EXIT.ok);
    expect(world.hosted()).toMatchObject({ region: PEER, epoch: 2 });
  });

  const endings = {
    Superseded: 'Superseded: ',
    Conflict: 'Conflict: ',
    Failed: 'logs job/promote-1',
  } as const;
  test.each(Object.entries(endings))('%s', async (job, says) => {
    const world = newWorld();
    Object.assign(world.regions[PEER]!, { job, reasons: ['because'] });
    const { code, text } = await flip(world);
    expect(code).toBe(EXIT.no);
    expect(text).toContain(says);
    expect(text).toContain('  - because');
  });

  test('somebody else flips meanwhile: superseded', async () => {
    const world = newWorld();
    world.meanwhile = () => {
      world.regions[PEER]!.spec = {
        ...world.regions[PEER]!.spec,
        override: { region: HOME, epoch: 5, mode: 'Planned', acceptDataLoss: false, reason: 'other' },
      };
    };
    const { code, text } = await flip(world);
    expect(code).toBe(EXIT.no);
    expect(text).toContain(
      'Superseded: a flip with an epoch above 1 counts now\n  - epoch 5 asks for us-east-1',
    );
  });

  test('two regions for one epoch: neither acts, and the next epoch decides', async () => {
    const world = newWorld();
    world.meanwhile = () => {
      world.regions[PEER]!.spec = {
        ...world.regions[PEER]!.spec,
        override: { region: HOME, epoch: 1, mode: 'Planned', acceptDataLoss: false, reason: 'other' },
      };
      world.meanwhile = () => {};
    };
    const first = await flip(world);
    expect(first.code).toBe(EXIT.no);
    expect(first.text).toContain('Conflict: epoch 1 names two regions');
    const second = await flip(world);
    expect(second.code).toBe(EXIT.ok);
    expect(world.hosted().epoch).toBe(2);
  });

  test('it takes longer than the person waits: undecided', async () => {
    const world = newWorld();
    world.regions[PEER]!.job = 'hangs';
    const { code, text } = await flip(world, { timeout: '30s' });
    expect(code).toBe(EXIT.undecided);
    expect(text).toContain('still runs');
  });

  test('the region is lost in the middle of a planned flip: unplanned takes the next epoch', async () => {
    const world = newWorld();
    world.regions[PEER]!.job = 'hangs';
    await flip(world, { timeout: '10s' });
    lost(world);
    world.regions[PEER]!.job = 'Promoted';
    const { code } = await flip(world, UNPLANNED);
    expect(code).toBe(EXIT.ok);
    expect(world.hosted()).toMatchObject({ epoch: 2, mode: 'Unplanned' });
  });

  test('the writers went elsewhere by hand: the next epoch brings them', async () => {
    const world = newWorld();
    await flip(world);
    world.now += 60_000;
    world.writer = HOME;
    const { code } = await flip(world);
    expect(code).toBe(EXIT.ok);
    expect(world.hosted()).toMatchObject({ region: PEER, epoch: 2 });
    expect(world.writer).toBe(PEER);
  });
});

test('with --json a program reads one document', async () => {
  const world = newWorld();
  const { code } = await flip(world, { yes: true, json: true });
  expect(world.data).toHaveLength(1);
  expect(world.data[0]).toMatchObject({
    estate: ESTATE,
    region: PEER,
    epoch: 1,
    outcome: 'Promoted',
    beacon: true,
    exitCode: code,
  });
});
