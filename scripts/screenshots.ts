/**
 * Takes the pictures of the README from the running app: `npx node scripts/screenshots.ts [FOLDER]`.
 * The market is simulated; it is hurried through a day to the next noon first, so that there is something to see.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { PROJECT, startApp } from '../test/support/start-app.ts';

const FOLDER = process.argv[2] ?? join(PROJECT, 'docs', 'images');
const LARGE = { width: 1440, height: 900 };
const SMALL = { width: 1024, height: 700 };
const HURRY = 480;

async function setNumber(page: Page, label: string, value: number): Promise<void> {
  const field = page.getByRole('textbox', { name: label });
  await field.fill(String(value));
  await field.press('Enter');
}

async function setTheme(page: Page, theme: 'Dark' | 'Light'): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: theme }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Waits until the market's clock shows a time of day between the two. */
async function untilMarketTime(page: Page, from: string, to: string): Promise<void> {
  const span = [from, to] as const;
  const shows = ([first, last]: typeof span): boolean => {
    const shown = document.querySelector('.market-time')?.textContent ?? '';
    return shown >= first && shown < last;
  };
  await page.waitForFunction(shows, span, { timeout: 300_000 });
}

async function take(page: Page, name: string): Promise<void> {
  // Away from anything that would show a tooltip, and past the flashes of the last tick.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  console.log(`${name}.png`);
}

mkdirSync(FOLDER, { recursive: true });
const app = await startApp({ feed: 'simulator', speed: HURRY });
const browser = await launchBrowser();
try {
  const context = await browser.newContext({ viewport: LARGE });
  const page = await context.newPage();
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Close this line' }).click();
  // A machine without a desktop would complain of it in every picture.
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Alerts' }).click();
  await page.getByRole('switch', { name: 'Desktop notification' }).click();
  await page.getByRole('tab', { name: 'Feed' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await untilMarketTime(page, '15:00', '15:40');
  await untilMarketTime(page, '11:15', '12:00');
  // So many signals are no use to a picture.
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.getByRole('button', { name: /^Clear all/ }).click();
  await untilMarketTime(page, '12:00', '15:00');
  await page.keyboard.press('Control+,');
  await setNumber(page, 'Speed', 10);
  await page.keyboard.press('Escape');
  await page.getByText('SIMULATED 10×').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // An alert may have been quicker than the switch.
  const complaint = page.getByRole('button', { name: 'Dismiss' });
  while ((await complaint.count()) > 0) await complaint.first().click();
  // The newest signal's chart is the one worth a picture.
  await page
    .locator('.watch-row', { has: page.locator('[data-age="fresh"]') })
    .first()
    .click();

  for (const theme of ['Dark', 'Light'] as const) {
    const name = theme.toLowerCase();
    await page.setViewportSize(LARGE);
    await setTheme(page, theme);
    // Without the ring around what was last reached by key.
    await page.locator('.chart-plot').click({ position: { x: 20, y: 60 } });
    await take(page, `${name}-1440`);
    await page.setViewportSize(SMALL);
    await take(page, `${name}-1024`);
  }
  await page.setViewportSize(LARGE);
  await setTheme(page, 'Dark');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Scan rule' }).click();
  await take(page, 'settings');
  await page.getByRole('tab', { name: 'Feed' }).click();
  await page.getByRole('radio', { name: /^Fyers/ }).click();
  await take(page, 'feeds');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('hdfc');
  await take(page, 'search');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Health' }).click();
  await page.getByRole('button', { name: 'Previous session' }).click();
  await page.getByText('All have been repaired').waitFor();
  await take(page, 'health');
  await page.getByRole('tab', { name: 'Alerts' }).click();
  await page.getByRole('button', { name: /^Why/ }).first().click();
  await page.getByRole('button', { name: 'Prove it' }).first().click();
  await page.getByText('Reproduced').first().waitFor();
  await take(page, 'why');
  await page.getByRole('tab', { name: 'Scan' }).click();
  await page.getByRole('button', { name: 'Supertrend flip', exact: true }).click();
  await page.getByRole('textbox', { name: 'Buy when' }).focus();
  await page.keyboard.press('End');
  await page.keyboard.type(' and r');
  await page.getByRole('listbox', { name: 'Completions' }).waitFor();
  await take(page, 'rule');
  await page.keyboard.press('Escape');
  for (let letters = ' and r'.length; letters > 0; letters -= 1) await page.keyboard.press('Backspace');
  await page.getByRole('tab', { name: 'How often' }).click();
  await page.getByText(/^It would/).waitFor();
  await page.getByRole('button', { name: 'Fetch what is missing' }).click();
  await page.getByText(/over the last 20 sessions/).waitFor({ timeout: 120_000 });
  await take(page, 'noise');
  await page.getByRole('tab', { name: 'What would it have alerted?' }).click();
  await page.getByRole('table').first().waitFor();
  await take(page, 'backtest');
} finally {
  await browser.close();
  await app.stop();
}
