import { change, both, dev, factsFile, remove, write } from '../../helpers/estate';
import { type Mistake, problemsOf, testMistakes } from '../../helpers/problems';

const estate = 'estate.yaml';
const usEast = 'facts/prod-us-east-1.yaml';

const factMistakes: Record<string, Mistake> = {
  missing: {
    reason: 'the file and the command are named',
    edit: remove('facts/prod-eu-west-1.yaml'),
    where: `${estate}:6 regions.peer.name`,
    says: 'Cannot find facts/prod-eu-west-1.yaml: missing, expected the facts of this cluster: create it with "flipside facts"',
  },
  'missing for an environment': {
    reason: 'each environment has a cluster',
    edit: both(dev('10.2.0.0/16'), remove('facts/dev-us-east-1.yaml')),
    where: `${estate}:13 environments.dev`,
    says: 'Cannot find facts/dev-us-east-1.yaml',
  },
  'of no cluster': {
    reason: 'left over from a region that was moved',
    edit: write('facts/prod-us-west-2.yaml', factsFile('prod', 'us-west-2', 3)),
    where: 'facts/prod-us-west-2.yaml:1',
    says: 'no cluster of the estate, expected one of prod-us-east-1, prod-eu-west-1',
  },
  'of another region': {
    reason: 'copied from the neighbour',
    edit: change(usEast, 'region: us-east-1', 'region: eu-west-1'),
    where: `${usEast}:2 region`,
    says: 'Cannot use "eu-west-1": of another region, expected us-east-1, like the name of the file',
  },
  'of another account': {
    reason: 'read with the wrong credentials',
    edit: change(usEast, `'111111111111'`, `'222222222222'`),
    where: `${usEast}:1 account`,
    says: 'Cannot use "222222222222": of another account, expected 111111111111, like estate.yaml',
  },
  'of another cluster': {
    reason: 'read from the wrong stack',
    edit: change(usEast, 'cluster: { name: prod', 'cluster: { name: dev'),
    where: `${usEast}:14 cluster.name`,
    says: 'Cannot use "dev-us-east-1": of another cluster, expected prod-us-east-1',
  },
  'one ARN of another region': {
    reason: 'a key of the other region cannot encrypt here',
    edit: change(usEast, 'arn:aws:kms:us-east-1', 'arn:aws:kms:eu-west-1'),
    where: `${usEast}:13 keys.data`,
    says: 'of another region or account, expected an ARN of us-east-1 and 111111111111',
  },
};

describe('facts', () => {
  testMistakes(factMistakes);

  test('an environment has facts of its own account', () => {
    expect(problemsOf(dev('10.2.0.0/16'))).toEqual([]);
  });
});
