import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { replayCommand } from '../../src/main/cli/replay.ts';
import { capturedIo } from '../support/cli-io.ts';
import { ist } from '../support/ist.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Bars of `stepMs` from a morning on, up and down by turns, so that the averages cross again and again. */
function waves(stepMs: number, bars: number): string {
  const open = ist('2016-08-16T09:15');
  const rows = Array.from({ length: bars }, (_, bar) => {
    const price = (1_000 + 20 * Math.sin(bar / 9)).toFixed(2);
    return `${(open + bar * stepMs) / 1_000},${price},${price},${price},${price},10`;
  });
  return `time,open,high,low,close,volume\n${rows.join('\n')}\n`;
}

async function replay(files: Readonly<Record<string, string>>, ...options: readonly string[]) {
  const io = capturedIo(tempFolder());
  for (const [name, text] of Object.entries(files)) writeFileSync(join(io.cwd, name), text);
  const status = await replayCommand.run([...Object.keys(files), ...options], io);
  const signals = io
    .text()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  return { status, signals, said: io.said() };
}

const MINUTES = { 'INFY_2016.csv': waves(60_000, 375) };
const FIVE = { 'TCS.csv': waves(300_000, 75) };

describe('replay', () => {
  it('prints a signal a line with the fields that are promised, and a summary beside it', async () => {
    const { status, signals, said } = await replay(MINUTES, '--timeframe', '1m');
    expect(status).toBe(0);
    expect(signals.length).toBeGreaterThan(3);
    for (const signal of signals) {
      expect(Object.keys(signal)).toEqual(['instrument', 'timeframe', 'rule', 'side', 'barTime', 'price', 'values']);
      expect(signal).toMatchObject({ instrument: 'NSE:INFY', timeframe: '1m', rule: 'ema-cross' });
    }
    expect(said).toMatch(/^\d+ signals from 375 bars and 0 ticks in .* a second .* peak memory \d+ MB\n$/);
  });

  it('prints the same again from a store, and stores none twice', async () => {
    const db = join(tempFolder(), 'bars.sqlite');
    const first = await replay(MINUTES, '--timeframe', '1m', '--db', db);
    const second = await replay(MINUTES, '--timeframe', '1m', '--db', db);
    expect(second.signals).toEqual(first.signals);
  });

  it('takes the symbol of one file from the command line', async () => {
    const names = async (symbol: string): Promise<unknown> =>
      (await replay(MINUTES, '--timeframe', '1m', '--symbol', symbol)).signals[0].instrument;
    expect([await names('M&M'), await names('BSE:INFY')]).toEqual(['NSE:M&M', 'BSE:INFY']);
  });

  describe('with a calendar of the owner', () => {
    const DAY_OFF = JSON.stringify({ holidays: { '2016-08-16': 'A day off' } });
    const replayIn = async (data: string, ...options: readonly string[]): Promise<string> => {
      const io = capturedIo(tempFolder(), { TICKSCOPE_DATA_DIR: data });
      writeFileSync(join(io.cwd, 'INFY.csv'), waves(60_000, 375));
      expect(await replayCommand.run(['INFY.csv', '--timeframe', '1m', ...options], io)).toBe(0);
      return io.said();
    };

    it('keeps its days off', async () => {
      const data = tempFolder();
      expect(await replayIn(data)).toContain(' 0 outside trading hours');
      writeFileSync(join(data, 'calendar.json'), DAY_OFF);
      expect(await replayIn(data)).toMatch(/^0 signals .* 375 outside trading hours/);
    });

    it('takes the one beside the store, if there is one', async () => {
      const [data, other] = [tempFolder(), tempFolder()];
      const db = ['--db', join(other, 'bars.sqlite')];
      writeFileSync(join(data, 'calendar.json'), DAY_OFF);
      expect(await replayIn(data, ...db)).toContain(' 375 outside trading hours');
      writeFileSync(join(other, 'calendar.json'), '{}');
      expect(await replayIn(data, ...db)).toContain(' 0 outside trading hours');
    });

    it('makes no data folder to look for one', async () => {
      const nowhere = join(tempFolder(), 'data');
      expect(await replayIn(nowhere)).toMatch(/^\d+ signals .* 0 outside trading hours[^\n]*\n$/);
      expect(existsSync(nowhere)).toBe(false);
    });
  });

  it('does not keep silent about bars too long for the timeframe', async () => {
    await expect(replay(FIVE, '--timeframe', '1m')).rejects.toThrow(
      /^Bars of 1m cannot be made of the longer bars in .*TCS\.csv\.$/,
    );
    await expect(replay(FIVE, '--timeframe', '1m')).rejects.toBeInstanceOf(UsageError);
    const { signals, said } = await replay({ ...MINUTES, ...FIVE }, '--timeframe', '1m');
    expect(new Set(signals.map(({ instrument }) => instrument))).toEqual(new Set(['NSE:INFY']));
    expect(said).toMatch(/No signal can come from .*TCS\.csv: its bars are longer than 1m\./);
  });

  it('starts nothing when one of several files has a broken row', async () => {
    const io = capturedIo(tempFolder());
    writeFileSync(join(io.cwd, 'INFY.csv'), waves(60_000, 375));
    writeFileSync(join(io.cwd, 'TCS.csv'), `${waves(60_000, 20)}x\n`);
    await expect(replayCommand.run(['INFY.csv', 'TCS.csv', '--timeframe', '1m'], io)).rejects.toThrow(
      /TCS\.csv, line 22: /,
    );
    expect(io.text()).toBe('');
  });

  it.each([
    ['an unknown timeframe', ['--timeframe', '7m'], 'There is no timeframe "7m"'],
    ['an unknown rule', ['--rule', 'magic'], 'There is no rule named "magic"'],
    ['an empty symbol', ['--symbol', ''], '--symbol takes a symbol such as INFY'],
    ['a symbol that is none', ['--symbol', ':'], '--symbol takes a symbol such as INFY'],
    ['an empty speed', ['--speed', ''], '--speed takes a number from 0'],
    ['a negative speed', ['--speed', '-1'], `Option '--speed' takes no value that begins with "-". Usage: `],
    ['a store without a name', ['--db', ''], '--db takes the name of a file'],
  ])('with %s is wrong usage', async (_case, options, sentence) => {
    const wrong = replay(MINUTES, ...options);
    await expect(wrong).rejects.toBeInstanceOf(UsageError);
    await expect(wrong).rejects.toThrow(sentence);
  });
});
