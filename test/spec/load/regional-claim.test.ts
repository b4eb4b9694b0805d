import { change } from '../../helpers/estate';
import { type Mistake, testMistakes } from '../../helpers/problems';

const regional = 'primary-region.yaml';

const regionalClaimMistakes: Record<string, Mistake> = {
  'a region outside the estate': {
    reason: 'there is nothing to flip to',
    edit: change(regional, 'region: us-east-1', 'region: us-west-1'),
    where: `${regional}:4 spec.region`,
    says: 'Cannot use "us-west-1": not a region of the estate, expected one of us-east-1, eu-west-1 (did you mean "us-east-1"?)',
  },
  'an override outside the estate': {
    reason: 'the same for the emergency',
    edit: change(regional, 'epoch: 0', 'epoch: 0, override: { region: us-west-9, epoch: 1, reason: drill }'),
    where: `${regional}:4 spec.override.region`,
    says: 'not a region of the estate',
  },
  'the peer at epoch 0': {
    reason: 'at epoch 0 the writers are where they were born',
    edit: change(regional, 'region: us-east-1', 'region: eu-west-1'),
    where: `${regional}:4 spec.region`,
    says: 'expected us-east-1, or epoch: 1 for a flip',
  },
  'the name of another estate': {
    reason: 'copied from it',
    edit: change(regional, 'name: shop', 'name: storefront'),
    where: `${regional}:3 metadata.name`,
    says: 'Cannot use "storefront": not the estate, expected shop',
  },
  'the namespace of a team': {
    reason: 'no team may flip',
    edit: change(regional, 'flipside-system', 'sales'),
    where: `${regional}:3 metadata.namespace`,
    says: 'Cannot use "sales": expected flipside-system',
  },
};

describe('the regional claim', () => {
  testMistakes(regionalClaimMistakes);
});
