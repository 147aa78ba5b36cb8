import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launchBrowser, NO_CHROMIUM } from '../support/browser.ts';
import { type RunningApp, startApp } from '../support/start-app.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

describe.skipIf(chromiumPath === undefined)(`the screen in a browser (${NO_CHROMIUM})`, () => {
  let app: RunningApp;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    app = await startApp({ feed: 'simulator', speed: 20 });
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: SIZES[0] });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(app.url);
    await page.getByText('SIMULATED 20×').waitFor();
    await firstPrice(page).filter({ hasText: /\d/ }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  it('shows fifty stocks below the index, with prices that move', async () => {
    expect(await page.getByRole('grid', { name: 'Watchlist' }).getAttribute('aria-rowcount')).toBe('51');
    await page.getByRole('button', { name: /^NIFTY 50/ }).waitFor();
    const before = await page.locator('.watch-ltp').allTextContents();
    expect(before.length).toBeGreaterThan(20);
    for (const price of before) expect(price).toMatch(/^[\d,]+\.\d\d$/);
    await expect.poll(() => page.locator('.watch-ltp').allTextContents()).not.toEqual(before);
    await expect.poll(() => page.locator('.breadth').textContent()).toMatch(/^\d+ ▲\d+ ▼\d+ –$/);
  });

  it('shows what the welcome line offers, until it is closed for good', async () => {
    const welcome = page.getByRole('complementary', { name: 'Welcome' });
    await welcome.getByText('simulated market').waitFor();
    await welcome.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await firstPrice(page).filter({ hasText: /\d/ }).waitFor();
    expect(await welcome.count()).toBe(0);
  });

  it('switches the timeframe by its button, and remembers it', async () => {
    const timeframes = page.getByRole('group', { name: 'Timeframe' });
    expect(await timeframes.getByRole('button').count()).toBe(17);
    await timeframes.getByRole('button', { name: '15m' }).click();
    await expectPressed(page, '15m');
    await page.reload();
    await expectPressed(page, '15m');
    await page.getByText('NSE · 15m').waitFor();
  });

  it('goes along the timeframes by arrow keys, from one tab stop', async () => {
    await page.getByRole('button', { name: '15m', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expectPressed(page, '30m');
  });

  it('switches to polling and back, and says what it costs', async () => {
    await page.getByRole('radio', { name: 'Polling' }).click();
    await page.getByText('scan every 60 s · 1 request').waitFor();
    await page.getByRole('contentinfo').getByText('polling').waitFor();
    await page.getByRole('radio', { name: 'Streaming' }).click();
    await page.getByRole('contentinfo').getByText('live').waitFor();
  });

  it('is worked by keys alone', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('infy');
    await page.keyboard.press('Enter');
    await page.getByText('INFY').first().waitFor();
    await expect.poll(() => charted(page)).toBe('INFY');

    // The list has the focus now: clear the filter, go down two rows, chart the second.
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => charted(page)).toBe('ADANIPORTS');
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => charted(page)).toBe('APOLLOHOSP');

    await page.keyboard.type('5m');
    await expectPressed(page, '5m');
    await page.keyboard.press('h');
    await expectPressed(page, '1h');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('relian');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.chart-panel, main').getByText('RELIANCE').count()).toBeGreaterThan(0);

    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.keyboard.press('[');
    await page.getByRole('grid', { name: 'Watchlist' }).waitFor({ state: 'detached' });
    await page.keyboard.press('[');
    await page.getByRole('grid', { name: 'Watchlist' }).waitFor();
  });

  it('sorts by a column, and shows the greatest change first', async () => {
    await page.getByRole('columnheader', { name: 'Chg' }).getByRole('button').click();
    expect(await page.getByRole('columnheader', { name: 'Chg' }).getAttribute('aria-sort')).toBe('descending');
    const changes = (await page.locator('.watch-row .watch-change').allTextContents()).map(readPercent);
    expect(changes.length).toBeGreaterThan(20);
    expect(changes[0]).toBeGreaterThanOrEqual(changes.at(-1) ?? Number.POSITIVE_INFINITY);
    await page.getByRole('columnheader', { name: 'Symbol' }).getByRole('button').click();
  });

  it('keeps settings over a reload, and refuses wrong ones where they are typed', async () => {
    await setTheme(page, 'Light');
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Scan rule' }).click();
    const fast = page.getByRole('textbox', { name: 'Fast EMA' });
    await fast.fill('30');
    await fast.press('Enter');
    await page.getByRole('alert').getByText('must be shorter').waitFor();
    expect(await fast.inputValue(), 'the old value is back').toBe('9');
    await fast.fill('8');
    await fast.press('Enter');
    await page.getByText('Buy when EMA 8 crosses above EMA 21').waitFor();
    await page.reload();
    await firstPrice(page).filter({ hasText: /\d/ }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Scan rule' }).click();
    expect(await page.getByRole('textbox', { name: 'Fast EMA' }).inputValue()).toBe('8');
    await page.keyboard.press('Escape');
  });

  it('takes a login without ever showing it', async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Feed' }).click();
    await page.getByRole('radio', { name: /Kite/ }).click();
    const apiKey = page.getByRole('textbox', { name: 'API key' });
    await apiKey.fill('not-a-real-key');
    await page.getByRole('button', { name: 'Save login' }).click();
    await expect.poll(() => apiKey.getAttribute('placeholder')).toBe('•••••••• set');
    expect(await apiKey.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Remove API key' }).click();
    await expect.poll(() => apiKey.getAttribute('placeholder')).toBe('not set');
    await page.keyboard.press('Escape');
  });

  it.each(['Dark', 'Light'] as const)('is open to everyone in %s, at both sizes and in every window', async (theme) => {
    await setTheme(page, theme);
    for (const key of ['Control+k', '?', 'Control+,']) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      expect(await violations(page), key).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    for (const size of SIZES) {
      await page.setViewportSize(size);
      expect(await violations(page), `the screen at ${size.width}`).toEqual([]);
    }
    await page.setViewportSize(SIZES[0]);
    await setOption(page, 'Colours for colour blindness');
    expect(await violations(page), 'in blue and orange').toEqual([]);
    await setOption(page, 'Colours for colour blindness');
  });

  it.each([
    [1440, 0.8],
    [1440, 1.5],
    [1440, 2],
    [1024, 1],
    [1024, 2],
  ])('cuts nothing off in a window %i wide at a zoom of %d', async (width, zoom) => {
    await page.setViewportSize({ width: Math.round(width / zoom), height: Math.round(900 / zoom) });
    const wide = await page.evaluate(() =>
      ['.top-bar', '.workspace', '.status-strip', '.timeframes'].filter((part) => {
        const element = document.querySelector(part);
        return element === null || element.scrollWidth > element.clientWidth + 1;
      }),
    );
    expect(wide).toEqual([]);
    await page.setViewportSize(SIZES[0]);
  });

  it('turns the alerts into a drawer where there is no room beside the chart', async () => {
    await page.setViewportSize(SIZES[1]);
    const drawer = page.getByRole('complementary', { name: 'Alerts' });
    expect(await drawer.count()).toBe(0);
    await page.keyboard.press(']');
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.setViewportSize(SIZES[0]);
  });

  it('has nothing to complain about in the console', () => {
    expect(complaints).toEqual([]);
  });

  it('says so when the engine is gone', async () => {
    await app.stop();
    await page.getByText('The engine has stopped.', { exact: true }).waitFor();
    await page.getByText('NO ENGINE').waitFor();
  });
});

function firstPrice(page: Page) {
  return page.locator('.watch-row .watch-ltp').first();
}

/** The symbol of the row the chart shows. */
async function charted(page: Page): Promise<string | undefined> {
  const id = await page.getByRole('row', { selected: true }).first().getAttribute('id');
  return id?.split(':').at(-1);
}

async function expectPressed(page: Page, name: string): Promise<void> {
  const button = page.getByRole('group', { name: 'Timeframe' }).getByRole('button', { name, exact: true });
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
}

async function setTheme(page: Page, theme: 'Dark' | 'Light'): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: theme }).click();
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe(theme.toLowerCase());
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function setOption(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Appearance' }).click();
  await page.getByRole('switch', { name }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** What axe finds, short enough to read in a failed test. */
async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

function readPercent(text: string): number {
  return Number(text.replace('\u2212', '-').replace('%', ''));
}
