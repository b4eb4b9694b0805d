import { join } from 'node:path';
import { render } from '../../main';
import { editOf } from '../../scripts/flip/edit';
import { flipEstate } from '../../scripts/flip/estate';

const root = join(__dirname, '..', '..');

test.each(['storefront', 'capstone', 'pilot-light', 'warm-standby', 'global-tables'])(
  'a flip of %s changes one committed file and its copy for each region',
  (name) => {
    const estate = flipEstate(root, name);
    const flip = { region: estate.peer, epoch: 1_000, mode: 'Unplanned' } as const;
    const files = [...editOf(estate, flip, render).keys()].toSorted();
    const copies = files.filter((path) => path.startsWith(`dist/${name}/kubernetes/`));
    expect(files).toContain(`estates/${name}/primary-region.yaml`);
    for (const region of [estate.home, estate.peer])
      expect(copies).toContain(`dist/${name}/kubernetes/prod-${region}/primary-region/primary-region.yaml`);
    expect(copies.every((path) => path.endsWith('/primary-region/primary-region.yaml'))).toBe(true);
  },
);
