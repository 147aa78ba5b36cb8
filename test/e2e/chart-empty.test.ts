import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CandleTable } from '../../src/contract/commands.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { FAKE_NOW } from '../renderer/fake-snapshot.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { paintedPixels } from '../support/canvas.ts';
import { PROJECT } from '../support/start-app.ts';
import { type FakeScreen, openFakeScreen } from './fake-screen.ts';

const STEP_MS = 300_000;

/** So many bars of five minutes up to now, the newest at 1,400 and more. */
function bars(count: number, instrument: InstrumentKey, timeframe: CandleTable['timeframe']): CandleTable {
  const times = Array.from({ length: count }, (_none, index) => FAKE_NOW - (count - index) * STEP_MS);
  const wave = times.map((_time, index) => 1_400 + Math.sin(index / 9) * 12);
  return {
    instrument,
    timeframe,
    openTime: times,
    open: wave,
    high: wave.map((price) => price + 2),
    low: wave.map((price) => price - 2),
    close: wave.map((price) => price + 1),
    volume: wave.map(() => 10),
    forming: null,
    auctions: [],
    more: false,
  };
}

describe.skipIf(chromiumPath === undefined)(`a chart that had no bars at first (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;
  let count = 0;
  let shown: InstrumentKey | undefined;

  beforeAll(async () => {
    screen = await openFakeScreen({
      pageDir: join(PROJECT, 'out', 'renderer'),
      handlers: {
        'candles.load': async ({ instrument, timeframe, before }) => {
          shown = instrument;
          return bars(before === null ? count : 0, instrument, timeframe);
        },
      },
    });
    page = screen.page;
  });
  afterAll(async () => {
    expect(screen?.complaints ?? []).toEqual([]);
    await screen?.close();
  });

  it.each([1, 3, 40, 900])('stands at its newest bar when %i come at once', async (many) => {
    count = 0;
    await pressFrame(page, '1h');
    await pressFrame(page, '5m');
    await expect.poll(() => paintedPixels(page, ['--up', '--down'])).toBe(0);
    count = many;
    if (shown !== undefined) screen.engine.tell({ type: 'candles-revised', instrument: shown });
    await expect.poll(() => paintedPixels(page, ['--up', '--down'])).toBeGreaterThan(5);
    await expect.poll(() => page.getByRole('button', { name: 'Latest bar' }).count()).toBe(0);
  });
});

async function pressFrame(page: Page, label: string): Promise<void> {
  await page.getByRole('group', { name: 'Timeframe' }).getByRole('button', { name: label, exact: true }).click();
}
