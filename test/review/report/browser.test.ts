/** The page in a real browser, from the file system. Screenshots are left in `.cache/report/`. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { reportFiles } from '../../../review/report';
import { root } from '../../helpers/cli';
import { assessmentOf, committed, NAMES } from './_reports';

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

(present ? describe : describe.skip)('the report in a browser', () => {
  const dir = mkdtempSync(join(tmpdir(), 'flipside-report-'));
  const contexts: BrowserContext[] = [];

  beforeAll(() => {
    mkdirSync(SHOTS, { recursive: true });
    for (const name of NAMES)
      for (const [path, text] of reportFiles(committed(name), assessmentOf(name))) {
        mkdirSync(join(dir, name, 'review'), { recursive: true });
        writeFileSync(join(dir, name, path), text);
      }
  });

  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    rmSync(dir, { recursive: true });
  });

  async function browser(options: { bypassCSP?: boolean }): Promise<BrowserContext> {
    const context = await chromium.launchPersistentContext(mkdtempSync(join(dir, 'user-')), {
      executablePath: CHROMIUM,
      args: ARGS,
      ...options,
    });
    contexts.push(context);
    return context;
  }

  const addressOf = (name: string, file = 'index.html') =>
    pathToFileURL(join(dir, name, 'review', file)).href;

  test('opens without an error and asks the network for nothing', async () => {
    const context = await browser({});
    const page = await context.newPage();
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

  test('the first screen of a laptop holds what the estate is, the drawing, the figures and the findings', async () => {
    const page = await (await browser({})).newPage();
    await page.setViewportSize(LAPTOP);
    for (const name of NAMES) {
      await page.goto(addressOf(name));
      for (const part of ['h1', '.lead', '.diagram.wide', '.figures', '.first'])
        expect([name, part, await bottomOf(page, part)]).toEqual([name, part, expect.any(Number)]);
      const lowest = Math.max(
        ...(await Promise.all(
          ['.lead', '.diagram.wide', '.figures', '.first'].map((part) => bottomOf(page, part)),
        )),
      );
      expect([name, lowest <= LAPTOP.height]).toEqual([name, true]);
    }
  });

  test('nothing scrolls sideways on a phone, and the drawing is large enough to read', async () => {
    const page = await (await browser({})).newPage();
    await page.setViewportSize(PHONE);
    for (const name of NAMES) {
      await page.goto(addressOf(name));
      expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([
        name,
        PHONE.width,
      ]);
      expect(await page.isVisible('.diagram.narrow')).toBe(true);
      expect(await page.isVisible('.diagram.wide')).toBe(false);
      // Text of 11 px at a scale of nearly 1.
      expect(
        await page.evaluate(
          `(() => { const svg = document.querySelector('.diagram.narrow'); return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width; })()`,
        ),
      ).toBeGreaterThan(0.95);
    }
  });

  test('no text leaves its box in the drawing', async () => {
    const page = await (await browser({})).newPage();
    await page.setViewportSize(LAPTOP);
    for (const name of NAMES) {
      await page.goto(addressOf(name));
      expect([name, await page.evaluate(OVERFLOWING)]).toEqual([name, []]);
    }
  });

  test('the filter works without a script, from the keyboard', async () => {
    const page = await (await browser({})).newPage();
    await page.goto(addressOf('storefront'));
    const visible = async (severity: string) =>
      page.locator(`.group[data-severity=${severity}]:visible`).count();
    const [warnings, notes] = [await visible('warning'), await visible('info')];
    expect(Math.min(warnings, notes)).toBeGreaterThan(0);
    await page.focus('#show-all');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect([await visible('warning'), await visible('info')]).toEqual([warnings, 0]);
  });

  test('the first stop of the keyboard skips to the report', async () => {
    const page = await (await browser({})).newPage();
    await page.goto(addressOf('storefront'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#content');
  });

  test.each(['light', 'dark'] as const)('axe finds nothing to complain of, %s', async (colorScheme) => {
    const context = await browser({ bypassCSP: true });
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme });
    const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    for (const name of NAMES) {
      await page.setViewportSize(LAPTOP);
      await page.goto(addressOf(name));
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}.png`) });
      await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
      await page.addScriptTag({ content: axe });
      const violations = await page.evaluate(AXE);
      expect([name, violations]).toEqual([name, []]);
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}-whole.png`), fullPage: true });
      await page.setViewportSize(PHONE);
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}-phone.png`) });
    }
  });
});

const bottomOf = async (page: Page, selector: string): Promise<number> => {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`Cannot see ${selector}`);
  return box.y + box.height;
};

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
