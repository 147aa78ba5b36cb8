import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BacktestReport } from '../../src/contract/backtest.ts';
import type { TradingDate } from '../../src/core/brand.ts';
import { scoreboardOf } from '../../src/core/outcome/scoreboard.ts';
import { createBacktestRunner } from '../../src/main/backtest/runner.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { shippedCalendars } from '../support/calendar-folder.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { madeUp } from '../support/session-bars.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { barsOf, NEVER, NOW, ruleOf, runnerOver, stocks, storeOf, timesOf, wordOf } from './market.ts';

const STOCKS = stocks(3);
const asked = { rule: ruleOf(), sessions: 5, instruments: STOCKS, now: NOW };

/** A file that says where it is and cannot be read. */
const fileAt = (path: string): Store => ({ ...storeOf([], 'memory'), path });

describe('what a run reports', () => {
  it('is of the sessions asked for, in order, with scoreboards of all and of each side', async () => {
    const report = await runnerOver(storeOf(barsOf(STOCKS), 'memory')).run(asked, NEVER);
    expect(report).toMatchObject({ from: '2026-11-16', to: '2026-11-20', sessions: 5, instruments: 3, gaps: [] });
    expect(report.bars).toBe(3 * 5 * 72);
    const times = report.signals.map(({ signal }) => signal.barTime);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(ist('2026-11-16 09:15'));
    const { buy, sell, all } = report;
    expect([buy.count + sell.count, all.count]).toEqual([report.signals.length, report.signals.length]);
    const { after15, best, worst } = scoreboardOf(report.signals);
    expect(all).toMatchObject({ after15: { ...after15, random: expect.closeTo(0.5, 0) }, best, worst });
    expect(all.after60.count).toBeLessThan(all.after5.count);
  });

  it('counts sessions of which anything is stored, and names those that one instrument lacks', async () => {
    const [first, second, third] = STOCKS;
    const lacks = (date: string, key: string | undefined) => (bar: { instrument: string; openTime: number }) =>
      bar.instrument !== key || bar.openTime < ist(`${date} 00:00`) || bar.openTime > ist(`${date} 23:59`);
    const bars = barsOf(STOCKS, '5m', 8)
      .filter(lacks('2026-11-17', second?.key))
      .filter(({ instrument, openTime }) => instrument !== third?.key || openTime < ist('2026-10-01 00:00'));
    const report = await runnerOver(storeOf(bars, 'memory')).run({ ...asked, sessions: 30 }, NEVER);
    expect(report.sessions).toBe(8);
    expect(report.gaps).toEqual([
      { instrument: second?.key, reason: 'No bars are stored of 1 of 8 sessions: 2026-11-17.', missing: 1 },
      { instrument: third?.key, reason: 'No bars of it are stored in these sessions.', missing: 30 },
    ]);
    expect(report.signals.some(({ signal }) => signal.instrument === first?.key)).toBe(true);
  });

  it('says what a rule can never know', async () => {
    const index = madeUp('NIFTY 50', { segment: 'nse-index' });
    const bars = barsOf([index]).map((bar) => ({ ...bar, volume: undefined }));
    const runner = runnerOver(storeOf(bars, 'memory'));
    const rule = ruleOf({ buy: 'volume > 2 * sma(volume, 20)', sell: null });
    const byVolume = await runner.run({ ...asked, rule, instruments: [index] }, NEVER);
    expect(byVolume.signals).toEqual([]);
    expect(byVolume.gaps).toEqual([
      { instrument: index.key, reason: expect.stringContaining('has no volume'), missing: 0 },
    ]);
    const long = ruleOf({ buy: 'close > sma(close, 900)', sell: null });
    const young = await runner.run({ ...asked, rule: long, instruments: [index] }, NEVER);
    expect(young.gaps[0]?.reason).toMatch(/needs 90\d bars of 5m, and 8\d\d are stored/);
  });

  it('looks only where the rule looks', async () => {
    const runner = runnerOver(storeOf(barsOf(STOCKS), 'memory'));
    const [first] = STOCKS;
    if (first === undefined) return expect.unreachable();
    const rule = ruleOf({ universe: { kind: 'list', instruments: [first.key] } });
    const report = await runner.run({ ...asked, rule }, NEVER);
    expect(report.instruments).toBe(1);
    expect(new Set(report.signals.map(({ signal }) => signal.instrument))).toEqual(new Set([first.key]));
    const none = await runner.run({ ...asked, instruments: [] }, NEVER);
    expect(none).toMatchObject({ from: null, to: null, sessions: 0, instruments: 0, signals: [] });
  });

  it('sees no fall in a split', async () => {
    const [stock] = stocks(1);
    if (stock === undefined) return expect.unreachable();
    const [whole, split] = [barsOf([stock]), ist('2026-11-18 00:00')];
    const torn = whole.map((bar) => {
      if (bar.openTime >= split) return bar;
      const { open, high, low, close, volume = 0 } = bar;
      return { ...bar, open: open * 4, high: high * 4, low: low * 4, close: close * 4, volume: volume / 4 };
    });
    const exDate = '2026-11-18' as TradingDate;
    const action = { instrument: stock.key, exDate, kind: 'split', factor: 0.25, note: '1:4' } as const;
    const request = { ...asked, instruments: [stock] };
    const unbroken: BacktestReport = await runnerOver(storeOf(whole, 'memory')).run(request, NEVER);
    const store = storeOf(torn, 'memory');
    const adjusted = await runnerOver(store, { actions: [action] }).run(request, NEVER);
    expect(wordOf(adjusted)).toBe(wordOf(unbroken));
    expect(timesOf(await runnerOver(store).run(request, NEVER))).not.toEqual(timesOf(unbroken));
  });
});

describe('a run that cannot be', () => {
  it('says what is wrong with the text, before any thread is started', async () => {
    const runner = runnerOver(fileAt('/nowhere'));
    const rule = ruleOf({ buy: 'close >' });
    const failure = { name: 'AppError', code: 'invalid-input', message: expect.stringContaining('EMA cross') };
    await expect(runner.run({ ...asked, rule }, NEVER)).rejects.toMatchObject(failure);
    await expect(runner.noise({ ...asked, rule }, NEVER)).rejects.toMatchObject(failure);
  });

  it('says what is wrong with the store, from its thread', async () => {
    const runner = runnerOver(fileAt(join(tempFolder(), 'gone.sqlite')));
    await expect(runner.run(asked, NEVER)).rejects.toMatchObject({
      name: 'AppError',
      code: 'not-found',
      message: expect.stringContaining('There is no database'),
    });
  });

  it('ends when it is stopped: before, in its thread, and here', async () => {
    const reason = new Error('enough');
    const file = storeOf(barsOf(STOCKS), 'file');
    await expect(runnerOver(file).run(asked, AbortSignal.abort(reason))).rejects.toBe(reason);
    const stop = new AbortController();
    const running = runnerOver(file).run(asked, stop.signal);
    stop.abort(reason);
    await expect(running).rejects.toBe(reason);

    const halt = new AbortController();
    // A clock that stands still: the first breath between two instruments lasts until the stop.
    const clock = new FakeClock(NOW);
    const store = storeOf(barsOf(STOCKS), 'memory');
    const here = createBacktestRunner({ clock, store, calendarData: shippedCalendars().dataOf, actions: [] });
    const waiting = here.run(asked, halt.signal);
    halt.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(clock.timers).toBe(0);
  });
});

describe('a world that gives way to another', () => {
  it('ends the runs over its store, in memory and in threads', async () => {
    const reason = new Error('The feed was changed.');
    for (const where of ['memory', 'file'] as const) {
      const store = storeOf(barsOf(STOCKS), where);
      const ended = new AbortController();
      const parts = { clock: new FakeClock(), calendarData: shippedCalendars().dataOf, actions: [] };
      const running = createBacktestRunner({ ...parts, store, ended: ended.signal }).run(asked, NEVER);
      ended.abort(reason);
      await expect(running).rejects.toBe(reason);
    }
  });
});
