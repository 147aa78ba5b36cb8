import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { exportCommand } from '../../src/main/cli/export.ts';
import { importCommand } from '../../src/main/cli/import.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

function candle(symbol: string, time: string, timeframe: Timeframe, price: number, volume?: number): Candle {
  const instrument = `NSE:${symbol}` as InstrumentKey;
  return {
    instrument,
    timeframe,
    openTime: ist(time),
    open: price,
    high: price + 2,
    low: price - 1,
    close: price + 1,
    volume,
  };
}

/** Minutes from the feed on one day, a venue's five minutes and a day of another. */
function fill(store: Store): void {
  const minutes = Array.from({ length: 10 }, (_, minute) =>
    candle('INFY', `2026-07-30 09:${15 + minute}`, '1m', 100 + minute, 10),
  );
  store.saveBars({
    batches: [
      { candles: minutes, provenance: 'live' },
      { candles: [candle('INFY', '2026-07-30 09:15', '5m', 99, 60)], provenance: 'official' },
      {
        candles: [candle('TCS', '2026-07-31 09:15', '1m', 500), candle('TCS', '2026-08-03 09:15', '1m', 510)],
        provenance: 'history',
      },
    ],
  });
}

/** A folder with a filled store, and the way to export from it. */
function exporting(setUp: (store: Store) => void = fill) {
  const folder = tempFolder();
  const store = openStore(join(folder, 'bars.sqlite'));
  setUp(store);
  store.close();
  const run = (...options: readonly string[]) => runCli(exportCommand, [...options, '--db', 'bars.sqlite'], folder);
  const lines = async (...options: readonly string[]) => {
    const { status } = await run('--out', 'out.csv', '--force', ...options);
    expect(status).toBe(0);
    return readFileSync(join(folder, 'out.csv'), 'utf8').split('\n').slice(0, -1);
  };
  return { folder, run, lines };
}

describe('export', () => {
  it('writes what is stored, with where it comes from', async () => {
    const { lines, run } = exporting();
    expect((await lines('--instrument', 'NSE:INFY', '--timeframe', '1m')).slice(0, 2)).toEqual([
      'time,open,high,low,close,volume,provenance,ist',
      '1785383100,100,102,99,101,10,live,2026-07-30T09:15:00+05:30',
    ]);
    const { said } = await run('--out', 'b.csv', '--instrument', 'INFY', '--timeframe', '1m');
    expect(said).toMatch(/b\.csv: 10 bars, 0\.0 MB\n$/);
  });

  it('makes what is not stored of shorter bars, and says so', async () => {
    const { lines } = exporting();
    expect(await lines('--instrument', 'NSE:INFY', '--timeframe', '5m')).toEqual([
      'time,open,high,low,close,volume,provenance,ist',
      '1785383100,99,101,98,100,60,official,2026-07-30T09:15:00+05:30',
      '1785383400,105,111,104,110,50,made,2026-07-30T09:20:00+05:30',
    ]);
    // The half of the day that is stored as five minutes overrules the minutes below it.
    expect((await lines('--instrument', 'NSE:INFY', '--timeframe', '1d'))[1]).toBe(
      '1785383100,99,111,98,110,110,made,2026-07-30T09:15:00+05:30',
    );
  });

  it('writes all instruments with their names, and whole dates', async () => {
    const { lines } = exporting();
    const all = await lines('--all', '--timeframe', '1m', '--from', '2026-07-30', '--to', '2026-07-31');
    expect(all).toHaveLength(1 + 10 + 1);
    expect(all[0]).toMatch(/,instrument$/);
    expect(all.at(-1)).toBe('1785469500,500,502,499,501,,history,2026-07-31T09:15:00+05:30,NSE:TCS');
    expect(await lines('--instrument', 'TCS', '--instrument', 'INFY', '--timeframe', '1m')).toHaveLength(13);
  });

  it('writes Parquet, by name or when told', async () => {
    const { folder, run } = exporting();
    await run('--instrument', 'TCS', '--timeframe', '1m', '--out', 'out.parquet');
    await run('--instrument', 'TCS', '--timeframe', '1m', '--out', 'out.bin', '--format', 'parquet');
    const bytes = readFileSync(join(folder, 'out.parquet'));
    expect(readFileSync(join(folder, 'out.bin'))).toEqual(bytes);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    expect((await parquetReadObjects({ file })).map(({ time, volume }) => [time, volume])).toEqual([
      [new Date('2026-07-31T03:45:00Z'), null],
      [new Date('2026-08-03T03:45:00Z'), null],
    ]);
  });

  it('gives prices in the shares of today, and raw ones as they were traded', async () => {
    const { lines } = exporting((store) => {
      fill(store);
      const instrument = 'NSE:INFY' as InstrumentKey;
      const bonus = {
        instrument,
        exDate: '2026-07-31' as TradingDate,
        kind: 'bonus',
        factor: 0.5,
        note: '1:1',
      } as const;
      store.saveCorporateActions([bonus]);
    });
    const options = ['--instrument', 'INFY', '--timeframe', '1m'] as const;
    expect((await lines(...options))[1]).toMatch(/^1785383100,50,51,49.5,50.5,20,/);
    expect((await lines(...options, '--raw'))[1]).toMatch(/^1785383100,100,102,99,101,10,/);
  });

  it('comes back whole through an import', async () => {
    const { folder, lines } = exporting();
    const first = await lines('--all', '--timeframe', '1m', '--raw');
    await runCli(importCommand, ['out.csv', '--timeframe', '1m', '--db', 'again.sqlite'], folder);
    await runCli(exportCommand, ['--all', '--timeframe', '1m', '--out', 'again.csv', '--db', 'again.sqlite'], folder);
    const again = readFileSync(join(folder, 'again.csv'), 'utf8').split('\n').slice(0, -1);
    expect(again).toEqual(first.map((line) => line.replace(',live,', ',history,')));
  });

  it('overwrites nothing unless told', async () => {
    const { folder, run } = exporting();
    writeFileSync(join(folder, 'out.csv'), 'precious');
    await expect(run('--all', '--timeframe', '1m', '--out', 'out.csv')).rejects.toThrow('overwrite it with --force');
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe('precious');
  });

  it.each<[string, readonly string[], string]>([
    ['of an instrument nobody has', ['--instrument', 'SBIN', '--timeframe', '1m'], 'Nothing is stored of NSE:SBIN'],
    ['of shorter bars than there are', ['--instrument', 'INFY', '--timeframe', '5s'], 'to make 5s bars of'],
    ['of a time without bars', ['--all', '--timeframe', '1m', '--from', '2026-08-10'], 'nothing was written'],
  ])('%s is a sentence and no file', async (_case, options, sentence) => {
    const { folder, run } = exporting();
    await expect(run(...options, '--out', 'out.csv')).rejects.toThrow(sentence);
    expect(existsSync(join(folder, 'out.csv'))).toBe(false);
  });

  it.each<[string, readonly string[], string]>([
    ['no instrument', ['--timeframe', '1m', '--out', 'x'], 'Say which bars'],
    ['one and all', ['--all', '--instrument', 'INFY', '--timeframe', '1m', '--out', 'x'], 'Say which bars'],
    ['no timeframe', ['--all', '--out', 'x'], 'nothing is none of 1s'],
    ['no file', ['--all', '--timeframe', '1m'], 'Say with --out'],
    ['a format nobody knows', ['--all', '--timeframe', '1m', '--out', 'x', '--format', 'xls'], 'csv or parquet'],
    [
      'a date that is none',
      ['--all', '--timeframe', '1m', '--out', 'x', '--from', '2026-02-30'],
      '--from takes a date',
    ],
    [
      'dates the wrong way round',
      ['--all', '--timeframe', '1m', '--out', 'x', '--from', '2026-08-02', '--to', '2026-08-01'],
      'lies after',
    ],
  ])('with %s is wrong usage', async (_case, options, sentence) => {
    const wrong = exporting().run(...options);
    await expect(wrong).rejects.toBeInstanceOf(UsageError);
    await expect(wrong).rejects.toThrow(sentence);
  });
});
