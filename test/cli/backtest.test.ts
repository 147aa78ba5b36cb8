import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { columnsOf } from '../../src/core/candle-columns.ts';
import { backtestCommand } from '../../src/main/cli/backtest.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { importCommand } from '../../src/main/cli/import.ts';
import { scanCommand } from '../../src/main/cli/scan.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { runCli } from '../support/cli-run.ts';
import { ist } from '../support/ist.ts';
import { writeBars } from '../support/market-csv.ts';
import { nse } from '../support/nse.ts';
import { madeUp, sessionsUpTo, wander } from '../support/session-bars.ts';
import { tempFolder, tempFolderForAll } from '../support/temp-folder.ts';

const SYMBOLS = ['INFY', 'TCS'];
const DAYS = sessionsUpTo(nse(), 8, ist('2026-11-20 18:00'));
const BARS = SYMBOLS.map((symbol, index) => wander(`NSE:${symbol}` as InstrumentKey, '5m', DAYS, index + 1));
const folder = tempFolderForAll();
const FILES = BARS.map((bars, index) => writeBars(folder, `${SYMBOLS[index]}.csv`, columnsOf(bars)));
const RULE = ['--rule', 'close crosses above sma(close, 10)', '--sell', 'close crosses below sma(close, 10)'];

const backtest = (...args: readonly string[]) => runCli(backtestCommand, args, folder);

/** What `--json` prints: a line for each signal, and the rest. */
function read(lines: readonly string[]) {
  const all = lines.map((line) => JSON.parse(line));
  return { signals: all.slice(0, -1), report: all.at(-1) };
}

describe('backtest', () => {
  it('finds in files what scan finds, with what became of it', async () => {
    const { status, lines } = await backtest(...FILES, ...RULE, '--json');
    expect(status).toBe(0);
    const { signals, report } = read(lines);
    const scanned = await runCli(scanCommand, [...FILES, ...RULE, '--json'], folder);
    const fields = ['instrument', 'timeframe', 'rule', 'side', 'barTime', 'price', 'values'] as const;
    const plain = signals.map((signal) =>
      JSON.stringify(Object.fromEntries(fields.map((field) => [field, signal[field]]))),
    );
    expect(plain).toEqual(scanned.lines);
    expect(plain.length).toBeGreaterThan(20);
    for (const { after5, after60, best, worst, text } of signals) {
      expect([after5, after60].every((value) => value === null || Number.isFinite(value))).toBe(true);
      expect(best === null ? 0 : best).toBeGreaterThanOrEqual(worst === null ? 0 : worst);
      expect(text).toMatch(/\w/);
    }
    expect(report).toMatchObject({ from: '2026-11-11', to: '2026-11-20', sessions: 8, instruments: 2, gaps: [] });
    expect(report.all.count).toBe(signals.length);
    expect(report.buy.count + report.sell.count).toBe(signals.length);
  });

  it('takes the newest sessions alone, and is warm by then', async () => {
    const all = read((await backtest(...FILES, ...RULE, '--json')).lines);
    const last = read((await backtest(...FILES, ...RULE, '--json', '--sessions', '2')).lines);
    expect(last.report).toMatchObject({ from: '2026-11-19', to: '2026-11-20', sessions: 2, bars: 2 * 2 * 72 });
    const since = ist('2026-11-19 00:00');
    expect(last.signals.map(({ barTime }) => barTime)).toEqual(
      all.signals.map(({ barTime }) => barTime).filter((time) => time >= since),
    );
  });

  it('finds the same in a database', async () => {
    const path = join(tempFolder(), 'bars.sqlite');
    const store = openStore(path);
    store.saveInstruments(SYMBOLS.map((symbol) => madeUp(symbol)));
    store.saveBars({ batches: BARS.map((candles) => ({ candles, provenance: 'history' })) });
    // As if the market stood still at that evening: without it, the store is long out of date.
    store.writeDocument('market-clock', { time: ist('2026-11-20 18:00') });
    store.close();
    const stored = read((await backtest('--db', path, ...RULE, '--json')).lines);
    const files = read((await backtest(...FILES, ...RULE, '--json')).lines);
    expect(stored.signals).toEqual(files.signals);
    expect({ ...stored.report, elapsedMs: 0 }).toEqual({ ...files.report, elapsedMs: 0 });
  });

  it('finds the same in a database that files were imported to long ago', async () => {
    const path = join(tempFolder(), 'bars.sqlite');
    for (const file of FILES) await runCli(importCommand, [file, '--db', path], folder);
    const stored = read((await backtest('--db', path, ...RULE, '--json')).lines);
    const files = read((await backtest(...FILES, ...RULE, '--json')).lines);
    expect(files.signals.length).toBeGreaterThan(0);
    expect(stored.signals).toEqual(files.signals);
    expect(stored.report).toMatchObject({ from: files.report.from, to: files.report.to, instruments: FILES.length });
  });

  it('says so when nothing is stored', async () => {
    const path = join(tempFolder(), 'empty.sqlite');
    openStore(path).close();
    const { said, text } = await backtest('--db', path, ...RULE);
    expect(said).toContain(`No bars are stored in ${path} yet.\n`);
    expect(text).toContain('0 signals in no session');
  });

  it('prints tables for people', async () => {
    const { lines } = await backtest(...FILES, ...RULE, '--sessions', '2');
    expect(lines[0]).toMatch(/^time +instrument +side +price +\+5 +\+15 +\+60 +close +best +worst +reason$/);
    expect(lines.some((line) => /^\d+ signals in 2 sessions, 2026-11-19 to 2026-11-20, from 288 bars/.test(line))).toBe(
      true,
    );
    expect(lines.some((line) => /^all: \d+ +gained +rate +95 % +random +mean$/.test(line))).toBe(true);
    expect(
      lines.some((line) => /^after 15 minutes +\d+\/\d+ +\d+\.\d% +\d+\.\d% to \d+\.\d% +\d+\.\d%/.test(line)),
    ).toBe(true);
  });

  it('shows where a sentence cannot be read, and says what is missing', async () => {
    const bad = await backtest(...FILES, '--rule', 'rsi(14 < 30');
    expect([bad.status, bad.text]).toEqual([1, '']);
    expect(bad.said).toContain('^');
    const short = writeBars(tempFolder(), 'WIPRO.csv', columnsOf((BARS[0] ?? []).slice(0, 3 * 72)));
    const { said } = await backtest(...FILES, short, ...RULE);
    expect(said).toContain(
      'NSE:WIPRO: No bars are stored of 5 of 8 sessions: 2026-11-16, 2026-11-17, 2026-11-18 and 2 more.',
    );
  });

  it.each([
    [['INFY.csv', '--db', 'bars.sqlite', ...RULE], 'Name files or a database, not both'],
    [['--symbol', 'INFY', '--db', 'bars.sqlite', ...RULE], '--symbol names the symbol of a file'],
    [['INFY.csv', '--sessions', '0', ...RULE], '--sessions takes a number'],
    [['INFY.csv'], 'Say with --rule what to look for'],
  ])('with %j is wrong usage', async (args, message) => {
    await expect(backtest(...args)).rejects.toThrow(UsageError);
    await expect(backtest(...args)).rejects.toThrow(message);
  });
});
