import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BacktestReport } from '../../src/contract/backtest.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { CorporateAction } from '../../src/core/corporate-action.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { Rule } from '../../src/core/rule.ts';
import { USUAL_OPTIONS } from '../../src/core/scanner/default-rule.ts';
import type { IntradayTimeframe } from '../../src/core/timeframe.ts';
import { createBacktestRunner } from '../../src/main/backtest/runner.ts';
import type { BacktestRunner } from '../../src/main/engine/ports.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { shippedCalendars } from '../support/calendar-folder.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { realClock } from '../support/real-clock.ts';
import { madeUp, sessionsUpTo, wander } from '../support/session-bars.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A Friday evening. */
export const NOW: EpochMs = ist('2026-11-20 18:00');

export const NEVER = new AbortController().signal;

export function ruleOf(other: Partial<Rule> = {}): Rule {
  return {
    ...USUAL_OPTIONS,
    id: 'tried',
    enabled: true,
    timeframe: '5m',
    forming: false,
    buy: 'ema(9) crosses above ema(21) and rsi(14) > 50',
    sell: 'ema(9) crosses below ema(21) and rsi(14) < 50',
    ...other,
  };
}

export const stocks = (count: number): readonly Instrument[] =>
  Array.from({ length: count }, (_, index) => madeUp(`STOCK${index}`));

/** Bars of the newest sessions up to `NOW`, of each instrument its own. */
export function barsOf(
  instruments: readonly Instrument[],
  timeframe: IntradayTimeframe = '5m',
  sessions = 12,
): readonly Candle[] {
  const days = sessionsUpTo(nse(), sessions, NOW);
  return instruments.flatMap(({ key }, index) => wander(key, timeframe, days, index + 1));
}

/** A store with these bars, in a file of its own or in memory; closed after the test. */
export function storeOf(candles: readonly Candle[], where: 'file' | 'memory'): Store {
  const store = openStore(where === 'memory' ? ':memory:' : join(tempFolder(), 'tickscope.sqlite'));
  onTestFinished(() => store.close());
  store.saveBars({ batches: [{ candles, provenance: 'history' }] });
  return store;
}

export function runnerOver(
  store: Store,
  { threads, actions = [] }: { threads?: number; actions?: readonly CorporateAction[] } = {},
): BacktestRunner {
  const calendars = shippedCalendars();
  const calendarData = calendars.dataOf;
  return createBacktestRunner({ clock: realClock, store, calendarData, actions, ...(threads && { threads }) });
}

/** What two runs must have in common to the byte: all but how long they took. */
export function wordOf(report: { readonly elapsedMs: number }): string {
  return JSON.stringify({ ...report, elapsedMs: 0 });
}

export const timesOf = ({ signals }: BacktestReport): readonly string[] =>
  signals.map(({ signal }) => `${signal.instrument} ${signal.side} ${signal.barTime}`);
