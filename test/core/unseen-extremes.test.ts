import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnseenExtremes } from '../../src/core/unseen-extremes.ts';

const DAY = '2026-11-20';

describe('UnseenExtremes', () => {
  it('finds the print that showed only in the day’s high or low', () => {
    const extremes = new UnseenExtremes();
    expect(extremes.next({ ltp: 100, dayHigh: 105, dayLow: 95 }, DAY), 'long before we came').toBeUndefined();
    expect(extremes.next({ ltp: 101, dayHigh: 106, dayLow: 95 }, DAY)).toEqual({ high: 106, low: undefined });
    expect(extremes.next({ ltp: 101, dayHigh: 106, dayLow: 94 }, DAY)).toEqual({ high: undefined, low: 94 });
    expect(extremes.next({ ltp: 101, dayHigh: 106, dayLow: 94 }, DAY), 'told once').toBeUndefined();
  });

  it('takes a price that is itself the new high for what it is', () => {
    const extremes = new UnseenExtremes();
    extremes.next({ ltp: 100, dayHigh: 100, dayLow: 100 }, DAY);
    expect(extremes.next({ ltp: 107, dayHigh: 107, dayLow: 100 }, DAY)).toBeUndefined();
    expect(extremes.next({ ltp: 107.5, dayHigh: 107, dayLow: 100 }, DAY), 'a high that is behind').toBeUndefined();
    expect(extremes.next({ ltp: 106, dayHigh: 107.5, dayLow: 100 }, DAY), 'and caught up').toBeUndefined();
  });

  it('says nothing of a venue that tells no extremes', () => {
    const extremes = new UnseenExtremes();
    for (const ltp of [100, 103, 97]) expect(extremes.next({ ltp }, DAY)).toBeUndefined();
  });

  it('begins anew after a gap and on another day', () => {
    const extremes = new UnseenExtremes();
    extremes.next({ ltp: 100, dayHigh: 100, dayLow: 100 }, DAY);
    extremes.forget();
    expect(extremes.next({ ltp: 100, dayHigh: 110, dayLow: 90 }, DAY)).toBeUndefined();
    expect(extremes.next({ ltp: 50, dayHigh: 60, dayLow: 40 }, '2026-11-23')).toBeUndefined();
    expect(extremes.next({ ltp: 50, dayHigh: 61, dayLow: 40 }, '2026-11-23')).toEqual({ high: 61, low: undefined });
  });

  it('finds again what no bar could take', () => {
    const extremes = new UnseenExtremes();
    extremes.next({ ltp: 100, dayHigh: 100, dayLow: 100 }, DAY);
    extremes.next({ ltp: 100, dayHigh: 105, dayLow: 100 }, DAY);
    extremes.putBack();
    expect(extremes.next({ ltp: 101, dayHigh: 105, dayLow: 100 }, DAY)).toEqual({ high: 105, low: undefined });
  });

  it('makes no print of a packet that comes late or twice', () => {
    const extremes = new UnseenExtremes();
    const old = { ltp: 100, dayHigh: 101, dayLow: 99 };
    extremes.next(old, DAY);
    extremes.next({ ltp: 103, dayHigh: 103, dayLow: 99 }, DAY);
    expect(extremes.next(old, DAY)).toBeUndefined();
    expect(extremes.next({ ltp: 102, dayHigh: 103, dayLow: 99 }, DAY)).toBeUndefined();
  });

  it('leaves no extreme of the day untold, whatever part of the prices was sent', () => {
    const print = fc.record({ price: fc.integer({ min: 1, max: 1_000 }), isSent: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.array(print), (first, prints) => {
        const extremes = new UnseenExtremes();
        extremes.next({ ltp: first, dayHigh: first, dayLow: first }, DAY);
        let [high, low, told, bottom] = [first, first, first, first];
        for (const { price, isSent } of prints) {
          high = Math.max(high, price);
          low = Math.min(low, price);
          if (!isSent) continue;
          const unseen = extremes.next({ ltp: price, dayHigh: high, dayLow: low }, DAY);
          told = Math.max(told, price, unseen?.high ?? price);
          bottom = Math.min(bottom, price, unseen?.low ?? price);
          expect([told, bottom]).toEqual([high, low]);
        }
      }),
    );
  });
});
