import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { type OpenScreen, openScreen, pricesShown, setTheme } from './screen-page.ts';

describe.skipIf(chromiumPath === undefined)(`the screen in a browser (${NO_CHROMIUM})`, () => {
  let screen: OpenScreen;
  let page: Page;

  beforeAll(async () => {
    screen = await openScreen();
    page = screen.page;
  });
  afterAll(async () => {
    await screen?.close();
  });

  it('shows fifty stocks below the index, with prices that move', async () => {
    expect(await page.getByRole('grid', { name: 'Watchlist' }).getAttribute('aria-rowcount')).toBe('51');
    await page.getByRole('button', { name: /^NIFTY 50/ }).waitFor();
    const isPrice = (text: string): boolean => /^[\d,]+\.\d\d$/.test(text);
    const prices = () => page.locator('.watch-ltp').allTextContents();
    await expect.poll(async () => (await prices()).filter((text) => !isPrice(text))).toEqual([]);
    const before = await prices();
    expect(before.length).toBeGreaterThan(20);
    await expect.poll(prices).not.toEqual(before);
    await expect.poll(() => page.locator('.breadth').textContent()).toMatch(/^\d+ ▲\d+ ▼\d+ –$/);
  });

  it('shows what the welcome line offers, until it is closed for good', async () => {
    const welcome = page.getByRole('complementary', { name: 'Welcome' });
    await welcome.getByText('simulated market').waitFor();
    await welcome.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await pricesShown(page);
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

  it('says so when nothing matches the filter', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('zzz');
    const words = page.getByText('Nothing matches “zzz”.');
    await words.waitFor();
    const [place, list] = await Promise.all([words.boundingBox(), page.locator('.watchlist').boundingBox()]);
    if (place === null || list === null) expect.fail('the list is not on the screen');
    expect(place.x + place.width, 'inside the list, where it can be seen').toBeLessThanOrEqual(list.x + list.width);
    await page.getByRole('button', { name: 'Clear the filter' }).last().click();
    await pricesShown(page);
  });

  it('sorts by a column, and shows the greatest change first', async () => {
    await page.getByRole('columnheader', { name: 'Chg' }).getByRole('button').click();
    await expect
      .poll(() => page.getByRole('columnheader', { name: 'Chg' }).getAttribute('aria-sort'))
      .toBe('descending');
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
    await expect.poll(() => fast.inputValue()).toBe('9');
    const slow = page.getByRole('textbox', { name: 'Slow EMA' });
    await slow.fill('1.5');
    await slow.press('Enter');
    await page.getByRole('alert').getByText('“1.5” cannot be used, so it stays 21.').waitFor();
    await expect.poll(() => slow.inputValue()).toBe('21');
    await fast.fill('8');
    await fast.press('Enter');
    await page.getByText('Buy when EMA 8 crosses above EMA 21').waitFor();
    await page.reload();
    await pricesShown(page);
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light');
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Scan rule' }).click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Fast EMA' }).inputValue()).toBe('8');
    await page.keyboard.press('Escape');
  });

  it('shows a test alert at once, which has no chart to offer', async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Feed' }).focus();
    for (const _step of ['Scan rule', 'Alerts']) await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: 'Test the alerts' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const card = page.locator('.alert-card', { hasText: 'This is a test alert.' }).first();
    await card.getByRole('button', { name: 'Why TEST' }).waitFor();
    expect(await card.getByRole('button', { name: 'Chart TEST' }).count()).toBe(0);
  });

  it('takes a login without ever showing it', async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Feed' }).click();
    await page.getByRole('radio', { name: /Kite/ }).click();
    const apiKey = page.getByRole('textbox', { name: 'API key' });
    await apiKey.fill('not-a-real-key');
    await page.getByRole('button', { name: 'Save login' }).click();
    await expect.poll(() => apiKey.getAttribute('placeholder')).toBe('•••••••• set');
    await expect.poll(() => apiKey.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Remove API key' }).click();
    await expect.poll(() => apiKey.getAttribute('placeholder')).toBe('not set');
    await page.keyboard.press('Escape');
  });

  it('has nothing to complain about in the console', () => {
    expect(screen.complaints).toEqual([]);
  });

  it('says so when the engine is gone', async () => {
    await screen.app.stop();
    await page.getByText('The engine has stopped.', { exact: true }).waitFor();
    await page.getByText('NO ENGINE').waitFor();
  });
});

/** The symbol of the row the chart shows. */
async function charted(page: Page): Promise<string | undefined> {
  const id = await page.getByRole('row', { selected: true }).first().getAttribute('id');
  return id?.split(':').at(-1);
}

async function expectPressed(page: Page, name: string): Promise<void> {
  const button = page.getByRole('group', { name: 'Timeframe' }).getByRole('button', { name, exact: true });
  await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
}

function readPercent(text: string): number {
  return Number(text.replace('\u2212', '-').replace('%', ''));
}
