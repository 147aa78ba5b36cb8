import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { EpochMs, TradingDate } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { bar, INFY, minute, NIFTY } from './sample-bars.ts';

export const PAGE = 4_096;
export const BARS = 2_000;
export const ALERTS = 400;
export const SETTINGS = { feed: { source: 'kite' }, volume: 0.6 };

const infy: Instrument = {
  key: INFY,
  name: 'Infosys Ltd.',
  segment: 'nse-cas',
  sector: undefined,
  tickSize: 0.05,
  priceDecimals: 2,
  lotSize: 1,
};

/** A store with something in each table that matters, closed. */
export function fill(path: string): void {
  const store = openStore(path);
  store.writeDocument('settings', SETTINGS);
  store.saveInstruments([infy, { ...infy, key: NIFTY }]);
  for (const instrument of [INFY, NIFTY]) {
    const candles = Array.from({ length: BARS }, (_, index) => bar(index, index + 1, { instrument }));
    const span = { instrument, timeframe: '1m', provenance: 'live', open: minute(0), close: minute(BARS) } as const;
    store.saveBars({ batches: [{ candles, provenance: 'live' }], covered: [span] });
  }
  for (let index = 0; index < ALERTS; index += 1) {
    const alert = sampleAlert({ barTime: minute(index) }, { raisedAt: minute(index + 1), text: `the alert ${index}` });
    store.addSignal(alert.signal, alert.raisedAt);
    store.addAlert(alert);
  }
  store.saveCorporateActions([
    { instrument: INFY, exDate: '2026-10-01' as TradingDate, kind: 'bonus', factor: 0.5, note: 'one for one' },
  ]);
  store.saveTicks([{ instrument: INFY, ltp: 1, time: 5 as EpochMs, receivedAt: 6 as EpochMs }]);
  store.close();
}

/** The pages of a table, the first of the file being 1, without those of its indexes. */
export function pagesOf(path: string, table: string, kind?: 'leaf' | 'internal'): readonly number[] {
  const db = new Database(path, { readonly: true });
  const kinds = kind === undefined ? '' : `AND pagetype = '${kind}'`;
  const rows = db.prepare<[string], number>(`SELECT pageno FROM dbstat WHERE name = ? ${kinds} ORDER BY path`);
  const pages = rows.pluck().all(table);
  db.close();
  return pages;
}

/** Overwrites bytes of a file; `at` counts from its beginning. */
export function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const file = readFileSync(path);
  file.set(bytes, at);
  writeFileSync(path, file);
}

/** Makes noise of a page. */
export function breakPage(path: string, page: number): void {
  overwrite(path, (page - 1) * PAGE, new Uint8Array(PAGE).fill(0xee));
}
