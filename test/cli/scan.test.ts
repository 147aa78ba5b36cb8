import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { columnsOf } from '../../src/core/candle-columns.ts';
import type { CliCommand } from '../../src/main/cli/cli-command.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { replayCommand } from '../../src/main/cli/replay.ts';
import { scanCommand } from '../../src/main/cli/scan.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { writeBars, writeTicks } from '../support/market-csv.ts';
import { nse } from '../support/nse.ts';
import { sessionsUpTo, wander } from '../support/session-bars.ts';
import { tempFolder, tempFolderForAll } from '../support/temp-folder.ts';

const NOW = ist('2026-11-20 18:00');
const DAYS = sessionsUpTo(nse(), 10, NOW);
const folder = tempFolderForAll();

/** Minutes of ten sessions, one of them an evening of Muhurat, with a price in the auctions around one of them and rows in the night. */
function minutesOf(symbol: string, seed: number): string {
  const bars = wander(`NSE:${symbol}` as InstrumentKey, '1m', DAYS, seed);
  const last = bars.at(-1) ?? expect.unreachable();
  const beside = ['2026-11-19 09:08', '2026-11-19 20:00', '2026-11-20 15:31'].map((time) => ({
    ...last,
    openTime: ist(time),
    high: last.high + 5,
  }));
  const rows = [...bars, ...beside].sort((a, b) => a.openTime - b.openTime);
  return writeBars(folder, `${symbol}.csv`, columnsOf(rows));
}

/** Prints of one morning: several a second, some told late, some twice, with a running total. */
function ticksOf(symbol: string): string {
  const [bars, open] = [wander(`NSE:${symbol}` as InstrumentKey, '5s', DAYS.slice(-1), 7), ist('2026-11-20 09:15')];
  let total = 0;
  const ticks = bars.slice(0, 2_000).flatMap(({ close, high }, index) => {
    total += 10;
    const time = (open + index * 5_000 + (index % 7) * 433) as EpochMs;
    const tick = { time, price: close, total };
    const late = { time: (time - 1_700) as EpochMs, price: high, total: total - 10 };
    return index % 11 === 0 ? [tick, tick, late] : [tick];
  });
  return writeTicks(folder, `${symbol}.csv`, ticks);
}

const FILES = [minutesOf('INFY', 1), minutesOf('TCS', 2), minutesOf('NIFTY50', 3)];
const TICKS = ticksOf('WIPRO');

const run = (command: CliCommand, ...args: readonly string[]) => runCli(command, args, folder);
const scan = (...args: readonly string[]) => run(scanCommand, ...args);
const RULE = ['--rule', 'ema(9) crosses above ema(21) and rsi(14) > 50'];

/** That both verbs print the same lines, whatever their order. */
async function expectAlike(files: readonly string[], timeframe: string, least: number): Promise<void> {
  const back = await scan(...files, '--rule', 'ema-cross', '--timeframe', timeframe, '--json');
  const live = await run(replayCommand, ...files, '--timeframe', timeframe);
  expect(back.lines.toSorted(), `${files.join()} ${timeframe}`).toEqual(live.lines.toSorted());
  expect(back.lines.length).toBeGreaterThanOrEqual(least);
}

describe('scan', () => {
  it.each(['1m', '3m', '5m', '15m', '1h', '1d'])('finds on bars of %s what a replay tells', async (timeframe) => {
    await expectAlike(FILES, timeframe, timeframe === '1d' ? 0 : 1);
  });

  it.each(['5s', '45s', '1m'])('finds on bars of %s what a replay of dirty ticks tells', async (timeframe) => {
    await expectAlike([TICKS], timeframe, 1);
  });

  it('prints a signal a line with the values of its operands', async () => {
    const { status, lines, said } = await scan(...FILES, ...RULE, '--sell', 'close < ema(9)', '--json');
    expect(status).toBe(0);
    const signals = lines.map((line) => JSON.parse(line));
    for (const signal of signals)
      expect(Object.keys(signal)).toEqual(['instrument', 'timeframe', 'rule', 'side', 'barTime', 'price', 'values']);
    const [buy, sell] = ['buy', 'sell'].map((side) => signals.find((signal) => signal.side === side));
    expect(buy).toMatchObject({ rule: 'scan', timeframe: '5m' });
    expect(Object.keys(buy.values)).toEqual(['ema(9)', 'ema(21)', 'rsi(14)']);
    expect(Object.keys(sell.values)).toEqual(['close', 'ema(9)']);
    const times = signals.map(({ barTime }) => barTime);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(said).toMatch(/\d+ signals from 1989 bars of 3 instruments in \d/);
  });

  it('prints lines for people without --json', async () => {
    const { lines } = await scan(...FILES, ...RULE);
    expect(lines[0]).toMatch(
      /^2026-11-\d\d \d\d:\d\d {2}NSE:[A-Z0-9]+ {2}buy {3}\d+(\.\d+)? {2}EMA 9 crossed above EMA 21/,
    );
  });

  it('tells the reasons of ticks too', async () => {
    const { lines } = await scan(TICKS, ...RULE, '--timeframe', '45s');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain('EMA 9 crossed above EMA 21');
  });

  it('knows the rules that came with the app by their ids', async () => {
    const { status, lines } = await scan(...FILES, '--rule', 'opening-range', '--json');
    expect(status).toBe(0);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ rule: 'opening-range', timeframe: '5m' });
    const wider = await scan(...FILES, '--rule', 'ema-cross', '--timeframe', '15m', '--json');
    expect(JSON.parse(wider.lines[0] ?? '')).toMatchObject({ rule: 'ema-cross', timeframe: '15m' });
  });

  it('shows where a sentence cannot be read, with exit status 1', async () => {
    const { status, text, said } = await scan(...FILES, '--rule', 'ema(9) crosses above emma(21)');
    expect([status, text]).toEqual([1, '']);
    expect(said).toContain('    ema(9) crosses above emma(21)\n                         ^^^^\n');
    const sell = await scan(...FILES, ...RULE, '--sell', 'close >');
    expect([sell.status, sell.said]).toEqual([1, expect.stringContaining('^')]);
  });

  it('says what it can never know, and what is questionable', async () => {
    const volume = await scan(...FILES, '--rule', 'volume > 2 * sma(volume, 20)');
    expect(volume.status).toBe(0);
    expect(volume.said).toContain('NIFTY50');
    expect(volume.said).toMatch(/volume/);
    const symbol = await scan(...FILES, '--rule', 'symbol in (INFY, NOSUCH) and close > open');
    expect(symbol.said).toContain('NOSUCH');
    const long = await scan(...FILES, '--rule', 'close > sma(close, 900)');
    expect(long.said).toMatch(
      /NSE:INFY: The rule is unknown of its newest bar: it needs 9\d\d bars of 5m, and 663 are stored/,
    );
    expect(long.said).toContain('0 signals');
  });

  it('says what is never known of a rule that is false for another reason', async () => {
    const { said } = await scan(...FILES, '--rule', 'close < 0.01 and close > sma(50, 1d)');
    expect(said).toContain(
      'NSE:INFY: The rule cannot hold on its newest bar: nothing is known there of sma(50, 1d). Too few bars may be stored.\n',
    );
    const other = await scan(...FILES, '--rule', 'close > open and close > sma(5)', '--sell', 'close > sma(50, 1d)');
    expect(other.said, 'the other side speaks').not.toContain('nothing is known');
  });

  it('says why a rule that always holds tells nothing', async () => {
    const { said } = await scan(...FILES, '--rule', 'close > 0.01');
    expect(said).toContain('NSE:INFY: It holds on the newest bar and never fired: a rule fires when it begins to hold');
    expect(said).toContain('0 signals');
    expect((await scan(...FILES, '--rule', 'close > open')).said).not.toContain('begins to hold');
  });

  it('shows where bars are asked for that cannot be had', async () => {
    const { status, said } = await scan(...FILES, '--rule', 'close > vwap and rsi(14, 3m) > 50');
    expect(status).toBe(1);
    expect(said).toContain(
      '    close > vwap and rsi(14, 3m) > 50\n                     ^^^^^^^^^^^\nBars of 3m cannot be made',
    );
  });

  it('takes a mistyped id for one', async () => {
    const { status, said } = await scan(...FILES, '--rule', 'ema-corss');
    expect([status, said]).toEqual([1, expect.stringContaining('Nor is it the id of a rule. Perhaps ema-cross?\n')]);
    expect((await scan(...FILES, '--rule', 'my-own-rule')).said).toContain('There are ema-cross, opening-range, ');
    expect((await scan(...FILES, '--rule', 'close > opne')).said).not.toContain('the id of a rule');
  });

  it('leaves out files whose bars are too long, and says so', async () => {
    const days = writeBars(tempFolder(), 'HDFC.csv', columnsOf(wander('NSE:HDFC' as InstrumentKey, '1h', DAYS, 9)));
    const { status, said } = await scan(FILES[0] ?? '', days, ...RULE);
    expect([status, said]).toEqual([0, expect.stringContaining(`No signal can come from ${days}`)]);
    await expect(scan(days, ...RULE)).rejects.toThrow('Bars of 5m cannot be made of the longer bars');
  });

  it.each([
    [[], 'Name at least one file'],
    [['INFY.csv'], 'Say with --rule what to look for'],
    [['INFY.csv', '--rule', 'close > open', '--timeframe', '7m'], 'There is no timeframe "7m"'],
    [['INFY.csv', 'TCS.csv', '--symbol', 'A', '--rule', 'close > open'], '--symbol names the symbol of one file'],
    [['INFY.csv', '--rule', 'ema-cross', '--sell', 'close > open'], 'leave --sell out'],
  ])('with %j is wrong usage', async (args, message) => {
    await expect(scan(...args)).rejects.toThrow(UsageError);
    await expect(scan(...args)).rejects.toThrow(message);
  });
});

const SHARED = resolve(import.meta.dirname, '../../../shared/market-data');
const isThere = existsSync(SHARED);
describe.skipIf(!isThere)(`scan of recorded markets${isThere ? '' : ' (needs ../shared/market-data)'}`, () => {
  it.each([
    ['1m/RELIANCE_2016-08-16_2016-09-09.csv', '5m'],
    ['1m/NIFTY50_2026-07-28_2026-08-11.csv', '5m'],
    ['1m/NIFTY50_2022-08-01_2022-10-31.csv', '1d'],
    ['1s/NIFTY50_2022-08-10_with-preopen-and-close.csv', '45s'],
    ['1s/NIFTY50_2022-10-25.csv', '1m'],
    ['ticks/TCS-FUT_2025-11-17.csv', '5s'],
    ['ticks/RELIANCE-FUT_2025-11-17.csv', '15s'],
    ['crypto/BTCUSD_1m_2016-10-07_2016-10-08.csv', '5m'],
  ])('finds in %s on %s what a replay tells', async (file, timeframe) => {
    await expectAlike([join(SHARED, file)], timeframe, 1);
  });
});
