/** Nothing is left running, whichever way a global database ends. */
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { clusterIn } from '../../../lab/postgres/cluster';
import { createGlobal } from '../../../lab/postgres/global';
import { running, stop } from '../../../lab/process';
import { scratch } from '../../helpers/cli';
import {
  alive,
  clear,
  hasPostgres,
  HOME,
  type Lab,
  PEER,
  postgresSuite,
  processesOver,
  startLab,
} from './_lab';

const state = scratch();
let lab: Lab | undefined;
beforeAll(() => chmodSync(state, 0o755));
afterEach(async () => {
  await lab?.stop();
  lab = undefined;
});
afterAll(() => (hasPostgres ? clear(state) : undefined));

const pidsOf = ({ database }: Lab) => [HOME, PEER].map((region) => database.pids(region));

postgresSuite('the processes of a global database', () => {
  test('end where the region is lost, then with the database, children too; a second stop is no error', async () => {
    lab = await startLab(state);
    const [home = [], peer = []] = pidsOf(lab);
    await lab.database.lose(HOME);
    expect(alive(home)).toEqual([]);
    // Each server has several children.
    expect(alive(peer).length).toBeGreaterThan(3);
    await lab.database.stop();
    expect(alive(peer)).toEqual([]);
    await lab.database.stop();
  });

  test('are found and ended from outside, after whoever started them threw', async () => {
    lab = await startLab(state);
    const pids = pidsOf(lab);
    const servers = pids.flatMap(([server]) => server ?? []);
    expect(running(lab.state).map(({ pid }) => pid)).toEqual(expect.arrayContaining(servers));
    expect(running(lab.state, PEER).map(({ name }) => name)).toContain(`${PEER}-postgres-orders`);
    await stop(lab.state);
    expect(alive(pids.flat())).toEqual([]);
  });

  test('are not left behind when the second region cannot be made', async () => {
    const cluster = await clusterIn(state);
    const broken = join(state, 'programs');
    mkdirSync(broken);
    for (const program of ['postgres', 'pg_controldata']) {
      symlinkSync(join(cluster.programs, program), join(broken, program));
    }
    const making = createGlobal({
      cluster: { ...cluster, programs: broken },
      name: 'orders',
      regions: [HOME, PEER],
    });
    await expect(making).rejects.toThrow('pg_basebackup');
    expect(processesOver(cluster.dir)).toEqual([]);
  });
});
