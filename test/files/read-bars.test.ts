import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseBarFile, readBarFile } from '../../src/main/files/read-bars.ts';
import { timeOf } from '../../src/main/files/read-time.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';

const parse = (text: string) => parseBarFile(Buffer.from(text), 'INFY.csv');
const OPEN = ist('2026-08-03 09:15');

describe('a file of bars', () => {
  it('may have its columns in any order, others among them, and quotes', () => {
    const { rows } = parse('Volume,"Close",low,high,open,ist,time,instrument\n7,4,1,5,2,x,1785728700,"NSE:TCS"\r\n\n');
    expect(rows).toEqual([
      { openTime: OPEN, open: 2, high: 5, low: 1, close: 4, volume: 7, line: 2, instrument: 'NSE:TCS' },
    ]);
  });

  it('keeps each row, with its line, and marks what cannot be read', () => {
    const { rows } = parse(
      [
        'time,open,high,low,close,volume',
        `${OPEN / 1_000},1,2,x,1,`,
        '',
        `${OPEN / 1_000},1,2,1`,
        `${OPEN / 1_000},1,"2,000",1,1,5`,
      ].join('\n'),
    );
    const nan = { openTime: Number.NaN, open: Number.NaN, high: Number.NaN, low: Number.NaN, close: Number.NaN };
    expect(rows).toEqual([
      {
        openTime: OPEN,
        open: 1,
        high: 2,
        low: Number.NaN,
        close: 1,
        volume: undefined,
        line: 2,
        instrument: undefined,
      },
      { ...nan, volume: undefined, line: 4, instrument: undefined },
      { ...nan, volume: Number.NaN, line: 5, instrument: undefined },
    ]);
  });

  it('may have no volume at all, and a byte order mark', () => {
    expect(parse(`\ufefftime,open,high,low,close\n${OPEN},1,1,1,1`).rows).toMatchObject([
      { openTime: OPEN, volume: undefined },
    ]);
  });

  it('may be larger than what is read at once', () => {
    const line = `${OPEN},1,2,1,1,${'0'.repeat(40)}5\n`;
    const lines = Math.ceil((17 << 20) / line.length);
    const { rows } = parse(`time,open,high,low,close,volume\n${line.repeat(lines)}`);
    expect(rows).toHaveLength(lines);
    expect(
      rows.every(({ volume }) => volume === 5),
      'no line is cut in two',
    ).toBe(true);
    expect(rows.at(-1)?.line).toBe(lines + 1);
  });

  it('may be packed', async () => {
    const path = join(tempFolder(), 'INFY.csv.gz');
    writeFileSync(path, gzipSync(`time,open,high,low,close\n${OPEN},1,1,1,1\n`));
    expect((await readBarFile(path)).rows).toHaveLength(1);
    writeFileSync(path, gzipSync('time').subarray(0, 12));
    await expect(readBarFile(path)).rejects.toThrow('damaged or oversized gzip');
  });

  it.each([
    ['', 'must name time, open, high, low and close'],
    ['time,price\n1,2', 'Make bars of prices with "resample" first.'],
    ['time,open,high,low,close\n', 'has a header but no rows'],
    ['time,open,open,high,low,close\n1,1,1,1,1,1', 'two columns named open'],
  ])('is refused as a whole: %j', (text, sentence) => {
    expect(appErrorOf(() => parse(text))).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(sentence),
    });
  });

  it('that is not there is named', async () => {
    await expect(readBarFile('/nowhere/INFY.csv')).rejects.toThrow('/nowhere/INFY.csv does not exist.');
  });
});

describe('a time', () => {
  it.each([
    '1785728700',
    '1785728700.0',
    '1785728700000',
    '2026-08-03T09:15:00+05:30',
    '2026-08-03 09:15+0530',
    '2026-08-03 09:15:00 +05:30',
    '2026-08-03T03:45:00Z',
    '2026-08-03T03:45:00.000z',
  ])('may be written %s', (text) => {
    expect(timeOf(text)).toBe(OPEN);
  });

  it('of day is its midnight in UTC', () => {
    expect(timeOf('2026-08-03')).toBe(Date.UTC(2026, 7, 3));
  });

  it.each(['2026-02-30', '2026-04-31T09:15:00+05:30', '2025-02-29 09:15Z'])('is none on the day %s', (text) => {
    expect(timeOf(text)).toBeNaN();
  });

  it.each(['', 'x', '2026-08-03 09:15:00', '03/08/2026', '-5', '1e9', '2026-13-03T09:15:00Z'])(
    'is not told by %j',
    (text) => {
      expect(timeOf(text)).toBeNaN();
    },
  );
});
