import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { resampleCommand } from '../../src/main/cli/resample.ts';
import { capturedIo } from '../support/cli-io.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function resample(content: string | Uint8Array, ...options: readonly string[]): Promise<readonly string[]> {
  const io = capturedIo(tempFolder());
  writeFileSync(join(io.cwd, 'INFY.csv'), content);
  expect(await resampleCommand.run(['INFY.csv', ...options], io)).toBe(0);
  return io.text().split('\n');
}

const seconds = (text: string): number => ist(text) / 1_000;
const HEADER = 'time,open,high,low,close,volume';
/** The last half hour of a day, minute by minute; the first rows are before the session, the last after it. */
const BARS = [
  HEADER,
  `${seconds('2016-08-16T09:07')},99,99,99,99,1`,
  `${seconds('2016-08-16T09:15')},100,103,99,101,10`,
  `${seconds('2016-08-16T10:14')},101,104,100,102,20`,
  `${seconds('2016-08-16T10:15')},102,102,101,101.5,30`,
  `${seconds('2016-08-16T15:30')},101.5,105,101,104,40`,
  '',
].join('\n');

describe('resample', () => {
  it('counts hours from the session, and drops no row outside it', async () => {
    expect(await resample(BARS, '--to', '1h')).toEqual([
      HEADER,
      `${seconds('2016-08-16T08:15')},99,99,99,99,1`,
      `${seconds('2016-08-16T09:15')},100,104,99,102,30`,
      `${seconds('2016-08-16T10:15')},102,102,101,101.5,30`,
      `${seconds('2016-08-16T15:15')},101.5,105,101,104,40`,
      '',
    ]);
  });

  it('counts from where the owner’s own calendar says that the day began', async () => {
    const data = join(tempFolder(), 'data');
    const hours = async (): Promise<readonly string[]> => {
      const io = capturedIo(tempFolder(), { TICKSCOPE_DATA_DIR: data });
      writeFileSync(join(io.cwd, 'INFY.csv'), BARS);
      await resampleCommand.run(['INFY.csv', '--to', '1h'], io);
      expect(io.said()).toBe('');
      return io.text().split('\n');
    };
    expect((await hours())[2]).toContain(`${seconds('2016-08-16T09:15')},`);
    expect(existsSync(data), 'reading makes no folder').toBe(false);
    mkdirSync(data);
    const late = { date: '2016-08-16', name: 'A late start', sessions: [['10:00', '15:30']] };
    writeFileSync(join(data, 'calendar.json'), JSON.stringify({ special: [late] }));
    expect((await hours())[2]).toBe(`${seconds('2016-08-16T10:00')},101,104,100,101.5,50`);
  });

  it('gives days the time of the session, and round the clock that of midnight', async () => {
    const day = '99,105,99,104,101';
    expect(await resample(BARS, '--to', '1d')).toEqual([HEADER, `${seconds('2016-08-16T09:15')},${day}`, '']);
    expect(await resample(BARS, '--to', '1mo', '--calendar', '24x7')).toEqual([
      HEADER,
      `${Date.UTC(2016, 7, 16) / 1_000},${day}`,
      '',
    ]);
  });

  it('reads gzip, seconds, and ticks with their running total', async () => {
    expect(await resample(gzipSync(BARS), '--to', '1w')).toHaveLength(3);
    const open = seconds('2022-08-10T09:15');
    expect(await resample(`time,price\n${open},5\n${open + 4},7\n${open + 5},6\n`, '--to', '5s')).toEqual([
      HEADER,
      `${open},5,7,5,7,0`,
      `${open + 5},6,6,6,6,0`,
      '',
    ]);
    const ticks = [
      'time_ms,price,last_qty,cum_volume',
      `${open * 1_000},5,1,100`,
      // Recorded late: it belongs before the row above it, and the total does not go back.
      `${open * 1_000 + 3_000},7,1,130`,
      `${open * 1_000 + 2_000},8,1,120`,
    ];
    expect(await resample(ticks.join('\n'), '--to', '1m')).toEqual([HEADER, `${open},5,8,5,7,30`, '']);
  });

  it.each([
    ['a timeframe nobody knows', ['--to', '7m'], '7m is none of 1s 5s'],
    ['no timeframe', [], 'Say with --to which bars to make'],
    ['a calendar nobody knows', ['--to', '5m', '--calendar', 'mars'], 'There is no calendar "mars"'],
    ['shorter bars than there are', ['--to', '5s'], 'has bars of 60 seconds; 5s bars are shorter'],
    ['two files', ['--to', '5m', 'TCS.csv'], 'One file at a time'],
  ])('with %s is wrong usage', async (_case, options, sentence) => {
    const wrong = resample(BARS, ...options);
    await expect(wrong).rejects.toBeInstanceOf(UsageError);
    await expect(wrong).rejects.toThrow(sentence);
  });
});
