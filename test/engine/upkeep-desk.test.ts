import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import { MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Retention, TrimReport } from '../../src/main/engine/store-port.ts';
import { UpkeepDesk } from '../../src/main/engine/upkeep-desk.ts';
import { FakeClock } from '../support/fake-clock.ts';

const DONE: TrimReport = { deleted: {}, freedBytes: 0, isDone: true };

/** An upkeep whose store answers these reports in turn, and then that all is done. */
function upkeepOver(reports: readonly (TrimReport | AppError)[], storage: object = {}) {
  const wall = new FakeClock(0);
  const market = new FakeClock(7_000_000);
  const stop = new AbortController();
  const calls: { readonly at: number; readonly retention: Retention; readonly now: number }[] = [];
  const troubles: string[] = [];
  const upkeep = new UpkeepDesk({
    store: {
      trim: (retention, now) => {
        const report = reports[calls.length] ?? DONE;
        calls.push({ at: wall.now(), retention, now });
        if (report instanceof AppError) throw report;
        return report;
      },
    },
    wall,
    clock: market,
    stop: stop.signal,
    settings: () => settingsSchema.parse({ storage }),
    onTrouble: ({ message }) => troubles.push(message),
  });
  upkeep.start();
  return { wall, stop, calls, troubles };
}

describe('UpkeepDesk', () => {
  it('lets the start be, works in slices, and comes again in an hour', () => {
    const busy = { ...DONE, isDone: false };
    const { wall, calls } = upkeepOver([busy, busy, DONE]);
    wall.advance(2 * MINUTE_MS - 1);
    expect(calls).toEqual([]);
    wall.advance(63 * MINUTE_MS);
    expect(calls.map(({ at }) => at)).toEqual([
      2 * MINUTE_MS,
      2 * MINUTE_MS + SECOND_MS,
      2 * MINUTE_MS + 2 * SECOND_MS,
      62 * MINUTE_MS + 2 * SECOND_MS,
    ]);
  });

  it('counts age in the market’s days, as the settings say; what is kept for ever has no end', () => {
    const { wall, calls } = upkeepOver([DONE], { budgetMb: 500, keepDays: { ticks: 3, base: null } });
    wall.advance(2 * MINUTE_MS);
    expect(calls).toEqual([
      {
        at: 2 * MINUTE_MS,
        now: 7_000_000,
        retention: {
          ticks: 3,
          books: 7,
          seconds: 90,
          base: undefined,
          intraday: undefined,
          budgetBytes: 500 * 1024 * 1024,
        },
      },
    ]);
  });

  it('says what the disk refuses, and does not hammer it', () => {
    const { wall, calls, troubles } = upkeepOver([new AppError('storage', 'The disk is full.')]);
    wall.advance(60 * MINUTE_MS);
    expect([calls.length, troubles]).toEqual([1, ['The disk is full.']]);
    wall.advance(60 * MINUTE_MS);
    expect(calls).toHaveLength(2);
  });

  it('says once that the rest is larger than the budget, and again when it became so anew', () => {
    const over = { ...DONE, overBudgetBytes: 3 * 1024 * 1024 };
    const { wall, troubles } = upkeepOver([over, over, DONE, over]);
    wall.advance(90 * MINUTE_MS);
    expect(troubles).toEqual([expect.stringMatching(/^The database is 3 MB larger than the 10000 MB it may have/)]);
    wall.advance(120 * MINUTE_MS);
    expect(troubles).toHaveLength(2);
  });

  it('leaves no timer behind', () => {
    const { wall, stop, calls } = upkeepOver([]);
    wall.advance(2 * MINUTE_MS);
    stop.abort();
    expect(wall.timers).toBe(0);
    wall.advance(120 * MINUTE_MS);
    expect(calls).toHaveLength(1);
  });
});
