import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { INPUTS, type Inputs, type Signal } from '../../src/core/signal.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { FOREVER, INFY, minute } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const { signal } = sampleAlert();
const at = (index: number) => ({ barTime: minute(index) });

describe('signals in the store', () => {
  it('are new once', () => {
    const store = openStore(':memory:');
    expect(store.addSignal(signal, minute(0))).toBe(true);
    expect(store.addSignal(signal, minute(1))).toBe(false);
    expect(store.addSignal({ ...signal, side: 'sell', price: 1, values: {} }, minute(2))).toBe(false);
  });

  it.each<[string, Partial<Signal>]>([
    ['instrument', { instrument: INFY }],
    ['timeframe', { timeframe: '15m' }],
    ['rule', { rule: 'rsi-turn' }],
    ['bar', { barTime: minute(9) }],
  ])('differ by %s', (_what, other) => {
    const store = openStore(':memory:');
    store.addSignal(signal, minute(0));
    expect(store.addSignal({ ...signal, ...other }, minute(0))).toBe(true);
    expect(store.addSignal({ ...signal, ...other }, minute(0))).toBe(false);
  });

  it('can be read by another program the moment they are added', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const store = openStore(path);
    store.addSignal(signal, minute(3));
    const other = new Database(path, { readonly: true });
    expect(other.prepare('SELECT * FROM signal').all()).toEqual([
      {
        instrument: 'NSE:RELIANCE',
        timeframe: '5m',
        rule: 'ema-cross',
        bar_time: signal.barTime,
        side: 'buy',
        price: 1_412.3,
        operands: '{"ema(9)":1411.2,"ema(21)":1410.9,"rsi(14)":58.3}',
        stored_at: minute(3),
        inputs: 'whole',
      },
    ]);
    expect(store.addSignal({ ...signal, ...at(5) }, minute(5))).toBe(true);
    other.close();
    store.close();
  });

  it('are still known after a restart', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const first = openStore(path);
    first.addSignal(signal, minute(0));
    first.close();
    const second = openStore(path);
    expect(second.addSignal(signal, minute(1))).toBe(false);
    second.close();
  });
});

describe('alerts in the store', () => {
  const raised = (index: number) => sampleAlert(at(index), { raisedAt: minute(index + 5) });

  it('come back whole, newest first', () => {
    const store = openStore(':memory:');
    const late = sampleAlert({ ...at(1), side: 'sell' }, { raisedAt: minute(1), late: true, text: 'EMA 9 "crossed"' });
    for (const alert of [raised(2), late, raised(3)]) expect(store.addAlert(alert)).toBe(true);
    expect(store.alerts(10)).toEqual([raised(3), raised(2), late]);
    expect(store.alerts(2)).toEqual([raised(3), raised(2)]);
  });

  it('raised at the same instant are listed last told first', () => {
    const store = openStore(':memory:');
    const [a, b] = [raised(1), { ...raised(2), raisedAt: raised(1).raisedAt }];
    store.addAlert(a);
    store.addAlert(b);
    expect(store.alerts(2)).toEqual([b, a]);
  });

  it('are told once', () => {
    const store = openStore(':memory:');
    expect(store.addAlert(raised(1))).toBe(true);
    expect(store.addAlert({ ...raised(1), raisedAt: 0 as EpochMs, text: 'again' })).toBe(false);
    expect(store.alerts(10)).toEqual([raised(1)]);
  });

  it('are marked read, and only those there at the time', () => {
    const store = openStore(':memory:');
    store.addAlert(raised(1));
    store.markAlertsRead();
    store.addAlert(raised(2));
    expect(store.alerts(10).map(({ read }) => read)).toEqual([false, true]);
  });

  it('that were cleared are gone from the list and not told again, restart or not', () => {
    const path = join(tempFolder(), 'tickscope.sqlite');
    const first = openStore(path);
    first.addAlert(raised(1));
    first.clearAlerts();
    expect(first.alerts(10)).toEqual([]);
    expect(first.addAlert(raised(1))).toBe(false);
    first.close();

    const second = openStore(path);
    expect(second.addAlert(raised(1))).toBe(false);
    expect(second.addAlert(raised(2))).toBe(true);
    expect(second.alerts(10)).toEqual([raised(2)]);
    second.close();
  });
});

describe('inputs in the store', () => {
  const inputsOf = (path: string): unknown[] => {
    const db = new Database(path, { readonly: true });
    const rows = db.prepare('SELECT bar_time, inputs FROM signal ORDER BY bar_time').raw().all();
    db.close();
    return rows;
  };
  const told = (index: number, inputs: Inputs) => sampleAlert(at(index), { inputs, raisedAt: minute(index) });
  const { instrument, timeframe } = signal;

  it('are kept with signal and alert', () => {
    const { path, store } = tempStore();
    INPUTS.forEach((inputs, index) => {
      store.addSignal(told(index, inputs).signal, minute(9), inputs);
      store.addAlert(told(index, inputs));
    });
    expect(inputsOf(path)).toEqual(INPUTS.map((inputs, index) => [minute(index), inputs]));
    expect(store.alerts(9)).toEqual([told(2, 'revised'), told(1, 'incomplete'), told(0, 'whole')]);
  });

  it.each<[Inputs, Inputs, Inputs]>([
    ['whole', 'whole', 'whole'],
    ['whole', 'incomplete', 'incomplete'],
    ['whole', 'revised', 'revised'],
    ['incomplete', 'whole', 'incomplete'],
    ['incomplete', 'incomplete', 'incomplete'],
    ['incomplete', 'revised', 'revised'],
    ['revised', 'whole', 'revised'],
    ['revised', 'incomplete', 'revised'],
    ['revised', 'revised', 'revised'],
  ])('that were %s and are marked %s are %s', (before, mark, after) => {
    const { path, store } = tempStore();
    store.addSignal(told(0, before).signal, minute(9), before);
    store.addAlert(told(0, before));
    const changed = store.markInputs(instrument, timeframe, minute(0), minute(1), mark);
    expect(changed, 'a signal and its alert count once').toBe(before === after ? 0 : 1);
    expect(inputsOf(path)).toEqual([[minute(0), after]]);
    expect(store.alerts(9)).toEqual([told(0, after)]);
  });

  it('are marked for the bars asked for and no others', () => {
    const { path, store } = tempStore();
    for (const index of [0, 1, 2, 3]) store.addSignal(told(index, 'whole').signal, minute(9));
    store.addSignal({ ...signal, ...at(1), rule: 'rsi-turn' }, minute(9));
    store.addSignal({ ...signal, ...at(1), instrument: INFY }, minute(9));
    store.addSignal({ ...signal, ...at(1), timeframe: '15m' }, minute(9));
    for (const index of [1, 3]) store.addAlert(told(index, 'whole'));
    expect(store.markInputs(instrument, timeframe, minute(1), minute(3), 'revised')).toBe(3);
    expect(inputsOf(path).filter((row) => String(row).includes('revised'))).toHaveLength(3);
    expect(store.alerts(9)).toEqual([told(3, 'whole'), told(1, 'revised')]);
    expect(store.markInputs(instrument, timeframe, minute(0), minute(3), 'revised')).toBe(1);
  });

  it('of an alert whose signal is not stored, or that was cleared, are marked too', () => {
    const { store } = tempStore();
    store.addAlert(told(0, 'whole'));
    store.clearAlerts();
    store.addAlert(told(1, 'whole'));
    expect(store.markInputs(instrument, timeframe, ...FOREVER, 'incomplete')).toBe(2);
    expect(store.markInputs(instrument, timeframe, ...FOREVER, 'incomplete')).toBe(0);
    expect(store.alerts(9)).toEqual([told(1, 'incomplete')]);
  });
});
