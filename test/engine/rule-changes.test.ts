import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../src/contract/rules.ts';
import { MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { Rule } from '../../src/core/rule.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { HandVenue, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY, TapeVenue, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const at = (time: string) => ist(`2026-11-20 ${time}`);
const hhmm = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 16);
const rule = (id: string, more: object = {}): Rule =>
  ruleSchema.parse({ id, name: id, enabled: true, timeframe: '1m', buy: 'close > close[1]', ...more });

/** Prices of minutes: up and down in turn, so that every other bar fires. */
const price = (minute: number): number => 100 + (minute % 2) * 2;

async function morning(rules: readonly Rule[]) {
  const clock = new FakeClock(at('10:00:05'));
  const venue = new HandVenue([INFY], clock, ['1m', '1d']);
  const minutes = Array.from({ length: 375 }, (_each, index) => price(index));
  venue.told = minutesOf(at('09:15:00'), minutes);
  let all = rules;
  const opened = openWorld(venue.session, clock, {}, openStore(':memory:'), { rules: () => all });
  await opened.world.start();
  await settle();
  return {
    ...opened,
    clock,
    venue,
    /** Trades in the middle of each minute. */
    async trade(until: string): Promise<void> {
      for (const end = at(until); clock.now() < end; ) {
        clock.advance(SECOND_MS);
        await settle();
        const minute = Math.floor((clock.now() - at('09:15:00')) / MINUTE_MS);
        if (clock.now() % MINUTE_MS === 30 * SECOND_MS) venue.tick(clock.now(), price(minute));
      }
    },
    change(next: readonly Rule[]): Promise<void> {
      all = next;
      return opened.world.rules.follow();
    },
    alerts: (id: string, from: string) =>
      opened.store
        .alerts(1_000)
        .filter(({ signal, signal: { barTime } }) => signal.rule === id && barTime >= at(from))
        .map(({ signal: { barTime }, late }) => `${hhmm(barTime)}${late ? ' late' : ''}`)
        .sort(),
  };
}

describe('rules that change while the market trades', () => {
  it('leave those of other timeframes running while history answers', async () => {
    const steady = rule('steady');
    const { trade, change, venue, alerts, told, world } = await morning([steady]);
    await trade('10:05:10');
    let answer = (): void => undefined;
    venue.answersAfter = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await change([steady, rule('new', { timeframe: '3m', buy: 'close > 0 and close > sma(50, 1d)' })]);
    await trade('10:09:10');
    expect(alerts('steady', '10:02')).toEqual(['10:02', '10:04', '10:06', '10:08']);
    expect(told.filter(({ signal }) => signal.barTime >= at('10:05:00'))).toHaveLength(2);
    answer();
    await world.close();
  });

  it('tell of bars that closed while history answered, and list those before as late', async () => {
    const { trade, change, venue, alerts, told, world } = await morning([]);
    await trade('10:05:50');
    let answer = (): void => undefined;
    venue.answersAfter = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await change([rule('new')]);
    await change([rule('new', { buy: 'close > close[1] and (close > 0 or sma(900) > 0)' })]);
    await trade('10:07:20');
    answer();
    await trade('10:09:10');
    expect(alerts('new', '10:02')).toEqual(['10:02 late', '10:04 late', '10:06', '10:08']);
    expect(told.map(({ signal }) => hhmm(signal.barTime))).toEqual(['10:06', '10:08']);
    await world.close();
  });

  it('find the same after a change back as if nothing had happened', async () => {
    const plans = [rule('a', { cooldownMinutes: 3 }), rule('b', { onlyNew: true }), rule('c', { timeframe: '3m' })];
    const still = await morning(plans);
    await still.trade('10:31:10');
    const moved = await morning(plans);
    await moved.trade('10:10:10');
    await moved.change(plans.slice(1));
    await moved.trade('10:16:10');
    await moved.change([]);
    await moved.change(plans);
    await moved.trade('10:31:10');
    for (const { id } of plans) {
      const times = (world: typeof still) => world.alerts(id, '09:15').map((each) => each.slice(0, 5));
      expect(times(moved), id).toEqual(times(still));
    }
    await still.world.close();
    await moved.world.close();
  });
});

/** True of about every other bar, whichever way prices go. */
const NOISY = { buy: 'high - open > 1.1 * (close - low)', sell: 'high - open < 0.9 * (close - low)' };

describe('rules that change while prices are polled', () => {
  it('are asked of history as often as their bars close', async () => {
    const clock = new FakeClock(at('10:00:05'));
    const calendar = nse();
    const tape = tapeOf([INFY], ['2026-11-20'], calendar);
    const venue = new TapeVenue([INFY], tape, clock, calendar);
    let all: readonly Rule[] = [rule('slow', { timeframe: '5m', ...NOISY })];
    const patch = { feed: { mode: 'polling', pollSeconds: 10 } } as const;
    const { world, store } = openWorld(venue.session, clock, patch, openStore(':memory:'), { rules: () => all });
    await world.start();
    const to = async (until: string): Promise<void> => {
      for (; clock.now() < at(until); clock.advance(SECOND_MS)) await settle();
    };
    await to('10:02:30');
    all = [...all, rule('quick', NOISY)];
    await world.rules.follow();
    await to('10:25:00');
    const quick = store.alerts(1_000).filter(({ signal }) => signal.rule === 'quick');
    const fresh = quick.filter(({ signal }) => signal.barTime >= at('10:03:00'));
    expect(fresh.length).toBeGreaterThan(3);
    expect(fresh.map(({ late }) => late)).toEqual(fresh.map(() => false));
    const slow = store.alerts(1_000).filter(({ signal, late }) => signal.rule === 'slow' && !late);
    expect(slow.length).toBeGreaterThan(0);
    await world.close();
  });
});
