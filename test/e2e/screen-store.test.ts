import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { type OpenScreen, openScreen } from './screen-page.ts';

describe.skipIf(chromiumPath === undefined)(`the store on the screen (${NO_CHROMIUM})`, () => {
  let screen: OpenScreen;
  let page: Page;

  beforeAll(async () => {
    screen = await openScreen();
    page = screen.page;
  });
  afterAll(async () => {
    await screen?.close();
  });

  it('counts every instrument of the session, whose morning history has told', async () => {
    await page.getByRole('tab', { name: 'Health' }).click();
    const ledger = page.getByRole('region', { name: 'Ledger' });
    await ledger.getByText('51 green').waitFor({ timeout: 60_000 });
    await ledger.getByRole('button', { name: 'Show all 51' }).click();
    const rows = await ledger.locator('tbody > tr:first-child').allInnerTexts();
    expect(rows).toHaveLength(51);
    for (const row of rows) {
      const [expected = 0, received = 0, repaired = 0, missing] =
        row
          .match(/\d+(?=\s|$)/g)
          ?.slice(-4)
          .map(Number) ?? [];
      expect(expected, row).toBeGreaterThan(0);
      expect(received + repaired, row).toBe(expected);
      expect(missing, row).toBe(0);
    }
  });

  it('counts on as the market goes on', async () => {
    const expected = async () => Number(await page.locator('.ledger-table tbody td:nth-child(3)').first().innerText());
    const before = await expected();
    await expect.poll(expected, { timeout: 60_000 }).toBeGreaterThan(before);
  });

  it('copies the database, and writes bars of a day, into the data folder', async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Data' }).click();
    await page.getByRole('button', { name: 'Back up now' }).click();
    const written = page.locator('.deed-outcome code');
    await written.first().waitFor();
    const copy = inDataFolder(await written.first().innerText());
    expect(copy).toContain('backups');
    expect(readFileSync(copy).subarray(0, 15).toString()).toBe('SQLite format 3');

    await page.getByRole('combobox', { name: 'Timeframe' }).selectOption('1m');
    await page.getByRole('button', { name: 'Export' }).click();
    await expect.poll(() => written.count()).toBe(2);
    const file = inDataFolder(await written.last().innerText());
    expect(file).toContain('exports');
    expect(file.endsWith('.csv')).toBe(true);
    expect(readFileSync(file, 'utf8').trim().split('\n').length).toBeGreaterThan(2);
    await page.getByRole('radio', { name: 'Parquet' }).click();
    await page.getByRole('button', { name: 'Export' }).click();
    await expect.poll(() => written.last().innerText()).toMatch(/\.parquet$/);
    expect(statSync(inDataFolder(await written.last().innerText())).size).toBeGreaterThan(100);
    await page.keyboard.press('Escape');
    expect(screen.complaints).toEqual([]);
  });

  /** What the screen names, whole or from the data folder on. */
  function inDataFolder(path: string): string {
    return existsSync(path) ? path : join(screen.app.dataDir, path);
  }
});
