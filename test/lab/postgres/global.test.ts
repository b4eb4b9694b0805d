/** What becomes of acknowledged rows when the writer moves: with real servers, over the real name of the writer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../../lab/until';
import { verdict, type Writer } from '../../../lab/postgres/writer';
import { clear, hasPostgres, HOME, type Lab, PEER, postgresSuite, startLab } from './_lab';

const LONG_MS = 60_000;

let lab: Lab;
const writers: Writer[] = [];
beforeAll(async () => {
  if (!hasPostgres) return;
  lab = await startLab();
});
afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.stop()));
});
afterAll(async () => {
  await lab?.stop();
  if (lab) await clear(lab.state);
});

const started = (...all: Writer[]) => {
  writers.push(...all);
  return all;
};
const rows = (writer: Writer, count: number) =>
  until(`${count} rows`, () => writer.acknowledged.length >= count, LONG_MS, 20);
const tookFrom = (writer: Writer, region: string) =>
  until(`a row in ${region}`, () => writer.acknowledged.at(-1)?.region === region, LONG_MS, 20);
const judge = async (all: readonly Writer[], lossAt: number) => {
  await Promise.all(all.map((writer) => writer.stop()));
  const { database } = lab;
  const survivor = { port: database.port(database.writer()), password: database.password };
  return verdict({ writers: all, survivor, lossAt });
};

postgresSuite('a planned move', () => {
  test('a planned switchover under load loses no row, and back again', async () => {
    const [one, two] = started(lab.write('planned-1'), lab.write('planned-2')) as [Writer, Writer];
    await rows(one, 50);
    const lossAt = Date.now();
    await lab.database.promote(PEER, 'switchover');
    expect(await lab.database.writers()).toEqual([PEER]);
    await Promise.all([one, two].map((writer) => tookFrom(writer, PEER)));
    await until('the old writer to follow', lab.database.isFollowed, LONG_MS);
    await lab.database.promote(HOME, 'switchover');
    await tookFrom(one, HOME);
    const judged = await judge([one, two], lossAt);
    expect(judged.lost).toEqual([]);
    expect(judged.stale).toEqual([]);
    expect(judged.acknowledged).toBeGreaterThan(100);
    expect(judged.resumedAfter).toBeGreaterThan(0);
  });

  test('a switchover is refused while the replica is out of reach, and nothing changes', async () => {
    await lab.database.isolate(PEER);
    await expect(lab.database.promote(PEER, 'switchover')).rejects.toThrow('does not stream');
    expect(await lab.database.writers()).toEqual([HOME]);
    await lab.database.return(PEER);
    await until('the replica to stream again', lab.database.isFollowed, LONG_MS);
  });
});

postgresSuite('the loss of the writer', () => {
  test('a failover loses the rows that were still under way and no older one; the lost region comes back as a replica', async () => {
    const delay = 600;
    lab.database.delay(delay);
    const [one] = started(lab.write('unplanned')) as [Writer];
    await rows(one, 20);
    // Rows from before the delay must have had time to arrive.
    await sleep(2 * delay);
    await lab.database.lose(HOME);
    const lossAt = Date.now();
    expect(await lab.database.writers()).toEqual([]);
    await lab.database.promote(PEER, 'failover');
    await tookFrom(one, PEER);
    lab.database.delay(0);
    await lab.database.return(HOME);
    expect(await lab.database.writers()).toEqual([PEER]);
    const before = one.acknowledged.length;
    await rows(one, before + 50);
    const judged = await judge([one], lossAt);
    expect(judged.lost.length).toBeGreaterThan(0);
    // A busy machine may hold bytes up longer than the delay says, but not by this much.
    expect(Math.min(...judged.lost.map(({ at }) => at))).toBeGreaterThan(lossAt - 3 * delay);
    expect(new Set(judged.lost.map(({ region }) => region))).toEqual(new Set([HOME]));
    expect(judged.stale).toEqual([]);
    expect(one.acknowledged.slice(before).map(({ region }) => region)).not.toContain(HOME);
    expect(judged.longestGap).toBeGreaterThan(0);
  });
});

postgresSuite('a region that is cut off', () => {
  test('two writers at the same time are seen, and end when the isolated region is back', async () => {
    const [cutOff] = started(lab.writeIn('inside', PEER)) as [Writer];
    await rows(cutOff, 5);
    await lab.database.isolate(PEER);
    const lossAt = Date.now();
    await lab.database.promote(HOME, 'failover');
    expect((await lab.database.writers()).toSorted()).toEqual([PEER, HOME].toSorted());
    const [outside] = started(lab.write('outside')) as [Writer];
    await rows(outside, 20);
    const count = cutOff.acknowledged.length;
    await rows(cutOff, count + 20);
    await lab.database.return(PEER);
    expect(await lab.database.writers()).toEqual([HOME]);
    const judged = await judge([outside, cutOff], lossAt);
    expect(judged.stale.length).toBeGreaterThan(0);
    expect(new Set(judged.stale.map(({ region }) => region))).toEqual(new Set([PEER]));
    expect(judged.lost.length).toBeGreaterThan(0);
  });
});
