/** The page: one file, no network, no script, nothing that a name or message could break. */
import { createHash } from 'node:crypto';
import type { Assessment } from '../../../review/assessment';
import { reportFiles } from '../../../review/report';
import { figuresOf } from '../../../review/report/_figures';
import { reportMarkdown } from '../../../review/report/markdown';
import { mermaidOf } from '../../../review/report/mermaid';
import { reportPage } from '../../../review/report/page';
import { topologyOf } from '../../../review/report/topology';
import { assessmentOf, committed, NAMES } from './_reports';

const estate = committed('storefront');
const assessment = assessmentOf('storefront');

const HOSTILE = [
  ['a script', `<script>alert(1)</script>`],
  ['the end of an attribute', `" onmouseover="alert(1)`],
  ['an image that calls', `<img src=x onerror=alert(1)>`],
  ['the end of the styles', `</style><script>alert(1)</script>`],
  ['a link that runs', `[click](javascript:alert(1))`],
  ['a tracking image', `![](https://example.com/x.png)`],
  ['the end of a table', `a | b\n| c |`],
  ['a mention', `@everyone`],
  ['the end of a code block', '```\n# heading'],
  ['a replacement pattern', `$& $1 $<name>`],
] as const;

/** The text in every place that people or foreign systems write. */
function poisoned(text: string): Assessment {
  const finding = {
    check: 'hostile',
    severity: 'error',
    message: text,
    path: `estates/${text}`,
    remedy: text,
  } as const;
  return {
    ...assessment,
    findings: [finding],
    waived: [{ finding, reason: text, owner: text, expires: '2027-01-01' }],
    rto: {
      ...assessment.rto,
      remedy: text,
      lines: assessment.rto.lines.map((line) => ({ ...line, label: text, source: text })),
    },
    rpo: {
      ...assessment.rpo,
      lines: assessment.rpo.lines.map((line) => ({ ...line, store: text, mechanism: text })),
    },
    cost: {
      ...assessment.cost,
      assumptions: [text],
      lines: assessment.cost.lines.map((line) => ({ ...line, item: text, owner: text })),
    },
  };
}

function renamed(text: string) {
  const copy = structuredClone(estate);
  const claims = copy.input.claims as unknown as { metadata: { name: string } }[];
  for (const claim of claims) claim.metadata.name = text;
  return copy;
}

describe.each(HOSTILE)('%s', (_what, text) => {
  test('stays text in the page', () => {
    const page = reportPage({ estate: renamed(text), assessment: poisoned(text) });
    expect(page).not.toMatch(/<script|<img|<[a-z][^>]* on[a-z]+=/i);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).not.toMatch(/(href|src)="(?!#|\.\.\/|README|architecture)/);
  });

  test('stays text in Markdown', () => {
    const markdown = reportMarkdown(estate, poisoned(text));
    const plain = markdown.replace(/```mermaid[\s\S]*?```/, '').trim();
    expect(plain).not.toMatch(/(?<!\\)<[a-z/]/i);
    expect(plain).not.toMatch(/(?<!\\)\]\((?!architecture\.svg\))/);
    expect(plain.match(/^```/gm)).toBeNull();
    expect(plain).not.toMatch(/@everyone/);
    const widths = plain
      .split(/\n\n/)
      .filter((block) => block.startsWith('| '))
      .map((block) => new Set(block.split('\n').map((line) => line.split(/(?<!\\)\|/).length)).size);
    expect(new Set(widths)).toEqual(new Set([1]));
  });

  test('stays text in the flowchart', () => {
    const flowchart = mermaidOf(topologyOf(renamed(text)));
    expect(flowchart).not.toMatch(/<(?!br\/>|-\.)/);
    expect(flowchart.split('\n').every((line) => [0, 2].includes((line.match(/"/g) ?? []).length))).toBe(
      true,
    );
    expect(flowchart).not.toContain('```');
  });
});

describe.each(NAMES)('%s', (name) => {
  const files = new Map(reportFiles(committed(name), assessmentOf(name)));

  test('is three files, the same on every run', () => {
    expect([...files.keys()]).toEqual(['review/index.html', 'review/README.md', 'review/architecture.svg']);
    const again = reportFiles(structuredClone(committed(name)), structuredClone(assessmentOf(name)));
    expect(new Map(again)).toEqual(files);
  });

  test('lets in its own styles and nothing else', () => {
    const page = files.get('review/index.html') ?? '';
    const styles = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(styles).digest('base64');
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`.replaceAll('&#39;', "'"),
    );
    expect(page).not.toMatch(/<script| style="|<link|<iframe|@import|url\((?!#)/);
  });

  test('tables have captions and heads for columns and rows', () => {
    const page = files.get('review/index.html') ?? '';
    const tables = page.match(/<table>[\s\S]*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThan(8);
    expect(
      tables.filter(
        (table) => !/<caption>[^<]+<\/caption>[\s\S]*<th scope="col"[\s\S]*<th scope="row"/.test(table),
      ),
    ).toEqual([]);
  });

  test('every link inside the page leads somewhere', () => {
    const page = files.get('review/index.html') ?? '';
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(8);
    expect(targets.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
  });

  test('shows every finding', () => {
    const page = files.get('review/index.html') ?? '';
    expect(page.match(/<p class="remedy">/g) ?? []).toHaveLength(assessmentOf(name).findings.length);
  });
});

const of = (id: string, changed: Partial<Assessment>, name = 'storefront') =>
  figuresOf(committed(name), { ...assessmentOf(name), ...changed }).find((figure) => figure.id === id);
const line = assessment.cost.lines.find(({ usd }) => usd !== undefined);
const priced = {
  ...assessment.cost,
  lines: line ? [{ ...line, usd: 1234.4 }] : [],
  total: 1234.4,
  standby: 0,
};
const rto = { ...assessment.rto, objective: 300, total: { p50: 59.6, p95: 299.6 }, meets: true };
const rpo = assessment.rpo;

const FIGURES = [
  ['time, rounded', 'rto', { rto }, ['5 min', 'met']],
  [
    'a miss',
    'rto',
    { rto: { ...rto, total: { p50: 60, p95: 435 }, meets: false } },
    ['7 min 15 s', 'missed'],
  ],
  [
    'loss of the worst store',
    'rpo',
    { rpo: { ...rpo, lines: rpo.lines.map((one) => ({ ...one, bound: 15, meets: true })), meets: true } },
    ['15 s', 'met'],
  ],
  [
    'a store without a bound',
    'rpo',
    { rpo: { ...rpo, lines: [{ ...rpo.lines[0]!, bound: undefined, meets: false }], meets: false } },
    ['no bound', 'missed'],
  ],
  ['an estate without data', 'rpo', { rpo: { lines: [], meets: true } }, ['nothing to lose', 'no objective']],
  [
    'a share',
    'availability',
    { availability: { ...assessment.availability, expected: 0.99995, meets: true } },
    ['99.995 %', 'met'],
  ],
  ['a price', 'cost', { cost: priced }, ['1,234 USD', 'met']],
  [
    'a sum with a line unknown is not within a budget',
    'cost',
    { cost: { ...priced, lines: [...priced.lines, { ...priced.lines[0]!, usd: undefined }] } },
    ['over 1,234 USD', '1 lines without a price'],
  ],
] as const;

describe('figures', () => {
  test.each(FIGURES)('%s', (_what, id, changed, [value, state]) => {
    expect(of(id, changed as Partial<Assessment>)).toMatchObject({ value, state });
  });

  test('a cost without a budget has no objective', () => {
    expect(of('cost', { cost: priced }, 'capstone')).toMatchObject({
      state: 'no objective',
      against: ['no budget stated'],
    });
  });
});
