import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/contract/events.ts';
import type { Alert } from '../../src/core/alert.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { CorporateAction } from '../../src/core/corporate-action.ts';
import { AppError } from '../../src/core/errors.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { OutcomeDesk } from '../../src/main/engine/outcome-desk.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { sampleAlert } from '../support/sample-alert.ts';

const INFY = 'NSE:INFY' as InstrumentKey;
const calendar = nse();

/** Bars of 5 minutes of a day, closing at 1000, 1001, … from 09:20 on, each half a rupee around its close. */
function dayOf(date: string, base = 1_000): readonly Candle[] {
  return Array.from({ length: 72 }, (_, index) => {
    const close = base + index;
    const openTime = (ist(`${date} 09:15`) + index * 300_000) as EpochMs;
    return {
      instrument: INFY,
      timeframe: '5m',
      openTime,
      open: close,
      high: close + 0.5,
      low: close - 0.5,
      close,
      volume: 10,
    };
  });
}

/** An alert on the bar that opens then. */
const alertAt = (time: string, price: number, signal: Partial<Alert['signal']> = {}): Alert =>
  sampleAlert({ instrument: INFY, barTime: ist(time), price, ...signal }, { raisedAt: ist(time) });

function rig(time: string, store: Store = openStore(':memory:'), actions: readonly CorporateAction[] = []) {
  const clock = new FakeClock(ist(time));
  const publisher = new Publisher(clock);
  const events: EngineEvent[] = [];
  publisher.subscribe(({ events: told }) => events.push(...told));
  const stop = new AbortController();
  const troubles: AppError[] = [];
  const desk = new OutcomeDesk({
    store,
    archive: new Archive(
      store,
      () => undefined,
      () => actions,
    ),
    clock,
    wall: clock,
    publisher,
    stop: stop.signal,
    calendarOf: () => calendar,
    calendar,
    onTrouble: (error) => troubles.push(error),
  });
  return {
    store,
    clock,
    desk,
    stop,
    troubles,
    save: (candles: readonly Candle[]) => store.saveBars({ batches: [{ candles, provenance: 'history' }] }),
    until: (later: string) => clock.advance(ist(later) - clock.now()),
    told: () => events.filter(({ type }) => type === 'outcomes-changed').length,
    graded: () => store.outcomes(null, null, ist('2026-01-01 00:00')),
  };
}

const percent = (to: number, from: number) => (to / from - 1) * 100;

describe('outcomes of alerts', () => {
  it('come a minute after each moment, and are final when history has told the day', () => {
    const { store, desk, save, until, told, graded, clock } = rig('2026-11-20 10:20');
    save(dayOf('2026-11-20'));
    desk.start();
    const alert = alertAt('2026-11-20 10:15', 1_012);
    store.addAlert(alert);
    desk.raised(alert);
    until('2026-11-20 10:25:59.999');
    expect([graded(), told()]).toEqual([[], 0]);
    until('2026-11-20 10:26:01');
    expect(graded()).toMatchObject([{ alert: alert.id, isFinal: false, gradedAt: ist('2026-11-20 10:26') }]);
    expect(graded()[0]?.outcome).toMatchObject({ after5: percent(1_013, 1_012), after15: undefined, best: undefined });
    expect(told()).toBe(1);
    until('2026-11-20 11:21:01');
    expect(graded()[0]?.outcome).toMatchObject({ after15: percent(1_015, 1_012), after60: percent(1_024, 1_012) });
    until('2026-11-20 15:16:01');
    const whole = { atClose: percent(1_071, 1_012), best: percent(1_071.5, 1_012), worst: 0 };
    expect(graded()).toMatchObject([{ isFinal: false, outcome: whole, random: { after60: { count: 20 } } }]);
    // Ten minutes later the closing auction is over, and the day is read again.
    until('2026-11-20 15:41');
    expect(graded()).toMatchObject([{ isFinal: true, outcome: whole }]);
    expect([store.ungraded(clock.now(), 9), clock.timers, told()]).toEqual([[], 0, 5]);
  });

  it('that became due while the app was closed are graded at the start, in slices', () => {
    const { store, desk, save, until, told, graded, clock } = rig('2026-11-21 09:00');
    save(dayOf('2026-11-20'));
    const alerts = Array.from({ length: 50 }, (_, index) =>
      alertAt('2026-11-20 10:15', 1_012, { rule: `rule-${index}`, side: index % 2 === 0 ? 'buy' : 'sell' }),
    );
    for (const alert of alerts) store.addAlert(alert);
    desk.start();
    expect(graded(), 'not before the start is over').toEqual([]);
    clock.advance(1);
    expect(graded()).toHaveLength(20);
    clock.advance(20);
    expect(graded()).toHaveLength(40);
    until('2026-11-21 09:01');
    expect(graded()).toHaveLength(50);
    expect(graded().every(({ isFinal }) => isFinal)).toBe(true);
    expect([told(), clock.timers]).toEqual([1, 0]);
  });

  it('wait for bars that are missing, and are given up after a week', () => {
    const { store, desk, save, until, graded } = rig('2026-11-20 16:00');
    save(dayOf('2026-11-20').slice(0, 20));
    const told = alertAt('2026-11-20 10:15', 1_012);
    const lost = alertAt('2026-11-19 10:15', 1_012);
    for (const alert of [told, lost]) store.addAlert(alert);
    desk.start();
    until('2026-11-20 16:01');
    const of = ({ id }: Alert) => graded().find(({ alert }) => alert === id);
    expect(of(told)).toMatchObject({ isFinal: false, outcome: { after15: percent(1_015, 1_012), atClose: undefined } });
    expect(of(lost)).toMatchObject({ isFinal: false, outcome: { after5: undefined } });
    save(dayOf('2026-11-20'));
    until('2026-11-23 15:41');
    expect(of(told)).toMatchObject({ isFinal: true, outcome: { atClose: percent(1_071, 1_012) } });
    expect(of(lost)?.isFinal).toBe(false);
    until('2026-11-27 16:00');
    expect(of(lost)).toMatchObject({ isFinal: true, outcome: { atClose: undefined } });
  });

  it("of a day's bar are those of the next day, in the shares of the signal's day", () => {
    const action = {
      instrument: INFY,
      exDate: '2026-11-20' as TradingDate,
      kind: 'split',
      factor: 0.5,
      note: '',
    } as const;
    const { store, desk, save, until, graded } = rig('2026-11-20 15:00', undefined, [action]);
    // 1071 on Thursday; on Friday two shares for one, which close at 550.
    save([...dayOf('2026-11-19'), ...dayOf('2026-11-20', 479)]);
    const alert = alertAt('2026-11-19 09:15', 1_071, { timeframe: '1d' });
    store.addAlert(alert);
    desk.start();
    until('2026-11-20 15:35');
    expect(graded()[0]?.outcome.atClose, 'the day is not over').toBeUndefined();
    until('2026-11-20 15:45');
    const [outcome] = graded();
    expect(outcome?.isFinal).toBe(true);
    expect(outcome?.outcome.atClose).toBeCloseTo(percent(1_100, 1_071), 9);
    expect(outcome?.outcome.best).toBeCloseTo(percent(1_101, 1_071), 9);
    expect(outcome?.outcome.after60).toBeUndefined();
  });

  it('are not asked of a disk without end that refuses them', () => {
    const memory = openStore(':memory:');
    const full: Store = {
      ...memory,
      saveOutcomes: () => {
        throw new AppError('storage', 'The disk is full.');
      },
    };
    const { store, desk, save, until, troubles, clock } = rig('2026-11-21 09:00', full);
    save(dayOf('2026-11-20'));
    store.addAlert(alertAt('2026-11-20 10:15', 1_012));
    desk.start();
    until('2026-11-21 18:00');
    expect(troubles.map(({ message }) => message)).toEqual(['The disk is full.']);
    expect(clock.timers, 'tried again after the next session').toBe(1);
  });

  it('end with the world', () => {
    const { store, desk, save, stop, clock, graded, until } = rig('2026-11-21 09:00');
    save(dayOf('2026-11-20'));
    store.addAlert(alertAt('2026-11-20 10:15', 1_012));
    desk.start();
    stop.abort();
    expect(clock.timers).toBe(0);
    until('2026-11-22 09:00');
    expect(graded()).toEqual([]);
  });
});

describe('the report on outcomes', () => {
  it('is by rule, instrument and hour of the last days', () => {
    const { store, desk, save, until } = rig('2026-11-20 18:00');
    save([...dayOf('2026-11-19'), ...dayOf('2026-11-20')]);
    const alerts = [
      alertAt('2026-11-19 10:15', 1_012),
      alertAt('2026-11-20 09:55', 1_008),
      alertAt('2026-11-20 09:50', 1_007, { rule: 'dip', side: 'sell' }),
      alertAt('2026-11-20 15:05', 1_070, { rule: 'dip' }),
    ];
    for (const alert of alerts) store.addAlert(alert);
    desk.start();
    until('2026-11-20 18:01');
    const today = desk.load(null, null, 1);
    expect(today.alerts).toHaveLength(3);
    expect(today.all).toMatchObject({ count: 3, after5: { count: 3, hits: 2 }, after15: { count: 2 } });
    expect(today.byRule.map(({ rule, board }) => [rule, board.count])).toEqual([
      ['dip', 2],
      ['ema-cross', 1],
    ]);
    // The bar of 09:55 closes at 10:00, that of 15:05 at 15:10.
    expect(today.byHour.map(({ hour, board }) => [hour, board.count])).toEqual([
      [9, 1],
      [10, 1],
      [15, 1],
    ]);
    expect(today.byInstrument.map(({ instrument }) => instrument)).toEqual([INFY]);
    expect(desk.load(null, null, 2).alerts).toHaveLength(4);
    expect(desk.load('dip', INFY, 2).all.count).toBe(2);
    expect(desk.load('none', null, 2)).toMatchObject({ alerts: [], byRule: [], byHour: [], all: { count: 0 } });
  });
});
