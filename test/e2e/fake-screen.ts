import type { Browser, Page } from 'playwright-core';
import type { CandleTable, CommandHandlers } from '../../src/contract/commands.ts';
import type { ChartAuction } from '../../src/contract/coverage.ts';
import type { Snapshot } from '../../src/contract/events.ts';
import { mergeSettings, settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { INTRADAY_MS, isIntraday } from '../../src/core/timeframe.ts';
import { serveWeb } from '../../src/main/shells/web/serve-web.ts';
import { fakeLedger } from '../renderer/fake-ledger.ts';
import { FAKE_NOW, firstSnapshot, seeded } from '../renderer/fake-snapshot.ts';
import { launchBrowser } from '../support/browser.ts';
import { type FakeEngine, fakeEngine } from '../support/fake-engine.ts';
import { LARGE } from './screen-page.ts';

export interface FakeScreen {
  readonly engine: FakeEngine;
  readonly page: Page;
  /** What the browser's console complained of so far. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

interface FakeScreenOptions {
  readonly pageDir: string;
  readonly snapshot?: Partial<Snapshot>;
  readonly handlers?: Partial<CommandHandlers>;
}

/** The built page in a browser, over an engine that says what a test wants to see. */
export async function openFakeScreen({ pageDir, snapshot, handlers }: FakeScreenOptions): Promise<FakeScreen> {
  let settings = settingsSchema.parse({});
  const first: Snapshot = { ...firstSnapshot(settings, seeded(7)), ...snapshot };
  const keys = first.instruments.map(({ key }) => key);
  const engine = fakeEngine({
    'app.snapshot': async () => ({ ...first, settings }),
    'candles.load': async ({ instrument, timeframe, before }) =>
      before === null ? fakeDays(instrument, timeframe) : { ...fakeDays(instrument, timeframe), ...NO_BARS },
    'settings.update': async (patch) => {
      settings = settingsSchema.parse(mergeSettings(settings, patch));
      return settings;
    },
    'coverage.load': async ({ date }) => fakeLedger(keys, date ?? undefined),
    ...handlers,
  });
  const door = await serveWeb(engine, { port: 0, pageDir });
  const browser: Browser = await launchBrowser();
  const page = await (await browser.newContext({ viewport: LARGE })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(door.link);
  await page.locator('.watch-row .watch-ltp').first().filter({ hasText: /\d/ }).waitFor();
  return {
    engine,
    page,
    complaints,
    async close() {
      await browser.close();
      await door.close();
    },
  };
}

const NO_BARS = { openTime: [], open: [], high: [], low: [], close: [], volume: [], auctions: [] } as const;
const DAYS = ['2026-11-18', '2026-11-19', '2026-11-20'];

/** Two days with their auctions and the morning of a third, from which forty minutes are missing. */
function fakeDays(instrument: InstrumentKey, timeframe: CandleTable['timeframe']): CandleTable {
  const length = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : 3_600_000;
  const random = seeded(11);
  const rows: { time: number; open: number; high: number; low: number; close: number; volume: number }[] = [];
  const auctions: ChartAuction[] = [];
  let price = 1_400;
  for (const day of DAYS) {
    const at = (time: string): EpochMs => Date.parse(`${day}T${time}:00+05:30`) as EpochMs;
    auctions.push(auctionOf('pre-open', at('09:00'), at('09:15'), price + 2));
    for (let time: number = at('09:15'); time < Math.min(at('15:15'), FAKE_NOW); time += length) {
      const close = price * (1 + (random() - 0.5) * 0.003);
      const [high, low] = [Math.max(price, close) * 1.0006, Math.min(price, close) * 0.9994];
      const isMissing = day === '2026-11-20' && time >= at('09:40') && time < at('10:20');
      if (!isMissing) rows.push({ time, open: price, high, low, close, volume: 4_000 + random() * 9_000 });
      price = close;
    }
    if (at('15:15') < FAKE_NOW) auctions.push(auctionOf('closing', at('15:15'), at('15:35'), price - 3));
  }
  const column = (field: keyof (typeof rows)[number]): number[] => rows.map((row) => row[field]);
  return {
    instrument,
    timeframe,
    openTime: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    forming: null,
    auctions,
    more: false,
  };
}

function auctionOf(kind: ChartAuction['kind'], openTime: EpochMs, closeTime: EpochMs, price: number): ChartAuction {
  return {
    kind,
    openTime,
    closeTime,
    open: price,
    high: price + 1.5,
    low: price - 0.5,
    close: price + 1,
    volume: 21_000,
  };
}
