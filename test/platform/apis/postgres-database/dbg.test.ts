import { settle } from '../../../../platform/settle';
import { postgresDatabaseKind } from '../../../../platform/apis/postgres-database';
import { claimOf, placements } from './claims';
import { validateManifest } from '../../../helpers/validate';
import { stringify } from 'yaml';
test('dbg', () => {
  for (const [n, p] of Object.entries(placements)) {
    const { composition } = settle(postgresDatabaseKind, claimOf({login:'password', readers:{min:1,max:3}}), p);
    console.log(n, Object.entries(composition.resources).map(([k, r]) => `${k} ${r.ready} ${validateManifest(r.manifest).join(' | ')}`).join('\n'), composition.status, composition.conditions);
    if (n !== 'alone') console.log(stringify(composition.resources.cluster?.manifest), stringify(composition.resources.global?.manifest), stringify(composition.resources['instance-0']?.manifest));
  }
});
