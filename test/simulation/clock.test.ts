import { clockOf } from '../../simulation/clock';
import { randomOf, streamOf } from '../../simulation/random';

const never = () => false;
const draw = (random: () => number) => [random(), random(), random()];

test('timers fire in order, and those of one instant in the order they were set', async () => {
  const clock = clockOf();
  const fired: string[] = [];
  for (const [name, at] of Object.entries({ c: 30, a: 10, b: 10, d: 40, late: 1_000 }))
    clock.after(at, () => fired.push(`${name} ${clock.now()}`));
  await clock.run(100, never);
  expect(fired).toEqual(['a 10', 'b 10', 'c 30', 'd 40']);
});

test('time stands still until every promise has settled', async () => {
  const clock = clockOf();
  const seen: number[] = [];
  const work = async () => {
    for (let i = 0; i < 100; i += 1) await Promise.resolve();
    seen.push(clock.now());
    await clock.sleep(5);
    seen.push(clock.now());
  };
  clock.after(10, () => void work());
  clock.after(11, () => seen.push(clock.now()));
  await clock.run(100, never);
  expect(seen).toEqual([10, 11, 15]);
});

test('an error of a timer ends the run', async () => {
  const clock = clockOf();
  clock.after(1, () => {
    throw new Error('broken');
  });
  await expect(clock.run(10, never)).rejects.toThrow('broken');
});

test('the same seed gives the same numbers, and each part has its own', () => {
  expect(draw(randomOf(7))).toEqual(draw(randomOf(7)));
  expect(draw(streamOf(7, 'aws'))).not.toEqual(draw(streamOf(7, 'argo')));
  expect(draw(randomOf(7)).every((one) => one >= 0 && one < 1)).toBe(true);
});
