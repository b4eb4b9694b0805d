import { loadEstate } from '../../../spec/load';
import { change, estateFiles } from '../../helpers/estate';
import { type Mistake, testMistakes } from '../../helpers/problems';

const LINE = 'delivery: { repository: https://git.example.com/flipside.git }';
const repository = (url: string) => change('estate.yaml', LINE, `delivery: { repository: '${url}' }`);
const delivery = (rest: string) => change('estate.yaml', '/flipside.git }', `/flipside.git, ${rest} }`);
const freeze = (schedule: string, rest = 'duration: 12d, reason: Peak season') =>
  delivery(`freeze: [{ schedule: '${schedule}', ${rest} }]`);

const deliveryOf = (edit: ReturnType<typeof change>) => {
  const loaded = loadEstate('shop', estateFiles(edit));
  return 'problems' in loaded ? loaded.problems : loaded.input.estate.delivery;
};

test('a repository is enough', () => {
  expect(deliveryOf(() => {})).toEqual({
    repository: 'https://git.example.com/flipside.git',
    revision: 'main',
    freeze: [],
  });
});

test.each([
  ['ssh://git@git.example.com/shop/flipside.git', 'with the user that SSH needs'],
  ['ssh://git@git.example.com:2222/flipside.git', 'with a port'],
  ['file:///srv/git/flipside.git', 'a repository on the same machine'],
])('takes %s', (url) => {
  expect(deliveryOf(repository(url))).toMatchObject({ repository: url });
});

test.each(['* * * * *', '0 22 * * 5', '30 6,18 1-15 */3 1-5', '*/15 0-6 * 11,12 *'])(
  'takes the schedule %s',
  (schedule) => {
    expect(deliveryOf(freeze(schedule))).toEqual({
      repository: 'https://git.example.com/flipside.git',
      revision: 'main',
      freeze: [{ schedule, duration: 1_036_800, reason: 'Peak season' }],
    });
  },
);

const mistakes: Record<string, Mistake> = {
  'no delivery': {
    reason: 'no cluster would receive anything',
    edit: change('estate.yaml', LINE, ''),
    where: 'estate.yaml:1 delivery',
    says: 'expected',
  },
  'the short form of SSH': {
    reason: 'what people copy from a Git host; the answer is ready to paste',
    edit: repository('git@git.example.com:shop/flipside.git'),
    where: 'estate.yaml:17 delivery.repository',
    says: 'expected ssh://git@git.example.com/shop/flipside.git',
  },
  'a login': {
    reason: 'it would be a secret in Git',
    edit: repository('https://bot:token@git.example.com/flipside.git'),
    where: 'estate.yaml:17 delivery.repository',
    says: 'holds a login, expected a URL without one',
  },
  'a token alone': {
    reason: 'it would be a secret in Git',
    edit: repository('https://token@git.example.com/flipside.git'),
    where: 'estate.yaml:17 delivery.repository',
    says: 'holds a login',
  },
  'a pattern': {
    reason: 'the projects would trust more than one repository',
    edit: repository('https://git.example.com/*'),
    where: 'estate.yaml:17 delivery.repository',
    says: 'expected the https, ssh or file URL of a Git repository',
  },
  'another protocol': {
    reason: 'nobody vouches for what arrives',
    edit: repository('http://git.example.com/flipside.git'),
    where: 'estate.yaml:17 delivery.repository',
    says: 'expected the https, ssh or file URL of a Git repository',
  },
  'a host alone': {
    reason: 'there is nothing to read',
    edit: repository('https://git.example.com/'),
    where: 'estate.yaml:17 delivery.repository',
    says: 'names no repository',
  },
  'a revision that Git refuses': {
    reason: 'every cluster would wait for it for ever',
    edit: delivery('revision: a..b'),
    where: 'estate.yaml:17 delivery.revision',
    says: 'expected a branch, a tag or a commit, for example main',
  },
  'a freeze of four fields': {
    reason: 'Argo CD would refuse the whole project',
    edit: freeze('0 0 20 11'),
    where: 'estate.yaml:17 delivery.freeze[0].schedule',
    says: 'not five fields, expected minute, hour, day of the month, month and weekday in UTC',
  },
  'a freeze in month 13': {
    reason: 'Argo CD would refuse the whole project',
    edit: freeze('0 0 1 13 *'),
    where: 'estate.yaml:17 delivery.freeze[0].schedule',
    says: 'month out of form, expected *, or numbers of 1 to 12',
  },
  'a freeze on weekday 7': {
    reason: 'Sunday is 0 there',
    edit: freeze('0 0 * * 7'),
    where: 'estate.yaml:17 delivery.freeze[0].schedule',
    says: 'weekday out of form, expected *, or numbers of 0 to 6',
  },
  'a range that ends before it begins': {
    reason: 'it would never open',
    edit: freeze('0 20-6 * * *'),
    where: 'estate.yaml:17 delivery.freeze[0].schedule',
    says: 'hour out of form',
  },
  'a freeze without a reason': {
    reason: 'whoever is held is told why',
    edit: freeze('0 0 20 11 *', `duration: 12d, reason: ''`),
    where: 'estate.yaml:17 delivery.freeze[0].reason',
    says: 'empty, expected the reason',
  },
};

describe('mistakes', () => {
  testMistakes(mistakes);
});
