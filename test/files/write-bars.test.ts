import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { columnsOf } from '../../src/core/candle-columns.ts';
import type { BarSheet } from '../../src/main/files/bar-sheet.ts';
import { writeBars, writeSheets } from '../../src/main/files/write-bars.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

const INFY = 'NSE:INFY' as InstrumentKey;
const bars = columnsOf([
  { openTime: ist('2026-08-03 09:15'), open: 100, high: 103.05, low: 99, close: 101, volume: 10 },
  { openTime: ist('2026-08-03 09:16'), open: 101, high: 101, low: 0.1 + 0.2, close: 101, volume: undefined },
]);
const rows = { ...bars, provenance: ['history', 'made'] as const };
const sheet: BarSheet = { instrument: INFY, timeframe: '1m', columns: bars, provenance: ['live', 'official'] };

/** The file as hyparquet reads it. */
function parquet(path: string) {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

describe('bars as CSV', () => {
  it('have unix seconds, all digits, an empty volume where unknown, provenance and the time in India', async () => {
    const path = join(tempFolder(), 'bars.csv');
    expect(await writeBars(path, 'csv', rows, INFY, '1m')).toBe(statSync(path).size);
    expect(readFileSync(path, 'utf8')).toBe(
      [
        'time,open,high,low,close,volume,provenance,ist',
        '1785728700,100,103.05,99,101,10,history,2026-08-03T09:15:00+05:30',
        '1785728760,101,101,0.30000000000000004,101,,made,2026-08-03T09:16:00+05:30',
        '',
      ].join('\n'),
    );
  });

  it('of several instruments name each row’s', async () => {
    const path = join(tempFolder(), 'bars.csv');
    const other = { ...sheet, instrument: 'NSE:TCS' as InstrumentKey, provenance: undefined };
    await writeSheets({ path, format: 'csv', namesInstruments: true }, [sheet, other]);
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines[0]).toMatch(/,ist,instrument$/);
    expect(lines[2]).toBe('1785728760,101,101,0.30000000000000004,101,,official,2026-08-03T09:16:00+05:30,NSE:INFY');
    expect(lines[3]).toBe('1785728700,100,103.05,99,101,10,,2026-08-03T09:15:00+05:30,NSE:TCS');
  });
});

describe('bars as Parquet', () => {
  it('come back with their types', async () => {
    const path = join(tempFolder(), 'bars.parquet');
    expect(await writeBars(path, 'parquet', rows, INFY, '1m')).toBe(statSync(path).size);
    const place = { instrument: 'NSE:INFY', timeframe: '1m' };
    expect(await parquetReadObjects({ file: parquet(path) })).toEqual([
      {
        ...place,
        time: new Date('2026-08-03T03:45:00Z'),
        open: 100,
        high: 103.05,
        low: 99,
        close: 101,
        volume: 10,
        provenance: 'history',
      },
      {
        ...place,
        time: new Date('2026-08-03T03:46:00Z'),
        open: 101,
        high: 101,
        low: 0.1 + 0.2,
        close: 101,
        volume: null,
        provenance: 'made',
      },
    ]);
    const columns = parquetSchema(parquetMetadata(parquet(path))).children.map(({ element }) => element);
    expect(
      columns.map(({ name, type, converted_type: meaning }) => [name, type, meaning ?? ''].join(' ').trim()),
    ).toEqual([
      'instrument BYTE_ARRAY UTF8',
      'timeframe BYTE_ARRAY UTF8',
      'time INT64 TIMESTAMP_MILLIS',
      'open DOUBLE',
      'high DOUBLE',
      'low DOUBLE',
      'close DOUBLE',
      'volume DOUBLE',
      'provenance BYTE_ARRAY UTF8',
    ]);
  });

  it('go to the file a sheet at a time', async () => {
    const path = join(tempFolder(), 'bars.parquet');
    let written = -1;
    function* sheets() {
      yield sheet;
      written = statSync(join(path, '..', readdirSync(join(path, '..'))[0] ?? '')).size;
      yield sheet;
    }
    await writeSheets({ path, format: 'parquet' }, sheets());
    expect(written, 'the first sheet is on disk before the second is asked for').toBeGreaterThan(100);
    const { row_groups: groups, num_rows: count } = parquetMetadata(parquet(path));
    expect([groups.length, count]).toEqual([2, 4n]);
    expect(await parquetReadObjects({ file: parquet(path) })).toHaveLength(4);
  });
});

describe.each(['csv', 'parquet'] as const)('a file in %s', (format) => {
  it('that exists is kept, unless it may be overwritten', async () => {
    const path = join(tempFolder(), 'bars');
    writeFileSync(path, 'precious');
    await expect(writeSheets({ path, format }, [sheet])).rejects.toThrow('exists already');
    expect(readFileSync(path, 'utf8')).toBe('precious');
    await writeSheets({ path, format, mayOverwrite: true }, [sheet]);
    expect(readFileSync(path, 'utf8')).not.toBe('precious');
  });

  it('is not there when anything fails on the way, nor is anything else', async () => {
    const folder = tempFolder();
    const path = join(folder, 'bars');
    function* sheets() {
      yield sheet;
      expect(existsSync(path), 'it has its name only once it is whole').toBe(false);
      throw new Error('no more bars');
    }
    await expect(writeSheets({ path, format }, sheets())).rejects.toThrow('no more bars');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('in a place that cannot be written says so', async () => {
    const folder = tempFolder();
    await expect(writeSheets({ path: join(folder, 'none', 'bars'), format }, [sheet])).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('Make the folder first'),
    });
    mkdirSync(join(folder, 'there'));
    await expect(
      writeSheets({ path: join(folder, 'there'), format, mayOverwrite: true }, [sheet]),
    ).rejects.toMatchObject({ code: 'storage', message: expect.stringContaining('it is a folder') });
    expect(readdirSync(folder)).toEqual(['there']);
    writeFileSync(join(folder, 'file'), '');
    await expect(writeSheets({ path: join(folder, 'file', 'bars'), format }, [sheet])).rejects.toThrow(
      'its folder is a file',
    );
  });
});
