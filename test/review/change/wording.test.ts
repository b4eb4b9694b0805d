import type { Assessment, CostFigure, CostLine } from '../../../review/assessment';
import { costOf } from '../../../review/change/cost';
import { markdownOf } from '../../../review/change/markdown';
import { type ChangeReview, changeReview } from '../../../review/change/review';
import { figuresOf } from '../../../review/change/wording';
import { textOf } from '../../../scripts/review/text';
import { facts } from './_estate-facts';
import { replace, reviewed } from './_estate';

const resized = reviewed({
  estate: 'storefront',
  input: replace(
    /^claims\/shop\/orders\.yaml$/,
    "size: medium, version: '16'",
    "size: large, version: '16', deletionProtection: false",
  ),
});

const nothing = changeReview('storefront', { files: new Map() }, { files: new Map() }, facts);

describe('the comment on a pull request', () => {
  const comment = markdownOf([resized]);

  test('says first what changed and whether somebody has to decide', () => {
    expect(comment.split('\n')[0]).toBe(
      '### Flipside review: storefront · 1 claim changed · needs a decision',
    );
  });

  test('has a line for each verdict, the gravest first', () => {
    const lines = comment.split('\n').filter((line) => line.startsWith('| shop/orders'));
    expect(lines.map((line) => line.split(' | ')[1])).toEqual(['**data loss possible**', 'restart']);
  });

  test('is one table', () =>
    expect(comment).toContain('| change | verdict | where | why |\n|---|---|---|---|\n| shop'));

  test('is one screen', () => expect(comment.split('\n').length).toBeLessThan(30));

  test('lets no value speak Markdown', () => {
    const evil: ChangeReview = { ...resized, estate: '![x](http://a) | <b>' };
    expect(markdownOf([evil]).split('\n')[0]).toContain(String.raw`\!\[x\](http://a) \| \<b\>`);
  });

  test('without a change says so', () =>
    expect(markdownOf([nothing])).toBe('### Flipside review: no change\n'));
});

describe('the answer on a terminal', () => {
  test('has the same lines', () => {
    const text = textOf([resized], 200).join('\n');
    expect(text).toContain('1 claim changed, needs a decision');
    expect(text).toMatch(/shop\/orders .* data loss possible +us-east-1, eu-west-1/);
    expect(text).toContain('deletionProtection true → false: one call deletes it');
  });

  test('keeps to the width', () => {
    expect(
      Math.max(
        ...textOf([resized], 80)
          .slice(2, 6)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(110);
  });

  test('without a change says so', () => expect(textOf([nothing], 80)[0]).toContain('no change'));
});

const line = (item: string, usd: number | undefined, standby = false): CostLine => ({
  region: 'us-east-1',
  environment: 'prod',
  owner: 'shop',
  item,
  ...(usd !== undefined && { usd }),
  standby,
  basis: '',
});

const cost = (lines: readonly CostLine[]): CostFigure => ({
  lines,
  total: lines.reduce((sum, { usd = 0 }) => sum + usd, 0),
  standby: lines.filter(({ standby }) => standby).reduce((sum, { usd = 0 }) => sum + usd, 0),
  assumptions: [],
});

describe('the cost', () => {
  const before = cost([line('shop/orders', 100), line('shop/orders', 100, true), line('web', 50)]);
  const after = cost([
    line('shop/orders', 206),
    line('shop/orders', 206, true),
    line('web', 50),
    line('x', undefined),
  ]);

  test('is the difference, in total, standing by, and of each item', () => {
    expect(costOf(before, after)).toEqual({
      total: 212,
      standby: 106,
      items: { 'shop/orders': 212 },
      unknown: ['x'],
    });
  });

  test('is not told where one side is not known', () => expect(costOf(undefined, after)).toBeUndefined());

  test('names what it could not count', () => {
    const change = costOf(before, after);
    expect(figuresOf({ ...nothing, ...(change && { cost: change }) })).toEqual([
      '+USD 212 a month (standby 106, without the price of 1 item)',
    ]);
  });

  test('that falls has a minus', () => {
    const change = costOf(after, before);
    expect(figuresOf({ ...nothing, ...(change && { cost: change }) })[0]).toContain(
      '−USD 212 a month (standby −106',
    );
  });
});

const assessment = (p95: number, services: readonly string[]): Assessment => ({
  estate: 'storefront',
  rto: { objective: 300, total: { p50: 100, p95 }, lines: [], meets: p95 <= 300 },
  rpo: {
    objective: 60,
    lines: [
      {
        store: 'shop/orders',
        kind: 'PostgresDatabase',
        bound: 1,
        mechanism: '',
        meets: true,
        source: '',
        protections: [],
      },
    ],
    meets: true,
  },
  restore: { objective: 300, lines: [] },
  availability: {
    objective: 0.9999,
    expected: 0.9999,
    oneRegion: 0.999,
    parts: [],
    dependencies: services.map((service) => ({ service, sla: 0.999, hard: true, source: '' })),
    budget: { minutesPerMonth: 4, minutesPerYear: 52 },
    recoveriesPerYear: 10,
    meets: true,
  },
  capacity: [],
  cost: cost([]),
  findings: [],
  waived: [],
});

const told = (base: Assessment, head: Assessment) => figuresOf({ ...nothing, assessments: { base, head } });

describe('the figures', () => {
  test('that stay the same say so', () => {
    expect(told(assessment(271, ['RDS']), assessment(271, ['RDS']))).toEqual([
      'RTO p95 271 s of 300 (unchanged)',
      'RPO 1 s of 60',
      'capacity ok',
      'failover path: no new dependency',
    ]);
  });

  test('that change say what they were', () => {
    const figures = told(assessment(271, ['RDS']), assessment(290, ['RDS', 'Route 53']));
    expect(figures).toContain('RTO p95 290 s of 300 (was 271)');
    expect(figures).toContain('failover path: now needs Route 53');
  });
});
