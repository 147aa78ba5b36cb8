import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { OrderRecord } from '../../src/core/paper-order.ts';
import type { PaperPlan } from '../../src/core/rule.ts';
import { defaultRule, USUAL_OPTIONS } from '../../src/core/scanner/default-rule.ts';
import { EMA_CROSS } from '../../src/core/scanner/ema-cross.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { writeBars } from '../support/market-csv.ts';
import { nse } from '../support/nse.ts';
import { readAll, replayWorld } from '../support/replay.ts';
import { barsOf, INFY, stock, tapeOf } from '../support/tape.ts';
import { tempFolderForAll } from '../support/temp-folder.ts';
import { settle } from '../support/world.ts';

const folder = tempFolderForAll();
const calendar = nse();
const instruments = [INFY, stock('SBIN')];
const tape = tapeOf(instruments, ['2026-07-30', '2026-07-31', '2026-08-03'], calendar);
const paths = instruments.map(({ key }) =>
  writeBars(folder, `${key.slice(4)}_generated.csv`, barsOf(tape, key, '1m', calendar)),
);

const PLAN: PaperPlan = {
  ...{ enabled: true, quantity: 10 },
  ...{ stop: { kind: 'atr', multiple: 3 }, target: { kind: 'percent', percent: 1 } },
};
const NUMBERS = { fast: 9, slow: 21, rsi: 14, momentum: 50, enabled: true, timeframe: '5m', forming: false } as const;
const RULE = defaultRule(NUMBERS, { ...USUAL_OPTIONS, paper: PLAN });

/** Plays the recording with the rule trading, and answers the orders that are on disk afterwards. */
async function tradeAt(speed: number, store: Store = openStore(':memory:')) {
  const clock = new FakeClock();
  const { world, troubles, signals } = replayWorld(await readAll(paths), speed, clock, '5m', store, [RULE]);
  await world.start();
  let isOver = false;
  void world.finished().then(() => {
    isOver = true;
  });
  for (let step = 0; step < 200_000 && !isOver; step += 1) {
    clock.advance(speed === 0 ? 10 : 2_500);
    await settle();
  }
  const orders = store.tickets(0 as EpochMs);
  await world.close();
  expect(troubles).toEqual([]);
  return { orders, signals: signals.length };
}

const lines = (orders: readonly OrderRecord[]) =>
  orders.map(({ ticket, state, filledPrice, filledAt }) => [ticket.key, state, filledPrice, filledAt].join(' ')).sort();

describe('a recorded week with a rule that trades on paper', () => {
  it('has at most one entry a signal, filled by a later bar at its open', async () => {
    const { orders, signals } = await tradeAt(0);
    const entries = orders.filter(({ ticket }) => ticket.purpose === 'entry');
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.length).toBeLessThanOrEqual(signals);
    expect(new Set(orders.map(({ ticket }) => ticket.purpose))).toEqual(new Set(['entry', 'stop', 'target', 'exit']));
    const opens = new Map(
      instruments.map(({ key }) => {
        const { openTime, open } = barsOf(tape, key, '1m', calendar);
        return [key, new Map([...openTime].map((time, index) => [time, open[index]]))];
      }),
    );
    for (const { ticket, state, filledAt, filledPrice } of orders) {
      expect(ticket.rule).toBe(EMA_CROSS);
      if (state !== 'filled' || filledAt === undefined) continue;
      expect(filledAt, ticket.key).toBeGreaterThanOrEqual(ticket.at);
      expect(filledPrice, ticket.key).toBe(opens.get(ticket.instrument)?.get(filledAt));
    }
  });

  it('is traded alike at every speed', async () => {
    const fast = await tradeAt(0);
    expect(lines((await tradeAt(1_000)).orders)).toEqual(lines(fast.orders));
    expect(lines((await tradeAt(60)).orders)).toEqual(lines(fast.orders));
  });

  it('is traded once, however often it is played', async () => {
    const store = openStore(':memory:');
    const first = await tradeAt(0, store);
    const entries = (orders: readonly OrderRecord[]) =>
      lines(orders.filter(({ ticket, state }) => ticket.purpose === 'entry' && state === 'filled'));
    const second = await tradeAt(0, store);
    expect(entries(second.orders)).toEqual(entries(first.orders));
    store.close();
  });
});
