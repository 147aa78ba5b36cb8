import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/contract/events.ts';
import type { Alert } from '../../src/core/alert.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Signal } from '../../src/core/signal.ts';
import { AlertDesk } from '../../src/main/engine/alert-desk.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import type { SignalStore } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { INFY } from '../support/tape.ts';

const RULE = { fast: 9, slow: 21, rsi: 14, momentum: 50 };
const signal: Signal = {
  instrument: INFY.key,
  timeframe: '5m',
  rule: 'ema-cross',
  side: 'buy',
  barTime: 300_000 as EpochMs,
  price: 1_412.3,
  values: { 'ema(9)': 1_411, 'ema(21)': 1_410, 'rsi(14)': 58.31 },
};

function deskOver(store: SignalStore, wantsDesktop = true) {
  const clock = new FakeClock(600_500);
  const publisher = new Publisher(clock);
  const events: EngineEvent[] = [];
  const told: Alert[] = [];
  const troubles: AppError[] = [];
  publisher.subscribe((batch) => events.push(...batch.events));
  const desk = new AlertDesk({
    store,
    clock,
    publisher,
    notifiers: [{ notify: (alert) => told.push(alert) }],
    wantsDesktop: () => wantsDesktop,
    onTrouble: (error) => troubles.push(error),
  });
  const raise = (late = false): void => {
    desk.raise(signal, RULE, { isLate: late, inputs: 'whole' });
    clock.advance(100);
  };
  return { raise, events, told, troubles };
}

describe('AlertDesk', () => {
  it('stores, then tells, with the reason in words', () => {
    const store = openStore(':memory:');
    const seen: number[] = [];
    const { raise, events, told } = deskOver({
      ...store,
      addAlert(alert) {
        seen.push(told.length);
        return store.addAlert(alert);
      },
    });
    raise();
    expect(seen, 'nobody was told before it was on disk').toEqual([0]);
    expect(told).toEqual([
      expect.objectContaining({ text: 'EMA 9 crossed above EMA 21, RSI 58.3', raisedAt: 600_500 }),
    ]);
    expect(events).toEqual([{ type: 'alert', alert: told[0] }]);
    expect(store.alerts(10)).toEqual(told);
  });

  it('tells once, however often it is found', () => {
    const store = openStore(':memory:');
    deskOver(store).raise();
    const again = deskOver(store);
    again.raise();
    again.raise();
    expect([again.told, again.events]).toEqual([[], []]);
  });

  it('tells what a program that ended between signal and alert had no time to tell', () => {
    const store = openStore(':memory:');
    store.addSignal(signal, 600_000 as EpochMs);
    const { raise, told } = deskOver(store);
    raise();
    expect(told).toHaveLength(1);
  });

  it('lists a late alert and does not shout it', () => {
    const { raise, told, events } = deskOver(openStore(':memory:'));
    raise(true);
    expect(told).toEqual([]);
    expect(events).toMatchObject([{ type: 'alert', alert: { late: true, read: true } }]);
  });

  it('keeps the desktop quiet when asked to', () => {
    const { raise, told, events } = deskOver(openStore(':memory:'), false);
    raise();
    expect(told).toEqual([]);
    expect(events).toHaveLength(1);
  });

  it('tells even when the disk refuses, and says so', () => {
    const store: SignalStore = {
      ...openStore(':memory:'),
      addSignal() {
        throw new AppError('storage', 'The disk is full.');
      },
    };
    const { raise, told, troubles } = deskOver(store);
    raise();
    expect(told).toHaveLength(1);
    expect(troubles.map(({ message }) => message)).toEqual(['The disk is full.']);
  });
});
