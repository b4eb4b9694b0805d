import { change, remove, write } from '../../helpers/estate';
import { type Mistake, testMistakes } from '../../helpers/problems';

const fileMistakes: Record<string, Mistake> = {
  'no primary-region.yaml': {
    reason: 'without it nobody is the writer',
    edit: remove('primary-region.yaml'),
    where: 'primary-region.yaml',
    says: 'expected a PrimaryRegion named shop with region: <the home region> and epoch: 0',
  },
  'another extension': {
    reason: 'it would be passed over in silence',
    edit: write('services/api.yml', ''),
    where: 'services/api.yml',
    says: '(did you mean "services/api.yaml"?)',
  },
  'another folder': {
    reason: 'the nearest is offered',
    edit: write('service/api.yaml', ''),
    where: 'service/api.yaml',
    says: '(did you mean "services/api.yaml"?)',
  },
  'a claim outside a team': {
    reason: 'every claim is owned',
    edit: write('claims/carts.yaml', ''),
    where: 'claims/carts.yaml',
    says: 'claims/<team>/<claim>.yaml',
  },
  'a claim too deep': {
    reason: 'teams have no folders inside',
    edit: write('claims/sales/prod/carts.yaml', ''),
    where: 'claims/sales/prod/carts.yaml',
    says: 'unknown, expected one of estate.yaml, primary-region.yaml',
  },
  'any other file': {
    reason: 'it would be passed over in silence',
    edit: write('notes.txt', ''),
    where: 'notes.txt',
    says: 'Cannot use the file "notes.txt": unknown',
  },
};

describe('files and folders', () => {
  testMistakes(fileMistakes);
});

const estateFileMistakes: Record<string, Mistake> = {
  missing: {
    reason: 'the rest cannot be held against it',
    edit: remove('estate.yaml'),
    where: 'estate.yaml',
    says: 'Cannot find estate.yaml: missing, expected the file that describes the estate',
  },
  empty: {
    reason: 'no other file is blamed for it',
    edit: change('estate.yaml', /[^]*/, '# nothing'),
    where: 'estate.yaml:1',
    says: 'empty',
  },
};

describe('no estate.yaml', () => {
  testMistakes(estateFileMistakes);
});
