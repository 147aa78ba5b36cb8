import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ledger } from '../../src/contract/coverage.ts';
import type { TradingDate } from '../../src/core/brand.ts';
import { createLedgerLoader, EVERY_MS, type LedgerView } from '../../src/renderer/src/features/ledger/ledger-loader.ts';
import { FAKE_DAY, ledgerRow, onFakeDay } from './fake-ledger.ts';

/** The days between have no session. */
const SESSIONS = ['2026-11-16', '2026-11-19', FAKE_DAY];

function loading(answer?: (date: TradingDate | null) => Promise<Ledger>) {
  const asked: (TradingDate | null)[] = [];
  const views: LedgerView[] = [];
  const loader = createLedgerLoader({
    load(date) {
      asked.push(date);
      return answer?.(date) ?? Promise.resolve(ledgerOf(date ?? FAKE_DAY));
    },
    show: (view) => views.push(view),
  });
  return { loader, asked, views, last: () => views.at(-1), settle: () => vi.advanceTimersByTimeAsync(0) };
}
function ledgerOf(date: TradingDate): Ledger {
  return { date, countedAt: onFakeDay('10:47'), rows: SESSIONS.includes(date) ? [ledgerRow('INFY', { date })] : [] };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the ledger loader', () => {
  it('shows the newest session, and knows its date', async () => {
    const { loader, asked, last, settle } = loading();
    loader.show(null);
    await settle();
    expect(asked).toEqual([null]);
    expect(last()).toMatchObject({ ledger: { date: FAKE_DAY }, newest: FAKE_DAY, slow: false, problem: undefined });
    loader.stop();
  });

  it('asks again when the ledger changed, but not more often than every two seconds', async () => {
    const { loader, asked, settle } = loading();
    loader.show(null);
    await settle();
    for (let change = 0; change < 25; change += 1) {
      loader.changed();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(asked, 'what changed meanwhile is asked once more').toHaveLength(3);
    await vi.advanceTimersByTimeAsync(3 * EVERY_MS);
    expect(asked, 'and then there is peace').toHaveLength(3);
    loader.changed();
    expect(asked, 'after a rest at once').toHaveLength(4);
    loader.stop();
  });

  it('steps from session to session over the days between', async () => {
    const { loader, asked, last, settle } = loading();
    loader.show(null);
    await settle();
    loader.step(-1);
    await settle();
    loader.step(-1);
    await settle();
    expect(last()?.ledger?.date).toBe('2026-11-16');
    expect(asked.slice(1)).toEqual(['2026-11-19', '2026-11-18', '2026-11-17', '2026-11-16']);
    loader.step(1);
    await settle();
    expect(last()?.ledger?.date).toBe('2026-11-19');
    loader.changed();
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(asked.at(-1), 'a change is asked for the day that is shown').toBe('2026-11-19');
    loader.step(1);
    await settle();
    expect(asked.at(-1), 'after the last session comes the newest, whatever its date').toBeNull();
    loader.stop();
  });

  it('gives up where no session is to be found, and says so with the empty day', async () => {
    const { loader, asked, last, settle } = loading(async (date) => ledgerOf(date ?? ('2026-11-16' as TradingDate)));
    loader.show(null);
    await settle();
    loader.step(-1);
    await settle();
    expect(asked).toHaveLength(15);
    expect(last()?.ledger).toMatchObject({ date: '2026-11-02', rows: [] });
    loader.stop();
  });

  it('forgets an answer that comes after a later question', async () => {
    const first = Promise.withResolvers<Ledger>();
    const { loader, last, settle } = loading((date) =>
      date === null ? first.promise : Promise.resolve(ledgerOf(date)),
    );
    loader.show(null);
    loader.show('2026-11-19' as TradingDate);
    await settle();
    first.resolve(ledgerOf(FAKE_DAY));
    await settle();
    expect(last()?.ledger?.date).toBe('2026-11-19');
    loader.stop();
  });

  it('says after a second that it is waiting, keeps what it knew, and tells why it failed', async () => {
    let answer = Promise.resolve(ledgerOf(FAKE_DAY));
    const { loader, last, settle } = loading(() => answer);
    loader.show(null);
    await settle();
    const late = Promise.withResolvers<Ledger>();
    answer = late.promise;
    loader.show(null);
    await vi.advanceTimersByTimeAsync(900);
    expect(last()?.slow).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(last()).toMatchObject({ slow: true, ledger: { date: FAKE_DAY } });
    late.reject(new Error('The database is busy. Try again.'));
    await settle();
    expect(last()).toMatchObject({
      slow: false,
      problem: 'The database is busy. Try again.',
      ledger: { date: FAKE_DAY },
    });
    answer = Promise.resolve(ledgerOf(FAKE_DAY));
    loader.show(null);
    await settle();
    expect(last()?.problem).toBeUndefined();
    loader.stop();
  });

  it('tells nothing once nobody looks', async () => {
    const { loader, views, settle } = loading();
    loader.show(null);
    loader.stop();
    await settle();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(views).toEqual([]);
  });
});
