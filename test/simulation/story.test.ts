import { join } from 'node:path';
import { modelOf } from '../../model/estate';
import { readEstates } from '../../scripts/estates';
import { rtoOf } from '../../simulation/rto';
import { lossOf } from '../../simulation/story';
import { adviceOf } from '../../simulation/story-lines';

const models = new Map(
  readEstates(join(__dirname, '..', '..')).map((input) => [input.estate.name, modelOf(input)]),
);
const estate = (name: string) => {
  const model = models.get(name);
  if (!model) throw new Error(`no estate ${name}`);
  return model;
};

test.each([...models.keys()])('%s recovers, is failed back, and tells it on one screen', async (name) => {
  const { lines, recoveredAfter, verdict } = await lossOf(estate(name), 42);
  const times = lines.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(lines.length).toBeLessThan(30);
  expect(recoveredAfter).toBeGreaterThan(60_000);
  expect(recoveredAfter / 1000).toBeLessThan(estate(name).estate.objectives.rto);
  expect(lines.some(({ note }) => note === 'failed back')).toBe(true);
  expect(verdict).toContain('recovered in');
});

test('the same seed tells the same story', async () => {
  const [one, two] = [await lossOf(estate('storefront'), 7), await lossOf(estate('storefront'), 7)];
  expect(JSON.stringify(one)).toBe(JSON.stringify(two));
});

test('an estate with a writer loses no more than the lag', async () => {
  const { lostSeconds } = await lossOf(estate('storefront'), 42);
  expect(lostSeconds).toBeGreaterThan(0);
  expect(lostSeconds).toBeLessThanOrEqual(1);
});

const withRto = (name: string, rto: number) => {
  const model = estate(name);
  const objectives = { ...model.estate.objectives, rto };
  return { ...model, estate: { ...model.estate, objectives } };
};

describe('recovery times', () => {
  test('percentiles rise, and the parts stay below the whole', () => {
    const { parts } = rtoOf(estate('warm-standby'), 1);
    expect(parts.total.p50).toBeLessThan(parts.total.p95);
    expect(parts.total.p95).toBeLessThan(parts.total.p99);
    expect(Math.max(parts.promotion.p95, parts.compute.p95)).toBeLessThan(parts.total.p95);
  });

  test('a generous objective is met', () => {
    const rto = rtoOf(withRto('storefront', 900), 1);
    expect(rto.met.rto).toBe(true);
    expect(rto.remedies).toEqual([]);
  });

  test('what is too slow is told what would help', () => {
    const { remedies, met } = rtoOf(withRto('pilot-light', 220), 1);
    expect(met.rto).toBe(false);
    expect(remedies.length).toBeGreaterThan(0);
  });

  test('what no setting can mend is said to be so', () => {
    const rto = rtoOf(withRto('storefront', 120), 1);
    expect(rto.remedies).toEqual([]);
    expect(adviceOf(rto)).toContain('no setting is enough');
  });
});
