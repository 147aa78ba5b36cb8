import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCREEN_TIMEFRAMES } from '../../src/core/timeframe.ts';
import { timeframeLabel, timeframeName } from '../../src/renderer/src/format/timeframe.ts';
import { chromiumPath, launchBrowser, NO_CHROMIUM } from '../support/browser.ts';
import { colorAt, findPointer, paintedPixels } from '../support/canvas.ts';
import { type RunningApp, startApp } from '../support/start-app.ts';
import { atRest } from './screen-page.ts';

describe.skipIf(chromiumPath === undefined)(`the chart and the alerts beside it (${NO_CHROMIUM})`, () => {
  let app: RunningApp;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  /** Every question the page asked of the engine for older bars. */
  const olderPages: string[] = [];

  beforeAll(async () => {
    app = await startApp({ feed: 'simulator', speed: 60 });
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        if (/"candles\.load".*"before":\d/.test(String(payload))) olderPages.push(String(payload));
      }),
    );
    await page.goto(app.url);
    await drawn(page, '5 minutes');
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it.each(SCREEN_TIMEFRAMES)('draws bars of %s', async (timeframe) => {
    await press(page, timeframeLabel(timeframe));
    await drawn(page, timeframeName(timeframe));
    await expect.poll(() => paintedPixels(page, ['--up', '--down']), { timeout: 60_000 }).toBeGreaterThan(20);
    await expect.poll(() => reading(page, 'close')).toMatch(/^[\d,]+\.\d\d$/);
  });

  it('moves the forming bar, and counts down to its end', async () => {
    await press(page, '5m');
    await drawn(page, '5 minutes');
    const before = await reading(page, 'close');
    await expect.poll(() => reading(page, 'close')).not.toBe(before);
    const label = await axisLabel(page);
    await expect.poll(async () => (await axisLabel(page)) !== label).toBe(true);
  });

  it('reads the bar under the pointer', async () => {
    const plot = await box(page);
    await page.mouse.move(plot.x + plot.width * 0.3, plot.y + 200);
    await expect.poll(() => reading(page, 'change')).toMatch(/^[+−]?[\d.,]+ \([+−]?[\d.]+%\)$/);
    const there = await reading(page, 'open');
    await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 200);
    await expect.poll(() => reading(page, 'open')).not.toBe(there);
    expect(await reading(page, 'fast')).toMatch(/^[\d,]+\.\d\d$/);
    expect(await reading(page, 'slow')).toMatch(/^[\d,]+\.\d\d$/);
    expect(Number(await reading(page, 'rsi'))).toBeGreaterThan(0);
    await page.mouse.move(5, 5);
  });

  it('loads older bars when they come into view, and finds back to the newest', async () => {
    await page.locator('.chart-plot').focus();
    const before = olderPages.length;
    await page.keyboard.press('Home');
    await expect.poll(() => olderPages.length).toBeGreaterThan(before);
    await expect.poll(() => paintedPixels(page, ['--up', '--down'])).toBeGreaterThan(20);
    const latest = page.getByRole('button', { name: 'Latest bar' });
    await latest.click();
    await latest.waitFor({ state: 'detached' });
  });

  it('keeps the view over a change of timeframe and back', async () => {
    await page.locator('.chart-plot').focus();
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift+ArrowLeft');
    await page.getByRole('button', { name: 'Latest bar' }).waitFor();
    const plot = await box(page);
    const middle = { x: plot.x + plot.width / 2, y: plot.y + 200 };
    await page.mouse.move(middle.x, middle.y);
    const open = await reading(page, 'open');
    await page.mouse.move(5, 5);
    await press(page, '15m');
    await drawn(page, '15 minutes');
    await page.getByRole('button', { name: 'Latest bar' }).waitFor();
    await press(page, '5m');
    await drawn(page, '5 minutes');
    await page.mouse.move(middle.x, middle.y);
    await expect.poll(() => reading(page, 'open')).toBe(open);
    await page.mouse.move(5, 5);
    await page.keyboard.press('r');
  });

  it('shows an alert on the chart, where its mark leads back to it', async () => {
    const card = page.locator('.alert-scroll .alert-card').first();
    await card.waitFor({ timeout: 60_000 });
    const symbol = (await card.locator('strong').textContent()) ?? '';
    await card.getByRole('button', { name: `Chart ${symbol}` }).click();
    await page.getByRole('heading', { name: symbol, exact: true }).waitFor();
    await drawn(page, '5 minutes');

    const plot = await box(page);
    const newest = { x: plot.x + plot.width * 0.5, y: plot.y + 30, width: plot.width * 0.4, height: plot.height * 0.7 };
    const mark = await findPointer(page, newest);
    if (mark === undefined) expect.fail('there is no mark to click on the newest bars');
    await page.mouse.click(mark.x, mark.y);
    const focused = page.locator('.alert-card:focus');
    await focused.waitFor();
    expect(await focused.locator('strong').textContent()).toBe(symbol);
    await focused.getByText('EMA cross', { exact: true }).first().waitFor();
    await page.mouse.move(5, 5);
  });

  it('explains an alert with every value the rule judged by', async () => {
    const why = page.locator('.alert-why').first();
    for (const name of ['ema(9)', 'ema(21)', 'rsi(14)'])
      await why.getByRole('rowheader', { name: new RegExp(`^${name.replace(/[()]/g, '\\$&')}`) }).waitFor();
    for (const name of ['Bar ended', 'Judged', 'Stored']) await why.getByText(name, { exact: true }).waitFor();
    await why.getByRole('button', { name: 'Prove it' }).click();
    await why.getByText('Reproduced: computed again from').waitFor({ timeout: 60_000 });
  });

  it.each(['light', 'dark'])('takes on the colours of the %s theme', async (theme) => {
    await page.evaluate((next) => {
      document.documentElement.dataset['theme'] = next;
    }, theme);
    await expect.poll(async () => (await colorAt(page, 4, 60)) === (await paper(page))).toBe(true);
    await expect.poll(() => paintedPixels(page, ['--up', '--down'])).toBeGreaterThan(20);
  });

  it.each(['light', 'dark'])('is open to everyone on every page of the panel, %s', async (theme) => {
    await page.evaluate((next) => {
      document.documentElement.dataset['theme'] = next;
    }, theme);
    for (const name of ['Scan', 'Health', 'Alerts']) {
      await page.getByRole('tab', { name }).click();
      await page.getByRole('tabpanel').waitFor();
      expect(await violations(page), name).toEqual([]);
    }
  });

  it('says what is scanned for, and how the feed is', async () => {
    await page.getByRole('tab', { name: 'Scan' }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('button', { name: 'More for EMA cross' }).click();
    await panel.getByText('ema(9) crosses above ema(21) and rsi(14) > 50').waitFor();
    await panel.getByRole('switch', { name: 'EMA cross on' }).click();
    await page.getByText('All rules are off', { exact: true }).waitFor();
    await panel.getByRole('switch', { name: 'EMA cross on' }).click();
    await page.getByText(/^Last scan \d\d:\d\d:\d\d · 50 \+ index · \d+ fired · \d+ unknown$/).waitFor();
    await page.getByRole('tab', { name: 'Health' }).click();
    await panel.getByRole('button', { name: 'Reconnect' }).waitFor();
    await panel.getByText('Zerodha Kite').waitFor();
    await page.getByRole('tab', { name: 'Alerts' }).click();
  });

  it('marks alerts read and clears them by hand only, and not by one slip', async () => {
    await page.getByRole('button', { name: 'Mark read' }).click();
    await page.getByText(/^\d+ read$/).waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    expect(await page.locator('.alert-scroll .alert-card').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: /^Clear all \d+\?$/ }).click();
    await page.getByText('No alerts yet').waitFor();
  });

  it('has nothing to complain about in the console', () => {
    expect(complaints).toEqual([]);
  });
});

/** Waits until the chart of this timeframe is drawn: then it says so to those who listen. */
async function drawn(page: Page, timeframe: string): Promise<void> {
  await page.locator('.chart-panel > [role=status]', { hasText: `, ${timeframe}: last` }).waitFor({ timeout: 60_000 });
}

async function press(page: Page, label: string): Promise<void> {
  await page.getByRole('group', { name: 'Timeframe' }).getByRole('button', { name: label, exact: true }).click();
}

async function reading(page: Page, field: string): Promise<string> {
  return (await page.locator(`.chart-panel [data-field=${field}]`).textContent()) ?? '';
}

async function box(page: Page) {
  const plot = await page.locator('.chart-plot').boundingBox();
  if (plot === null) throw new Error('The plot is not on the screen.');
  return plot;
}

/** The price axis as a picture, which changes with every second of the countdown. */
async function axisLabel(page: Page): Promise<string> {
  const plot = await box(page);
  const clip = { x: plot.x + plot.width - 62, y: plot.y, width: 60, height: plot.height * 0.75 };
  return (await page.screenshot({ clip })).toString('base64');
}

/** The colour the theme gives to the chart's ground. */
function paper(page: Page): Promise<string> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (context === null) return '';
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--bg').trim();
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].join(' ');
  });
}

async function violations(page: Page): Promise<readonly string[]> {
  await atRest(page);
  const { violations: found } = await new AxeBuilder({ page })
    .include('.chart-panel')
    .include('.alert-panel')
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
