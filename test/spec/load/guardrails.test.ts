/** What an estate may say about alerts, money and guardrails. */
import { loadEstate } from '../../../spec/load';
import { change, estateFiles } from '../../helpers/estate';
import { type Mistake, testMistakes } from '../../helpers/problems';

const LINE = 'delivery: { repository: https://git.example.com/flipside.git }';
const also = (line: string) => change('estate.yaml', LINE, `${LINE}\n${line}`);

const estateWith = (edit: ReturnType<typeof change>) => {
  const loaded = loadEstate('shop', estateFiles(edit));
  return 'problems' in loaded ? loaded.problems : loaded.input.estate;
};

test('left out, every switch is off', () => {
  expect(estateWith(() => {})).toMatchObject({
    guardrails: {
      remediation: [],
      standards: [],
      restoreTests: false,
      shield: false,
      regionSwitch: false,
    },
  });
});

test('shares of teams and of the platform make up the budget', () => {
  const edit = also('budget: { monthly: 300, shares: { sales: 100, platform: 200 } }');
  expect(estateWith(edit)).toMatchObject({ budget: { monthly: 300, shares: { sales: 100, platform: 200 } } });
});

const mistakes: Record<string, Mistake> = {
  'shares that miss the sum': {
    reason: 'S4-106: amounts sum to the estate',
    edit: also('budget: { monthly: 300, shares: { sales: 100, platform: 150 } }'),
    where: 'estate.yaml:18 budget.shares',
    says: 'add up to 250, expected 300 like monthly',
  },
  'a share of nobody': {
    reason: 'its filter would match no cost',
    edit: also('budget: { monthly: 300, shares: { sles: 300 } }'),
    where: 'estate.yaml:18 budget.shares.sles',
    says: 'the share of sles, who owns nothing here, expected one of platform, sales (did you mean "sales"?)',
  },
  'an address without a host': {
    reason: 'nobody would be told',
    edit: also('alerts: { email: on-call }'),
    where: 'estate.yaml:18 alerts.email',
    says: 'expected an e-mail address',
  },
  'an unknown repair': {
    reason: 'the list of actions is short and closed',
    edit: also('guardrails: { remediation: [delete-buckets] }'),
    where: 'estate.yaml:18 guardrails.remediation[0]',
    says: 'expected',
  },
  'a pipeline of a whole owner': {
    reason: 'any repository of the owner could deploy',
    edit: also("pipeline: { repository: 'example/*' }"),
    where: 'estate.yaml:18 pipeline.repository',
    says: 'expected owner/name',
  },
};

testMistakes(mistakes);
