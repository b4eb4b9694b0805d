import { EXIT } from '../../scripts/answer';
import type { FailoverOptions } from '../../scripts/flip/wish';
import { flip, lost } from './_flip';
import { HOME, repositories } from './_repository';
import { type World, worldAt } from './_world';

const template = repositories();
afterAll(() => template.remove());

const newWorld = () => worldAt(template.copy());

/** What leaves everything as it was, and what is said. */
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
      world.peer.up = false;
    },
    code: EXIT.undecided,
    says: 'Cannot see the region that should take over: eu-west-1 does not answer',
  },
  'neither region answers': {
    reason: 'more likely this machine than two regions',
    given: (world) => {
      lost(world);
      world.peer.up = false;
    },
    code: EXIT.undecided,
    says: 'Neither region answers: look at your own network',
  },
  'kubectl has no such context': {
    reason: 'a mistake here must not look like a dead region',
    given: (world) => {
      world.peer.trouble = 'was not asked: kubectl has no context prod-eu-west-1';
    },
    code: EXIT.undecided,
    says: 'eu-west-1 was not asked',
  },
  'the context leads to the other region': {
    reason: 'home and peer swapped in a kubeconfig',
    given: (world) => {
      world.peer.data['plan.json'] = world.home.data['plan.json'] ?? '';
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
