import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/core/alert.ts';
import type { InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import { NO_OUTCOME } from '../../src/core/outcome/grade.ts';
import type { GradedAlert } from '../../src/core/outcome.ts';
import { openReader } from '../../src/main/store/open-reader.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { INFY, minute } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const TCS = 'NSE:TCS' as InstrumentKey;
const NONE = { count: 0, gains: 0 };

/** Alerts on the minutes given, of INFY unless told otherwise. */
const alertAt = (index: number, signal: Partial<Alert['signal']> = {}): Alert =>
  sampleAlert({ instrument: INFY, barTime: minute(index), ...signal }, { raisedAt: minute(index + 1) });

function graded({ id, signal }: Alert, other: Partial<GradedAlert> = {}): GradedAlert {
  const { rule, instrument, side, barTime } = signal;
  return {
    alert: id,
    rule,
    instrument,
    side,
    barTime,
    outcome: NO_OUTCOME,
    gradedAt: minute(99),
    isFinal: true,
    ...other,
  };
}

describe('outcomes', () => {
  it('are owed until they are final, the oldest bar first', () => {
    const { store, reopen } = tempStore();
    const [first, second, third] = [alertAt(1), alertAt(2), alertAt(3)];
    // Found in another order than their bars.
    for (const alert of [third, first, second]) store.addAlert(alert);
    store.clearAlerts();
    const owed = (before = 99, limit = 9) => store.ungraded(minute(before), limit).map(({ id }) => id);
    expect(owed()).toEqual([first.id, second.id, third.id]);
    expect(owed(3)).toEqual([first.id, second.id]);
    expect(owed(99, 1)).toEqual([first.id]);
    store.saveOutcomes([graded(first), graded(second, { isFinal: false })]);
    expect(owed()).toEqual([second.id, third.id]);
    expect(reopen().ungraded(minute(99), 9)[0]).toEqual({ ...second, read: false });
  });

  it('are kept whole, and replaced by a later word', () => {
    const { path, store } = tempStore();
    const alert = alertAt(1, { side: 'sell' });
    store.addAlert(alert);
    const random = { after5: { count: 20, gains: 9 }, after15: NONE, after60: NONE, atClose: NONE };
    const outcome = { after5: -0.25, after15: undefined, after60: undefined, atClose: undefined };
    const early = graded(alert, { outcome: { ...NO_OUTCOME, ...outcome }, isFinal: false });
    store.saveOutcomes([early]);
    const place = { timeframe: '5m', raisedAt: alert.raisedAt };
    expect(store.outcomes(null, null, minute(0))).toEqual([{ ...early, ...place, random: undefined }]);
    const whole = { after5: -0.25, after15: 0, after60: 1.5, atClose: 0.1, best: 2, worst: -0.5 };
    const late = graded(alert, { outcome: whole, random, gradedAt: minute(400) });
    store.saveOutcomes([late]);
    expect(store.outcomes(null, null, minute(0))).toEqual([{ ...late, ...place }]);
    const reader = openReader(path);
    expect(reader.outcomes(null, null, minute(0))).toEqual([{ ...late, ...place }]);
    reader.close();
  });

  it('are found by rule, instrument and time, the newest first', () => {
    const { store } = tempStore();
    const alerts = [
      alertAt(1),
      alertAt(2, { rule: 'dip' }),
      alertAt(3, { instrument: TCS }),
      alertAt(4, { rule: 'dip' }),
    ];
    for (const alert of alerts) store.addAlert(alert);
    store.saveOutcomes(alerts.map((alert) => graded(alert)));
    const bars = (...asked: Parameters<typeof store.outcomes>) =>
      store.outcomes(...asked).map(({ barTime }) => (barTime - minute(0)) / 60_000);
    expect(bars(null, null, minute(0))).toEqual([4, 3, 2, 1]);
    expect(bars('dip', null, minute(0))).toEqual([4, 2]);
    expect(bars(null, TCS, minute(0))).toEqual([3]);
    expect(bars('dip', INFY, minute(3))).toEqual([4]);
  });

  it('move with their instrument', () => {
    const { store } = tempStore();
    const alert = alertAt(1, { instrument: 'NSE:OLD' as InstrumentKey });
    store.addAlert(alert);
    store.saveOutcomes([graded(alert)]);
    store.renameInstrument({ from: 'NSE:OLD' as InstrumentKey, to: TCS, firstSession: '2026-11-20' as TradingDate });
    expect(store.outcomes(null, TCS, minute(0))).toMatchObject([
      { instrument: TCS, alert: alert.id.replace('OLD', 'TCS') },
    ]);
    expect(store.ungraded(minute(99), 9)).toEqual([]);
  });

  it('that are owed are found without reading through all alerts', () => {
    const { path } = tempStore();
    const db = new Database(path, { readonly: true });
    const plan = db
      .prepare<[], { detail: string }>(
        'EXPLAIN QUERY PLAN SELECT * FROM alert WHERE graded = 0 AND bar_time < 9 ORDER BY bar_time, rowid',
      )
      .all();
    db.close();
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('alert_ungraded')]);
  });
});
