import { spaced } from '../../../runtime/promote/spaced';

/** Time that moves when it is told to. */
function clock() {
  let at = 0;
  const waiting: { until: number; wake: () => void }[] = [];
  return {
    now: () => at,
    sleep: (ms: number) => new Promise<void>((wake) => waiting.push({ until: at + ms, wake })),
    move: async (ms: number) => {
      at += ms;
      for (const one of waiting.splice(0)) if (one.until <= at) one.wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('fifty changes in a moment are two writes, and the last one has the newest', async () => {
  const time = clock();
  const written: number[] = [];
  let newest = 0;
  const notes = spaced(time, 1_000, async () => written.push(newest));
  for (newest = 1; newest <= 50; newest += 1) await notes.write();
  newest = 50;
  expect(written).toEqual([1]);
  await time.move(1_000);
  expect(written).toEqual([1, 50]);
});

test('after the end nothing is written any more, not even what was due', async () => {
  const time = clock();
  let writes = 0;
  const notes = spaced(time, 1_000, async () => (writes += 1));
  await notes.write();
  await notes.write();
  await notes.end();
  await time.move(5_000);
  expect(writes).toBe(1);
});

test('changes that come slowly are written as they come', async () => {
  const time = clock();
  let writes = 0;
  const notes = spaced(time, 1_000, async () => (writes += 1));
  for (let i = 0; i < 3; i += 1) {
    await notes.write();
    await time.move(1_000);
  }
  expect(writes).toBe(3);
});
