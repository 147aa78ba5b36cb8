import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { type OpenScreen, openScreen } from './screen-page.ts';

const SESSIONS = ['2026-07-20', '2026-07-21', '2026-07-22'];
const MINUTES = 375;

/** Three sessions of minutes that rise and fall, in the format of the replay. */
function recording(): string {
  const rows = SESSIONS.flatMap((day, session) =>
    Array.from({ length: MINUTES }, (_one, minute) => {
      const time = Date.parse(`${day}T09:15:00+05:30`) / 1_000 + minute * 60;
      const price = (at: number): number =>
        Math.round((1_400 + 20 * Math.sin((session * MINUTES + at) / 60)) * 20) / 20;
      const [open, close] = [price(minute), price(minute + 1)];
      return [time, open, Math.max(open, close), Math.min(open, close), close, 100].join(',');
    }),
  );
  return `${['time,open,high,low,close,volume', ...rows].join('\n')}\n`;
}

describe.skipIf(chromiumPath === undefined)(`the screen from feed to feed (${NO_CHROMIUM})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
  const file = join(folder, 'RELIANCE_1m.csv');
  let screen: OpenScreen;
  let page: Page;

  beforeAll(async () => {
    writeFileSync(file, recording());
    screen = await openScreen({ TICKSCOPE_KITE_API_KEY: '', TICKSCOPE_KITE_ACCESS_TOKEN: '' });
    page = screen.page;
  });
  afterAll(async () => {
    await screen?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks for the login a broker lacks, and keeps no price of the market before', async () => {
    await openFeed(page, /Kite/);
    await page.getByRole('button', { name: 'Use Zerodha Kite' }).click();
    await page.getByRole('alert').getByText('API key').waitFor();
    await closeDialog(page);
    await badge(page, 'LOGIN NEEDED').waitFor();
    await expect.poll(async () => new Set(await page.locator('.watch-ltp').allTextContents())).toEqual(new Set(['–']));
    await expect.poll(() => page.locator('.breadth').textContent()).toBe('0 ▲0 ▼50 –');
  });

  it('says on the empty chart what to do, with the way there', async () => {
    const note = page.locator('.chart-note');
    await note.getByText('API key').waitFor();
    await note.getByRole('button', { name: 'Enter credentials' }).click();
    expect(await page.getByRole('radio', { name: /Kite/ }).isChecked()).toBe(true);
    await page.getByRole('textbox', { name: 'Access token' }).waitFor();
    await closeDialog(page);
  });

  it('says where they were typed that files cannot be played', async () => {
    await openFeed(page, /Replay/);
    await setFiles(page, join(folder, 'nothing.csv'));
    await page.getByRole('button', { name: 'Use Replay' }).click();
    await page.getByRole('alert').getByText('nothing.csv').waitFor();
    expect(await page.getByRole('textbox', { name: 'Files' }).inputValue()).toContain('nothing.csv');
  });

  it('plays a recording, and stays with its newest bar however fast it comes', async () => {
    await setFiles(page, file);
    await badge(page, 'REPLAY 20×').waitFor();
    const speed = page.getByRole('textbox', { name: 'Speed' });
    await speed.fill('0');
    await speed.press('Enter');
    await closeDialog(page);
    await badge(page, 'REPLAY FINISHED').waitFor();
    const close = page.locator('.chart-panel [data-field=close]');
    await expect.poll(() => close.textContent()).toMatch(/^1,[34]\d\d\.\d\d$/);
    await page.locator('.alert-scroll .alert-card').first().waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Latest bar' }).count()).toBe(0);
  });

  it('offers to play it again, after a reload as before', async () => {
    const asked: string[] = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => asked.push(String(payload))));
    await page.reload();
    await badge(page, 'REPLAY FINISHED').click();
    await page.getByText('The recording has come to its end.').waitFor();
    await page.locator('.popover').getByRole('button', { name: 'Play again' }).click();
    await expect.poll(() => asked.some((frame) => frame.includes('feed.reconnect'))).toBe(true);
    await badge(page, 'REPLAY FINISHED').waitFor();
  });

  it('has nothing to complain about in the console', () => {
    expect(screen.complaints).toEqual([]);
  });
});

function badge(page: Page, words: string): Locator {
  return page.locator('.live-badge', { hasText: words });
}

async function openFeed(page: Page, name: RegExp): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Feed' }).click();
  await page.getByRole('radio', { name }).click();
}

async function setFiles(page: Page, path: string): Promise<void> {
  const files = page.getByRole('textbox', { name: 'Files' });
  await files.fill(path);
  await files.blur();
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
