import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { indicatorsCommand } from '../../src/main/cli/indicators.ts';
import { capturedIo } from '../support/cli-io.ts';
import { tempFolderForAll } from '../support/temp-folder.ts';

const folder = tempFolderForAll();

const BARS = `time,open,high,low,close,volume
1472787900,10,12,9,9,100
1472787960,12,15,12,12,200
1472788020,12,15,12,12.1,0
`;

async function run(...args: readonly string[]): Promise<string> {
  const io = capturedIo(folder);
  expect(await indicatorsCommand.run(args, io)).toBe(0);
  expect(io.said()).toBe('');
  return io.text();
}

function given(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return name;
}

describe('cli indicators', () => {
  it('writes time, close and the columns, empty where unknown, in full precision', async () => {
    expect(await run(given('bars.csv', BARS), '--columns', 'ema(2),sma3,vwap')).toBe(
      `time,close,ema(2),sma3,vwap
1472787900,9,,,10
1472787960,12,10.5,,12
1472788020,12.1,${10.5 + (2 / 3) * (12.1 - 10.5)},${(9 + 12 + 12.1) / 3},12
`,
    );
  });

  it('quotes names with commas in the header', async () => {
    const text = await run(given('bars.csv', BARS), '--columns', 'macd(1, 2,1),rsi(2)');
    expect(text.split('\n')[0]).toBe('time,close,"macd(1, 2,1)",rsi(2)');
    expect(text.split('\n')[1]).toBe('1472787900,9,,');
  });

  it('leaves rsi empty where the window never moved', async () => {
    const flat = given('flat.csv', 'time,price\n1,5\n2,5\n3,5\n4,5\n5,6\n');
    expect(await run(flat, '--columns', 'rsi(2)')).toBe('time,close,rsi(2)\n1,5,\n2,5,\n3,5,\n4,5,\n5,6,100\n');
  });

  it('reads seconds as bars of one price, and gzipped files', async () => {
    const seconds = given('NIFTY50.csv.gz', gzipSync('time,price\n1660103100,100.5\n1660103101,101\n'));
    expect(await run(seconds, '--columns', 'atr(1),vwap')).toBe(
      'time,close,atr(1),vwap\n1660103100,100.5,0,\n1660103101,101,0.5,\n',
    );
  });

  it('begins a day where the calendar does', async () => {
    // 18:00 and 18:31 UTC: midnight in India lies between them.
    const bars = given('night.csv', 'time,open,high,low,close,volume\n64800,3,3,3,3,1\n66660,6,6,6,6,1\n');
    expect((await run(bars, '--columns', 'vwap')).trimEnd().split('\n').at(-1)).toBe('66660,6,6');
    expect((await run(bars, '--columns', 'vwap', '--calendar', '24x7')).trimEnd().split('\n').at(-1)).toBe(
      '66660,6,4.5',
    );
  });

  it.each([
    [[], 'Say which file'],
    [['a.csv'], 'Say which columns'],
    [['a.csv', 'b.csv', '--columns', 'vwap'], 'One file at a time'],
    [['a.csv', '--columns', 'nope(3)'], 'There is no column "nope(3)"'],
    [['a.csv', '--columns', 'vwap', '--calendar', 'bse'], 'There is no calendar "bse". Choose nse or 24x7.'],
    [['a.csv', '--column', 'vwap'], "Unknown option '--column'. Usage: indicators FILE"],
    [['a.csv', '--columns'], 'argument missing'],
  ])('calls %j wrong usage', async (args, sentence) => {
    const refusal = indicatorsCommand.run(args, capturedIo(folder));
    await expect(refusal).rejects.toBeInstanceOf(UsageError);
    await expect(refusal).rejects.toThrow(sentence);
  });

  it.each([
    ['missing.csv', undefined, /missing\.csv does not exist/],
    ['broken.csv', 'time,open,high,low,close,volume\n1,2,3,1,2,5\n2,2,3,1,x,5\n', /broken\.csv, line 3: close/],
    ['ticks.csv', 'time_ms,price,last_qty,cum_volume\n1763351100000,5,1,1\n', /ticks\.csv holds ticks.*resample/],
  ])('fails on %s with its name', async (name, content, sentence) => {
    if (content !== undefined) given(name, content);
    const io = capturedIo(folder);
    const failure = indicatorsCommand.run([name, '--columns', 'vwap'], io);
    await expect(failure).rejects.toBeInstanceOf(AppError);
    await expect(failure).rejects.toThrow(sentence);
    expect(io.text()).toBe('');
  });

  it('names every column in its help', () => {
    for (const name of ['ema(n)', 'macd_hist_talib(fast,slow,signal)', 'supertrend_dir(n,k)', 'adx_talib(n)']) {
      expect(indicatorsCommand.help).toContain(name);
    }
  });
});
