import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { parseMarketFile } from '../../../src/main/brokers/replay/parse-market-file.ts';
import { readMarketFile } from '../../../src/main/brokers/replay/read-market-file.ts';
import { tempFolderForAll } from '../../support/temp-folder.ts';

const BARS = 'time,open,high,low,close,volume\n';
const parse = (text: string) => parseMarketFile(new TextEncoder().encode(text), 'INFY.csv');

/** The message an input is refused with. */
function refusal(text: string): string {
  try {
    parse(text);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(AppError);
    return (thrown as AppError).message;
  }
  throw new Error(`Nobody minded: ${text}`);
}

describe('a market file', () => {
  it('of bars becomes columns in epoch ms, and tells its step', () => {
    const file = parse(
      `${BARS}1471319100,245.55,246.35,244.05,245.3,692491\n1471319160,245.25,245.35,244.8,245.15,0\n`,
    );
    expect(file).toEqual({
      kind: 'bars',
      barMs: 60_000,
      columns: {
        openTime: Float64Array.of(1_471_319_100_000, 1_471_319_160_000),
        open: Float64Array.of(245.55, 245.25),
        high: Float64Array.of(246.35, 245.35),
        low: Float64Array.of(244.05, 244.8),
        close: Float64Array.of(245.3, 245.15),
        volume: Float64Array.of(692_491, 0),
      },
    });
  });

  it('of bars without a volume column has an unknown volume, and one row tells no step', () => {
    const file = parse('time,open,high,low,close\n1471319100,1,1,1,1');
    expect(file).toMatchObject({ kind: 'bars', barMs: undefined, columns: { volume: Float64Array.of(Number.NaN) } });
  });

  it('takes the smallest step for the bar, as bars may be missing', () => {
    const rows = [0, 60, 65, 70].map((offset) => `${1_471_319_100 + offset},1,1,1,1,1`).join('\n');
    expect(parse(BARS + rows)).toMatchObject({ barMs: 5_000 });
  });

  it('of seconds becomes times and prices', () => {
    expect(parse('time,price\n1660103100,17566.1\n1660103101,17559.1\n')).toEqual({
      kind: 'seconds',
      time: Float64Array.of(1_660_103_100_000, 1_660_103_101_000),
      price: Float64Array.of(17_566.1, 17_559.1),
    });
  });

  it('of ticks keeps the recorded order, late and repeated rows included, and knows what it does not know', () => {
    const file = parse(
      'time_ms,price,last_qty,cum_volume,bid1\n' +
        '1763361478767,1518.8,500,3365000,\n' +
        '1763361477653,1518.9,500,3363500,1518.5\n' +
        '1763361477653,1518.9,500,,1518.5\n',
    );
    expect(file).toEqual({
      kind: 'ticks',
      time: Float64Array.of(1_763_361_478_767, 1_763_361_477_653, 1_763_361_477_653),
      price: Float64Array.of(1518.8, 1518.9, 1518.9),
      dayVolume: Float64Array.of(3_365_000, 3_363_500, Number.NaN),
    });
  });

  it.each([
    ['a byte order mark', `\uFEFF${BARS}1471319100,1,2,1,2,3\n`],
    ['Windows line ends', `${BARS}1471319100,1,2,1,2,3\n`.replaceAll('\n', '\r\n')],
    ['no line end at the end', `${BARS}1471319100,1,2,1,2,3`],
    ['blank lines at the end', `${BARS}1471319100,1,2,1,2,3\n\n \r\n`],
    ['columns in another order, one more of them', 'close,time,open,low,note,high,volume\n2,1471319100,1,1,x,2,3\n'],
    ['spaces, plus signs and exponents', `${BARS}1471319100, 1 ,+2,1.,.2e1,3\n`],
  ])('may have %s', (_case, text) => {
    expect(parse(text)).toMatchObject({
      kind: 'bars',
      columns: {
        open: Float64Array.of(1),
        high: Float64Array.of(2),
        close: Float64Array.of(2),
        volume: Float64Array.of(3),
      },
    });
  });
});

describe('a header', () => {
  it('with the same column twice is refused, as nobody can tell which is meant', () => {
    expect(refusal('time,time,open,high,low,close\n1471319160,1,1,2,1,2\n')).toContain('two columns named time');
    expect(refusal('time_ms,price,Price\n1763361478767,1,2\n')).toContain('two columns named price');
  });

  it('may name twice what nobody reads', () => {
    expect(parse('time,price,bid,bid\n2,1,0,0\n')).toMatchObject({ kind: 'seconds' });
  });
});

describe('a broken row', () => {
  const good = '1471319100,1,2,1,2,3\n';
  it.each([
    ['a field too few', '1471319160,1,2,1,2', 'there are 5 fields where the header has 6'],
    ['a field too many', '1471319160,1,2,1,2,3,4', 'there are 7 fields where the header has 6'],
    ['a word', '1471319160,1,two,1,2,3', 'high is not a number: "two"'],
    ['a number of another language', '1471319160,1,0x2,1,2,3', 'high is not a number: "0x2"'],
    ['infinity', '1471319160,1,Infinity,1,2,3', 'high is not a number'],
    ['a number too large to be one', '1471319160,1,1e999,1,2,3', 'high is not a number'],
    ['an empty field', '1471319160,1,2,1,,3', 'close is empty'],
    ['an empty volume', '1471319160,1,2,1,2,', 'volume is empty'],
    ['a high below the low', '1471319160,1,1,2,1,3', 'high 1 is below low 2'],
    ['a close above the high', '1471319160,1,2,1,2.5,3', 'close 2.5 lies outside low 1 and high 2'],
    ['an open below the low', '1471319160,0.5,2,1,2,3', 'open 0.5 lies outside low 1 and high 2'],
    ['a price of zero', '1471319160,0,2,0,2,3', 'open is not a positive price: 0'],
    ['a negative price', '1471319160,1,2,-1,2,3', 'low is not a positive price: -1'],
    ['a price beyond all prices', '1471319160,1,1e18,1,2,3', 'high is too large for a price: 1000000000000000000'],
    ['a negative volume', '1471319160,1,2,1,2,-3', 'volume is negative: -3'],
    ['a volume beyond all volumes', '1471319160,1,2,1,2,1e308', 'volume is too large for a volume: 1e+308'],
    ['the same time again', '1471319100,1,2,1,2,3', 'time 1471319100 is there twice'],
    ['an earlier time', '1471319099,1,2,1,2,3', 'time 1471319099 is earlier than the row before'],
    ['a time in milliseconds', '1471319160000,1,2,1,2,3', 'time is not a time in unix seconds: 1471319160000'],
    ['a date instead of a time', '2016-08-16 09:16,1,2,1,2,3', 'time is not a number: "2016-08-16 09:16"'],
  ])('with %s is refused by its line', (_case, row, fault) => {
    const message = refusal(`${BARS}${good}${row}\n`);
    expect(message).toContain(`INFY.csv, line 3: ${fault}`);
    expect(message).toContain('Correct or remove the row and try again.');
  });

  it('may be an empty line among others', () => {
    expect(refusal(`${BARS}\n${good}`)).toContain('INFY.csv, line 2: the line is empty');
  });

  it('counts lines behind Windows line ends as an editor does', () => {
    expect(refusal(`${BARS}${good}x\n`.replaceAll('\n', '\r\n'))).toContain('INFY.csv, line 3:');
  });

  it.each([
    ['seconds out of order', 'time,price\n2,1\n1,1\n', 'line 3: time 1 is earlier'],
    ['seconds twice', 'time,price\n2,1\n2,1\n', 'line 3: time 2 is there twice'],
    ['a second without a price', 'time,price\n2,\n', 'line 2: price is empty'],
    [
      'a tick without a price',
      'time_ms,price,cum_volume\n1763361478767,0,1\n',
      'line 2: price is not a positive price',
    ],
    ['a tick with seconds for milliseconds', 'time_ms,price\n1763361478,1\n', 'line 2: time_ms is not a time in mill'],
    ['a second with an absurd price', 'time,price\n2,1e300\n', 'line 2: price is too large for a price'],
    [
      'a tick with a negative volume',
      'time_ms,price,cum_volume\n1763361478767,1,-1\n',
      'line 2: cum_volume is negative',
    ],
  ])('is found among %s', (_case, text, fault) => {
    expect(refusal(text)).toContain(fault);
  });
});

describe('a file that is no market file', () => {
  it.each([
    ['is empty', '', 'INFY.csv is empty.'],
    ['has a header only', BARS, 'INFY.csv has a header but no rows.'],
    ['has another header', 'Date,Price\n1,2\n', 'INFY.csv is not a market file: its first line is "date,price".'],
    [
      'would paint the terminal',
      '\u001b[31mred,\u0007\n1,2\n',
      'INFY.csv is not a market file: its first line is "?[31mred,?".',
    ],
    ['has no header', '1471319100,1,2,1,2,3\n', 'It must be one of time,open,high,low,close,volume'],
  ])('%s', (_case, text, message) => {
    expect(refusal(text)).toContain(message);
  });
});

describe('reading from disk', () => {
  const folder = tempFolderForAll();
  const write = (name: string, bytes: string | Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const text = `${BARS}1471319100,1,2,1,2,3\n`;

  it('unpacks gzip, told from the bytes and not from the name', async () => {
    const plain = await readMarketFile(write('A.csv', text));
    expect(await readMarketFile(write('A.csv.gz', gzipSync(text)))).toEqual(plain);
    expect(await readMarketFile(write('B.csv', gzipSync(text)))).toEqual(plain);
  });

  it.each([
    ['not there', () => join(folder, 'missing.csv'), 'missing.csv does not exist. Check the path and try again.'],
    ['a folder', () => folder, 'is a folder. Choose a CSV file in it and try again.'],
    ['damaged', () => write('C.gz', gzipSync(text).subarray(0, 20)), 'C.gz is a damaged or oversized gzip file.'],
    ['broken in a row', () => write('D.csv', `${BARS}1,2\n`), 'D.csv, line 2: there are 2 fields'],
  ])('says in a sentence that a file is %s', async (_case, path, message) => {
    const problem = await readMarketFile(path()).catch((thrown: unknown) => thrown);
    expect(problem).toBeInstanceOf(AppError);
    expect((problem as AppError).message).toContain(message);
  });

  it('takes a million rows in well under two seconds', async () => {
    const rows = Array.from(
      { length: 1_000_000 },
      (_, row) => `${1_471_319_100 + row * 5},101.05,102.5,100.25,101.95,${row}`,
    );
    const path = write('BIG.csv', `${BARS}${rows.join('\n')}\n`);
    const began = performance.now();
    const file = await readMarketFile(path);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(file.kind === 'bars' && file.columns.openTime.length).toBe(1_000_000);
  });
});
