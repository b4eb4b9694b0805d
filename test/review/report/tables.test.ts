/** The generated tables: what documents promise is what was rendered. */
import { assess } from '../../../review/assess';
import { dataRests, restores } from '../../../review/report/_durability-tables';
import { failureKinds } from '../../../review/report/_recovery-tables';
import { sectionsOf } from '../../../review/report/_sections';
import { type Table, textOf } from '../../../review/report/_table';
import { reportMarkdown } from '../../../review/report/markdown';
import { topologyOf } from '../../../review/report/topology';
import type { RenderedEstate } from '../../../review/rendered';
import { committed as onDisk } from '../checks/_rendered';
import { assessed, assessmentOf, committed, NAMES } from './_reports';

const sections = (name: string) =>
  sectionsOf(committed(name), assessmentOf(name), topologyOf(committed(name)));

function tableOf(name: string, caption: RegExp): string[][] {
  const found = sections(name)
    .flatMap(({ tables }) => tables)
    .find((table) => caption.test(table.caption));
  if (!found) throw new Error(`Cannot find the table ${caption} of ${name}`);
  return found.rows.map((row) => row.map(textOf));
}

/** Rows that are not as wide as the head, or have nothing in a cell. */
const wrong = (table: Table) =>
  table.rows.filter(
    (row) => row.length !== table.columns.length || row.some((cell) => textOf(cell).trim() === ''),
  );

describe.each(NAMES)('%s', (name) => {
  test('every row is as wide as its head, and no cell is empty', () => {
    expect(sections(name).flatMap(({ tables }) => tables.flatMap(wrong))).toEqual([]);
  });

  test('names seven components, each with a reason', () => {
    const rows = tableOf(name, /^Components/);
    expect(rows.map(([part]) => part)).toEqual([
      'DNS',
      'CDN',
      'compute',
      'database',
      'cache',
      'storage',
      'secrets',
    ]);
    expect(rows.every(([, , , reason = '']) => reason.length > 20)).toBe(true);
  });

  test('tells four kinds of failure', () => {
    expect(tableOf(name, /kind of failure/).map(([failure]) => failure)).toEqual([
      'an instance',
      'a zone',
      'a region',
      'corrupted data',
    ]);
  });

  test('the steps of the recovery are those of the figure, and end with its total', () => {
    const rows = tableOf(name, /^Recovery by step/);
    expect(new Set(rows.slice(0, -1).map(([step]) => step))).toEqual(
      new Set(assessmentOf(name).rto.lines.map(({ step }) => step)),
    );
    expect(rows.at(-1)?.[0]).toBe('total');
  });

  test('every part has a table or says why there is none', () => {
    expect(sections(name).filter(({ tables, notes }) => tables.length + notes.length === 0)).toEqual([]);
  });

  test('the Markdown twin holds every table, cell for cell', () => {
    const text = reportMarkdown(committed(name), assessmentOf(name));
    const grids = text.split('\n').filter((line) => line.startsWith('|---') || line.startsWith('|-'));
    const tables = sections(name).flatMap((section) => section.tables);
    expect(grids).toHaveLength(tables.length + 1);
    const rows = text.split('\n').filter((line) => line.startsWith('| ')).length;
    expect(rows).toBe(tables.reduce((sum, table) => sum + table.rows.length + 1, 4 + 1));
  });
});

test('the way of a request of storefront', () => {
  expect(tableOf('storefront', /way of a request/).map(([, what]) => what)).toEqual([
    'user',
    'Route 53',
    'CloudFront',
    'WAF',
    'load balancer',
    'container',
    'store',
    'response',
  ]);
});

test('without a CDN the WAF stands at the load balancer', () => {
  const hops = tableOf('warm-standby', /way of a request/).map(([, what]) => what);
  expect(hops).toEqual([
    'user',
    'Route 53',
    'Global Accelerator',
    'WAF',
    'load balancer',
    'container',
    'store',
    'response',
  ]);
});

test('what was stated for storefront stands beside what was computed, and a miss is called an exception', () => {
  const [instance, zone, region, corruption] = tableOf('storefront', /kind of failure/);
  expect(instance?.slice(1, 3)).toEqual(['0 s', '1 min']);
  expect([instance, zone, region].map((row) => row?.at(-1))).toEqual(['exception', 'kept', 'exception']);
  expect(corruption?.slice(-2)).toEqual(['under 5 min / under 30 min', 'exception: not known']);
});

/** From what is committed: the backups are read from its stacks. */
const durability = dataRests(assessed(onDisk.get('storefront') as RenderedEstate)).rows.map((row) =>
  row.map(textOf),
);

const rests: Record<string, { reason: string; part: string; bounds: readonly string[] }> = {
  databases: { reason: 'they follow', part: 'replication of the database', bounds: ['1 s'] },
  buckets: { reason: 'time control', part: 'replication of the bucket', bounds: ['15 min (900 s)'] },
  snapshots: {
    reason: 'a day and the windows; of a cache a day and its window',
    part: 'daily snapshots',
    bounds: ['35 h (126,000 s)', '25 h (90,000 s)'],
  },
};

test.each(Object.entries(rests))(
  'S0-48: storefront names %s with the loss bound',
  (_name, { part, bounds }) => {
    const rows = durability.filter(([, name]) => name === part);
    expect(new Set(rows.map((row) => row[2]))).toEqual(new Set(bounds));
  },
);

test.each(NAMES)('S0-48: every store of %s says what it rests on', (name) => {
  const found = sections(name)
    .flatMap(({ tables }) => tables)
    .find(({ caption }) => caption === 'What the data rests on');
  const named = new Set((found?.rows ?? []).map(([store = '']) => textOf(store)));
  expect(named).toEqual(new Set(assessmentOf(name).rpo.lines.map(({ store }) => store)));
});

test('S0-48: a store that rests on nothing says so', () => {
  const { rpo, ...others } = assessmentOf('storefront');
  const bare = { ...rpo, lines: rpo.lines.map((line) => ({ ...line, protections: [] })) };
  const [row] = dataRests({ ...others, rpo: bare }).rows;
  expect(row?.slice(1, 3).map(textOf)).toEqual(['nothing', 'no bound']);
});

test('S3-36: the report states the largest size that is restored in time', () => {
  const [, orders] = tableOf('storefront', /^Restores from a backup, against 5 min/);
  expect(orders?.slice(0, 3)).toEqual(['shop/orders', 'at most 30 GB', '100 MB/s']);
});

test('S3-36: a recorded restore of 10 TB stands against the objective', () => {
  const restored = { 'shop/orders': { bytes: 10e12, minutes: 150 } };
  const [media, orders] = restores(assess(committed('storefront'), { ledger: { restored } })).rows;
  expect(media?.slice(3, 6).map(textOf)).toEqual(['unknown', 'unknown', 'unknown']);
  expect(orders?.slice(1, 6).map(textOf)).toEqual([
    'at most 333 GB',
    '1.11 GB/s',
    '10 TB',
    '2 h 30 min',
    'missed',
  ]);
});

test('S3-36: once every store was restored, the time after a mistake is the longest of them', () => {
  const restored = { 'shop/orders': { bytes: 1e11, minutes: 20 }, 'shop/media': { bytes: 1e9, minutes: 4 } };
  const estate = committed('storefront');
  const rows = failureKinds(estate, assess(estate, { ledger: { restored } }), topologyOf(estate)).rows;
  expect(rows.at(-1)?.map(textOf).slice(1, 3)).toEqual(['5 min', '20 min']);
});

test('what was stated for warm-standby stands beside the recovery; steps that were left out say so', () => {
  const rows = new Map(tableOf('warm-standby', /^Recovery by step/).map((row) => [row[0], row.at(-1)]));
  expect(rows.get('total')).toBe('about 9 min, loss under 5 min');
  expect(rows.get('detection')).toBe('left out');
});
