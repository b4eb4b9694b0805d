/** The page in a real browser, from the file system. Screenshots are left in `.cache/report/`. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { assess } from '../../../review/assess';
import type { RenderedEstate } from '../../../review/rendered';
import { reportFiles } from '../../../review/report';
import { root } from '../../helpers/cli';
import { committed } from '../checks/_rendered';
import { NAMES } from '../numbers/_estates';

const CHROMIUM = '/usr/bin/chromium';
const SHOTS = join(root, '.cache', 'report');
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const present = existsSync(CHROMIUM);
if (!present && process.env['CI'] === 'true')
  throw new Error(`Cannot open "${CHROMIUM}": missing, expected Chromium in CI`);
if (!present) console.warn(`SKIPPED: the report is not looked at, ${CHROMIUM} is missing`);

const LAPTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

const dir = mkdtempSync(join(tmpdir(), 'flipside-report-'));
const contexts: BrowserContext[] = [];

beforeAll(() => {
  mkdirSync(SHOTS, { recursive: true });
  for (const [name, estate] of [...committed, [LONG, longNamed()] as const])
    for (const [path, text] of reportFiles(estate, assess(estate))) {
      mkdirSync(join(dir, name, 'review'), { recursive: true });
      writeFileSync(join(dir, name, path), text);
    }
});

afterAll(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  rmSync(dir, { recursive: true });
});

async function browser(options: { bypassCSP?: boolean } = {}): Promise<Page> {
  const context = await chromium.launchPersistentContext(mkdtempSync(join(dir, 'user-')), {
    executablePath: CHROMIUM,
    args: ARGS,
    viewport: LAPTOP,
    ...options,
  });
  contexts.push(context);
  return context.newPage();
}

/** An estate whose teams like long names. */
const LONG = 'long';

function longNamed(): RenderedEstate {
  const estate = structuredClone(committed.get('storefront')) as RenderedEstate;
  for (const { metadata } of estate.input.claims)
    Object.assign(metadata, { name: `${metadata.name}-`.padEnd(63, 'w') });
  return estate;
}

const addressOf = (name: string, file = 'index.html') => pathToFileURL(join(dir, name, 'review', file)).href;
const inBrowser = present ? describe : describe.skip;

inBrowser('the report on a laptop', () => {
  test('opens without an error and asks the network for nothing', async () => {
    const page = await browser();
    const noise: string[] = [];
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(String(error)));
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const name of NAMES) {
      await page.goto(addressOf(name));
      await page.goto(addressOf(name, 'architecture.svg'));
    }
    expect(noise).toEqual([]);
    expect(asked).toEqual(NAMES.flatMap((name) => [addressOf(name), addressOf(name, 'architecture.svg')]));
  });

  test('the first screen holds what the estate is, the drawing, the figures and the findings', async () => {
    const page = await browser();
    for (const name of NAMES) {
      await page.goto(addressOf(name));
      const parts = ['h1', '.lead', '.diagram.wide', '.figures', '.first'];
      const below = await Promise.all(parts.map(async (part) => [part, await bottomOf(page, part)] as const));
      expect([name, below.filter(([, bottom]) => bottom > LAPTOP.height)]).toEqual([name, []]);
    }
  });

  test('no text leaves its box in the drawing', async () => {
    const page = await browser();
    for (const name of [...NAMES, LONG]) {
      await page.goto(addressOf(name));
      expect([name, await page.evaluate(OVERFLOWING)]).toEqual([name, []]);
    }
  });
});

inBrowser('the report on a phone', () => {
  test('nothing scrolls sideways, and the drawing is large enough to read', async () => {
    const page = await browser();
    await page.setViewportSize(PHONE);
    for (const name of NAMES) {
      await page.goto(addressOf(name));
      expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
        name,
        PHONE.width,
      ]);
      expect(await page.isVisible('.diagram.narrow')).toBe(true);
      expect(await page.isVisible('.diagram.wide')).toBe(false);
      // Text is 11 px at a scale of 1.
      expect(await page.evaluate(SCALE)).toBeGreaterThan(0.95);
    }
  });
});

inBrowser('the report by keyboard', () => {
  test('the filter works, without any script', async () => {
    const page = await browser();
    await page.goto(addressOf('storefront'));
    const visible = (severity: string) => page.locator(`.group[data-severity=${severity}]:visible`).count();
    const [warnings, notes] = [await visible('warning'), await visible('info')];
    expect(Math.min(warnings, notes)).toBeGreaterThan(0);
    await page.focus('#show-all');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect([await visible('warning'), await visible('info')]).toEqual([warnings, 0]);
  });

  test('the first stop skips to the report', async () => {
    const page = await browser();
    await page.goto(addressOf('storefront'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#content');
  });
});

inBrowser('axe finds nothing to complain of', () => {
  const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

  test.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
    const page = await browser({ bypassCSP: true });
    await page.emulateMedia({ colorScheme });
    for (const name of NAMES) {
      await page.setViewportSize(LAPTOP);
      await page.goto(addressOf(name));
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}.png`) });
      await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
      await page.addScriptTag({ content: axe });
      expect([name, await page.evaluate(AXE)]).toEqual([name, []]);
      await page.setViewportSize({ ...PHONE, height: 2600 });
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}-phone.png`) });
    }
  });
});

const bottomOf = async (page: Page, selector: string): Promise<number> => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`Cannot see ${selector}`);
  return box.y + box.height;
};

/** Size of the drawing on the screen against its own. */
const SCALE = `(() => {
  const svg = document.querySelector('.diagram.narrow');
  return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
})()`;

/** Each violation with the first element it was found at. */
const AXE = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 120) + ' ' + nodes[0].failureSummary))`;

/** Texts that start inside a rectangle of their own group and end outside it. */
const OVERFLOWING = `[...document.querySelectorAll('.diagram.wide g > rect')].flatMap((rect) => {
  const box = rect.getBBox();
  return [...rect.parentElement.children].filter((one) => one.tagName === 'text').filter((text) => {
    const own = text.getBBox();
    return own.x < box.x - 0.5 || own.x + own.width > box.x + box.width + 0.5;
  }).map((text) => text.textContent);
})`;
