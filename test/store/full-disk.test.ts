import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TradingDate } from '../../src/core/brand.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { MIGRATIONS } from '../../src/main/store/migrations/all.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';
import { bar, FOREVER, INFY } from './sample-bars.ts';
import { addBars, daysAgo, NOW, openTimes, trimAll } from './trimming.ts';

describe('a full disk', () => {
  /** A file that may not grow beyond so many pages, which is what SQLite makes of the end of the disk. */
  const bounded = (path: string, pages: number): Store =>
    openStore(path, { migrations: [...MIGRATIONS, (db) => void db.pragma(`max_page_count = ${pages}`)] });

  it('is said, leaves nothing half stored, and trimming makes room again', () => {
    const store = bounded(join(tempFolder(), 'tickscope.sqlite'), 200);
    addBars(store, '5s', 30, 6_000);
    const candles = Array.from({ length: 15_000 }, (_, index) => bar(index, 1));
    const { open, high, low, close, volume } = bar(0, 1);
    const values = { open, high, low, close, volume };
    const date = '2026-11-20' as TradingDate;
    const write = {
      batches: [{ candles, provenance: 'live' }],
      covered: [{ instrument: INFY, timeframe: '1m', provenance: 'live', open: daysAgo(1), close: daysAgo(0) }],
      revisions: [
        {
          instrument: INFY,
          timeframe: '1m',
          openTime: daysAgo(1),
          reason: 'late-tick',
          at: NOW,
          before: values,
          after: values,
        },
      ],
      auctions: [{ instrument: INFY, date, kind: 'closing', openTime: daysAgo(1), ...values }],
    } as const;
    const error = appErrorOf(() => store.saveBars(write));
    expect(error.message).toContain('The disk is full');
    expect(error.message).toContain('Free some space');
    expect(openTimes(store, '1m')).toEqual([]);
    expect(store.revisions(...FOREVER)).toEqual([]);
    expect(store.loadAuctions(INFY, ...FOREVER)).toEqual([]);
    expect(store.covered(INFY, ...FOREVER).map(({ timeframe }) => timeframe)).toEqual(['5s']);

    const ticks = Array.from({ length: 50_000 }, () => ({ instrument: INFY, ltp: 1, time: NOW, receivedAt: NOW }));
    expect(appErrorOf(() => store.saveTicks(ticks)).message).toContain('The disk is full');
    const levels = [{ price: 1, quantity: 1, orders: 1 }];
    const book = { instrument: INFY, time: NOW, receivedAt: NOW, bids: levels, asks: levels };
    expect(appErrorOf(() => store.saveBooks(Array(50_000).fill(book))).message).toContain('The disk is full');
    expect(appErrorOf(() => store.writeDocument('big', 'x'.repeat(2_000_000))).message).toContain('The disk is full');

    const some = { ...write, batches: [{ candles: candles.slice(0, 6_000), provenance: 'live' }] } as const;
    expect(appErrorOf(() => store.saveBars(some)).message).toContain('The disk is full');
    expect(trimAll(store, { base: 7 }).deleted).toEqual({ base: 6_000 });
    store.saveBars(some);
    expect(openTimes(store, '1m')).toHaveLength(6_000);
    store.close();
  });
});
