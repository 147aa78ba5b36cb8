import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type RunningApp, startApp } from '../support/start-app.ts';

export const LARGE = { width: 1440, height: 900 } as const;
export const SMALL = { width: 1024, height: 700 } as const;

export interface OpenScreen {
  readonly app: RunningApp;
  readonly page: Page;
  /** What the browser's console complained of so far. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** The whole app on a simulated market, and a browser that looks at it. */
export async function openScreen(env: Readonly<Record<string, string>> = {}): Promise<OpenScreen> {
  const app = await startApp({ feed: 'simulator', speed: 20, env });
  const browser: Browser = await launchBrowser();
  const page = await (await browser.newContext({ viewport: LARGE })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(app.url);
  await page.getByText('SIMULATED 20×').waitFor();
  await pricesShown(page);
  return {
    app,
    page,
    complaints,
    async close() {
      await browser.close();
      await app.stop();
    },
  };
}

/** Resolves once nothing fades in or out any more: colours in between are nobody's to judge. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = ({ effect }: Animation): boolean => Number.isFinite(effect?.getComputedTiming().endTime);
    // What is cancelled, as when its element goes, has come to rest as well.
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map(({ finished }) => finished),
    );
  });
}

/** Resolves once prices stand in the list, as after a reload. */
export async function pricesShown(page: Page): Promise<void> {
  await firstPrice(page).filter({ hasText: /\d/ }).waitFor();
}

function firstPrice(page: Page): Locator {
  return page.locator('.watch-row .watch-ltp').first();
}

export async function setTheme(page: Page, theme: 'Dark' | 'Light'): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Appearance' }).click();
  await page.getByRole('radio', { name: theme }).click();
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe(theme.toLowerCase());
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Turns a switch of the Appearance section. */
export async function setOption(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Appearance' }).click();
  await page.getByRole('switch', { name }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
