import { loadEstate } from '../../../spec/load';
import { type Mistake, testMistakes } from '../../helpers/problems';
import { estateFiles, write } from '../../helpers/estate';

const file = (rest: string) => write('waivers.yaml', `waivers:\n  - ${rest}\n`);
const VALID = `{ check: recent-drill, reason: "The account is not there before the spring", owner: platform, expires: 2027-03-31 }`;

test('waivers reach the review as they are written', () => {
  const loaded = loadEstate('shop', estateFiles(file(VALID)));
  expect('input' in loaded && loaded.input.waivers).toEqual([
    {
      check: 'recent-drill',
      reason: 'The account is not there before the spring',
      owner: 'platform',
      expires: '2027-03-31',
    },
  ]);
});

test('an estate without the file waives nothing', () => {
  const loaded = loadEstate('shop', estateFiles());
  expect('input' in loaded && loaded.input.waivers).toEqual([]);
});

const changed = (from: RegExp, to: string) => file(VALID.replace(from, to));

const mistakes: Record<string, Mistake> = {
  'a day that does not exist': {
    reason: 'it would end on another one',
    edit: changed(/2027-03-31/, '2027-02-30'),
    where: 'waivers.yaml:2 waivers[0].expires',
    says: 'no day of the calendar, expected a day as YYYY-MM-DD',
  },
  'a day in words': {
    reason: 'it cannot be compared',
    edit: changed(/2027-03-31/, 'soon'),
    where: 'waivers.yaml:2 waivers[0].expires',
    says: 'expected a day as YYYY-MM-DD',
  },
  'no end': {
    reason: 'nothing is accepted for ever',
    edit: changed(/, expires: [\d-]+/, ''),
    where: 'waivers.yaml:2 waivers[0].expires',
    says: 'expected a day as YYYY-MM-DD',
  },
  'a short reason': {
    reason: '"later" explains nothing',
    edit: changed(/"The .*spring"/, 'later'),
    where: 'waivers.yaml:2 waivers[0].reason',
    says: 'too short, expected why it is accepted',
  },
  'nobody who answers': {
    reason: 'somebody has to be asked when it expires',
    edit: changed(/platform/, '""'),
    where: 'waivers.yaml:2 waivers[0].owner',
    says: 'empty, expected who answers for it',
  },
  'an unknown key': {
    reason: 'a misspelled path would waive everything',
    edit: changed(/owner/, 'paths: dist, owner'),
    where: 'waivers.yaml:2 waivers[0].paths',
    says: '(did you mean "path"?)',
  },
  'an empty list': {
    reason: 'the file says nothing',
    edit: write('waivers.yaml', 'waivers: []\n'),
    where: 'waivers.yaml:1 waivers',
    says: 'empty, expected at least one waiver, or no file',
  },
};

describe('waivers.yaml', () => {
  testMistakes(mistakes);
});
