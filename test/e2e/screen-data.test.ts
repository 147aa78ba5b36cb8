import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput } from '../../src/contract/commands.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { AppError } from '../../src/core/errors.ts';
import { onFakeDay } from '../renderer/fake-ledger.ts';
import { alertOf, firstSnapshot, seeded } from '../renderer/fake-snapshot.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { PROJECT } from '../support/start-app.ts';
import { type FakeScreen, openFakeScreen } from './fake-screen.ts';
import { atRest, LARGE, SMALL } from './screen-page.ts';

/** A look of axe at the whole screen takes seconds. */
const AXE = { timeout: 400_000 };
const FIRST = firstSnapshot(settingsSchema.parse({}), seeded(7));
const WARNING = 'The calendar ends on 31 Dec 2026. Later holidays are not known.';

describe.skipIf(chromiumPath === undefined)(`what the screen says of its data (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;
  let diskFull = false;

  beforeAll(async () => {
    ensureBuilt();
    screen = await openFakeScreen({
      pageDir: join(PROJECT, 'out', 'renderer'),
      snapshot: {
        brokers: FIRST.brokers.map((broker) => {
          const { id, can } = broker.manifest;
          return id === 'replay'
            ? { ...broker, manifest: { ...broker.manifest, can: { ...can, history: false } } }
            : broker;
        }),
        alerts: [
          { ...alertOf('RELIANCE', 'buy', 0, false), inputs: 'revised' },
          { ...alertOf('AXISBANK', 'sell', 0, false), inputs: 'incomplete' },
          alertOf('LT', 'buy', 3, true),
        ],
        market: { phase: 'open', until: onFakeDay('15:15'), warning: WARNING },
        scan: {
          lastBarTime: onFakeDay('10:40'),
          judgedAt: onFakeDay('10:45'),
          instruments: 31,
          fired: 2,
          unknown: 0,
          withheld: 3,
        },
      },
      handlers: {
        'candles.export': async ({ format }) => {
          if (diskFull) throw new AppError('storage', 'The disk is full. Free some space and export again.');
          return { path: `exports/RELIANCE_5m.${format}`, bytes: 1_400_000 };
        },
      },
    });
    page = screen.page;
  });
  afterAll(async () => {
    expect(screen?.complaints ?? []).toEqual([]);
    await screen?.close();
  });

  /** What the page asked of one command so far. */
  const asked = <Name extends 'coverage.load' | 'candles.export' | 'settings.update' | 'store.backUp'>(name: Name) =>
    // The list holds what the wire carried, whose commands are typed by name.
    screen.engine.asked.filter(([one]) => one === name).map(([, input]) => input as CommandInput<Name>);

  it('marks alerts whose bars were not whole, or were changed', async () => {
    const revised = page.getByRole('button', { name: 'inputs revised' });
    expect(await page.getByRole('button', { name: 'incomplete inputs' }).count()).toBe(1);
    await revised.click();
    await page.getByText('The signal is not taken back.').first().waitFor();
    await revised.click();
    await page.getByText('3 withheld', { exact: false }).waitFor();
    await page.getByRole('tab', { name: 'Scan' }).click();
    await page.getByText('3 withheld: waiting for history.', { exact: false }).waitFor();
  });

  it('shows the ledger, the worst first, and asks again when it changed', async () => {
    await page.getByRole('tab', { name: 'Health' }).click();
    const ledger = page.getByRole('region', { name: 'Ledger' });
    await ledger.getByText('28 green').waitFor();
    expect(await ledger.locator('.ledger-totals').innerText()).toMatch(/28 green\s+2 amber\s+1 red\s+3 withheld/);
    const symbols = await ledger.locator('tbody th').allInnerTexts();
    expect(symbols.slice(0, 4)).toEqual(['CIPLA', 'LT', 'ITC', 'RELIANCE']);
    await ledger.getByText('8 missing 09:20–09:24, 09:50–09:52 and 1 more').waitFor();
    await ledger.getByText('92 minutes were missing, all instruments together. After repair 11 still are.').waitFor();
    await ledger.getByRole('button', { name: 'Details of RELIANCE' }).click();
    await ledger.getByText('41 missing, 0 after repair').waitFor();
    await ledger.getByText('History differed: close in 12 bars, by up to 0.45').waitFor();
    await page.getByText(WARNING).first().waitFor();

    const before = asked('coverage.load').length;
    screen.engine.tell({ type: 'coverage-changed' });
    await expect.poll(() => asked('coverage.load').length).toBe(before + 1);
  });

  it('says how far a repair has come, and where none can be', async () => {
    const ledger = page.getByRole('region', { name: 'Ledger' });
    screen.engine.tell({ type: 'progress', progress: { task: 'history', done: 23, total: 50 } });
    await ledger.getByText('Asking history for what is missing: 23 of 50.').waitFor();
    expect(await page.getByRole('progressbar', { name: 'Loading history' }).getAttribute('aria-valuenow')).toBe('23');
    screen.engine.tell({ type: 'progress', progress: { task: 'history', done: 50, total: 50 } });
    await ledger.getByText('Asking history', { exact: false }).waitFor({ state: 'detached' });

    screen.engine.tell({ type: 'feed', feed: { ...FIRST.feed, source: 'replay', world: 'replay' } });
    await ledger.getByText('Replay has no history, so holes cannot be repaired.').waitFor();
    screen.engine.tell({ type: 'feed', feed: FIRST.feed });
    await ledger.getByText('Replay has no history', { exact: false }).waitFor({ state: 'detached' });
  });

  it('steps to the session before, says where there was none, and comes back', async () => {
    const ledger = page.getByRole('region', { name: 'Ledger' });
    await ledger.getByRole('button', { name: 'Previous session' }).click();
    await ledger.getByRole('button', { name: 'Thu 19 Nov 2026' }).waitFor();
    await ledger.getByLabel('Day of the ledger').fill('2026-11-15');
    await ledger.getByText('No session on Sun 15 Nov 2026.').waitFor();
    await ledger.getByRole('button', { name: 'Newest session' }).click();
    await ledger.getByText('28 green').waitFor();
    expect(asked('coverage.load').at(-1)).toEqual({ date: null });
  });

  it('opens the chart of a line at its first hole', async () => {
    await page.getByRole('button', { name: 'CIPLA', exact: true }).click();
    await expect.poll(() => page.locator('.chart-legend h2').innerText()).toBe('CIPLA');
  });

  it('tells of an auction under the pointer, by name, hours, price and volume', async () => {
    const plot = await page.locator('.chart-plot').boundingBox();
    if (plot === null) throw new Error('There is no chart.');
    const words = page.locator('.chart-auction');
    expect(await words.isVisible()).toBe(false);
    // Two auctions lie side by side before the newest morning; a hand finds them so, too.
    for (let x = plot.x + plot.width - 80; x > plot.x && !(await words.isVisible()); x -= 3)
      await page.mouse.move(x, plot.y + 200);
    expect(await words.innerText()).toMatch(/^Pre-open auction 09:00–09:15 {2}[\d,.]+ {2}Vol 21,000$/);
    await page.mouse.move(5, 5);
  });

  it('keeps data as long as a person says, and exports it', async () => {
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Data' }).click();
    await page.getByRole('switch', { name: 'Order books' }).click();
    await expect.poll(() => asked('settings.update').at(-1)).toEqual({ recording: { books: true } });
    await page.getByLabel('Ticks', { exact: true }).fill('14');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked('settings.update').at(-1)).toEqual({ storage: { keepDays: { ticks: 14 } } });
    await page.getByLabel('Keep Ticks for ever').click();
    await expect.poll(() => asked('settings.update').at(-1)).toEqual({ storage: { keepDays: { ticks: null } } });
    await page.getByLabel('Keep Ticks for ever').click();
    await expect.poll(() => asked('settings.update').at(-1)).toEqual({ storage: { keepDays: { ticks: 14 } } });
    await page.getByLabel('Size budget').fill('2.5');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked('settings.update').at(-1)).toEqual({ storage: { budgetMb: 2_500 } });

    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText('backups/market.db').waitFor();
    await page.getByRole('combobox', { name: 'Timeframe' }).selectOption('1m');
    await page.getByLabel('From').fill('2026-11-19');
    await page.getByLabel('To', { exact: true }).fill('2026-11-18');
    await page.getByText('The last day lies before the first.', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true);
    await page.getByLabel('To', { exact: true }).fill('2026-11-20');
    await page.getByRole('radio', { name: 'Parquet' }).click();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByText('exports/RELIANCE_5m.parquet (1.4 MB)', { exact: false }).waitFor();
    const days = { from: '2026-11-19', to: '2026-11-20' };
    expect(asked('candles.export')).toEqual([{ instrument: 'NSE:CIPLA', timeframe: '1m', ...days, format: 'parquet' }]);
    diskFull = true;
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByText('The disk is full. Free some space and export again.').waitFor();
  });

  it('names the auction of a made market beside its speed, with room for it at every width', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const badge = page.locator('.live-words');
    screen.engine.tell({ type: 'feed', feed: { ...FIRST.feed, speed: 1_000 } });
    const auction = { phase: 'closing-auction', until: onFakeDay('15:35'), warning: WARNING } as const;
    screen.engine.tell({ type: 'market', market: auction });
    await badge.filter({ hasText: 'SIMULATED 1000× · CLOSING AUCTIONuntil 15:35' }).waitFor();
    for (let width = 720; width <= 1_920; width += 20) {
      await page.setViewportSize({ width, height: 900 });
      const over = await page.evaluate(() => {
        const [bar, frames, right] = ['.top-bar', '.timeframes', '.top-right'].map((part) =>
          document.querySelector<HTMLElement>(part),
        );
        if (bar == null || frames == null || right == null) return 'The bar is not there.';
        const [a, b] = [frames.getBoundingClientRect(), right.getBoundingClientRect()];
        const isApart = a.right <= b.left || a.top >= b.bottom;
        return Math.max(bar.scrollWidth - bar.clientWidth, isApart ? 0 : a.right - b.left);
      });
      expect(over, `at ${width}`).toBe(0);
    }
    await page.setViewportSize(SMALL);
    // What the eye reads there; who listens hears all of it.
    const first = await badge.locator('.live-phase span').boundingBox();
    expect(first?.width).toBe(1);
    screen.engine.tell({ type: 'market', market: { ...auction, phase: 'open', until: onFakeDay('15:15') } });
    screen.engine.tell({ type: 'feed', feed: FIRST.feed });
    await badge.filter({ hasText: /^SIMULATED 10×$/ }).waitFor();
    // The colours of an auction are to be looked at next.
    screen.engine.tell({ type: 'market', market: auction });
    await page.setViewportSize(LARGE);
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Data' }).waitFor();
  });

  it.each(['dark', 'light'] as const)('is open to everyone in %s', AXE, async (theme) => {
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
    expect(await violations(page), 'the Data section').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const tab of ['Health', 'Alerts', 'Scan']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await violations(page), tab).toEqual([]);
    }
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Data' }).waitFor();
  });

  it('fits into a small window', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.setViewportSize(SMALL);
    await page.locator('.chart-plot').focus();
    await page.keyboard.press(']');
    await page.getByRole('tab', { name: 'Health' }).click();
    await page.locator('.ledger-table').waitFor();
    const tooWide = await page.evaluate(() =>
      ['.ledger', '.ledger-table', '.side-panel', '.side-page'].filter((part) => {
        const element = document.querySelector(part);
        return element === null || element.scrollWidth > element.clientWidth + 1;
      }),
    );
    expect(tooWide).toEqual([]);
  });
});

/** What axe finds, short enough to read in a failed test. */
async function violations(page: Page): Promise<readonly string[]> {
  await atRest(page);
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
