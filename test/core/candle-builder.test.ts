import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { type BarKind, type BarStep, type FormingBar, foldPiece, type Piece } from '../../src/core/candle-builder.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const at = (time: string) => ist(`2026-01-05 ${time}`);
const kind: BarKind = { instrument: 'NSE:INFY' as InstrumentKey, timeframe: '1m', calendar: nse() };
const print = (time: string, price: number, volume: number | undefined): Piece => ({
  time: at(time),
  open: price,
  high: price,
  low: price,
  close: price,
  volume,
});

/** Folds pieces one by one, as a lane does, and keeps every step. */
function fold(pieces: readonly Piece[]): {
  readonly steps: readonly BarStep[];
  readonly forming: FormingBar | undefined;
} {
  let forming: FormingBar | undefined;
  const steps = pieces.map((piece) => {
    const step = foldPiece(forming, piece, kind);
    if (step.kind !== 'ignored') forming = step.forming;
    return step;
  });
  return { steps, forming };
}

describe('foldPiece', () => {
  it('collects a minute, then closes it on the first print of the next', () => {
    const { steps } = fold([
      print('09:15:01', 100, 10),
      print('09:15:30', 102, 15),
      print('09:15:59', 99, 5),
      print('09:16:02', 101, 7),
    ]);
    expect(steps.at(-1)).toMatchObject({
      kind: 'rolled',
      closed: { openTime: at('09:15:00'), open: 100, high: 102, low: 99, close: 99, volume: 30 },
      forming: { candle: { openTime: at('09:16:00'), open: 101, volume: 7 }, closeTime: at('09:17:00') },
    });
  });

  it('lets a late print in the forming bar widen it without moving its close', () => {
    const { forming } = fold([print('09:15:10', 100, 1), print('09:15:20', 101, 1), print('09:15:15', 90, 1)]);
    expect(forming?.candle).toMatchObject({ low: 90, high: 101, close: 101, volume: 3 });
  });

  it('leaves a closed bar alone when a print comes too late for it', () => {
    const { steps, forming } = fold([
      print('09:15:01', 100, 10),
      print('09:16:02', 101, 37),
      print('09:15:59', 50, 30),
    ]);
    expect(steps.at(-1)).toEqual({ kind: 'ignored', reason: 'late' });
    expect(forming?.candle.low).toBe(101);
  });

  it.each(['09:14:59', '15:30:00'])('has no bar for %s, when the market is shut', (time) => {
    expect(fold([print(time, 100, 1)]).steps).toEqual([{ kind: 'ignored', reason: 'outside-session' }]);
  });

  it('builds a day of its auctions too, and of nothing outside', () => {
    const daily: BarKind = { ...kind, timeframe: '1d' };
    const day = (time: string, price: number): Piece => ({
      ...print('09:15', price, 1),
      time: ist(`2026-11-20 ${time}`),
    });
    const folded = [
      day('09:07', 100),
      day('09:08', 101),
      day('09:15', 102),
      day('15:14:59', 99),
      day('15:29', 104),
    ].reduce<FormingBar | undefined>((forming, piece) => {
      const step = foldPiece(forming, piece, daily);
      return step.kind === 'updated' ? step.forming : expect.unreachable();
    }, undefined);
    expect(folded?.candle).toMatchObject({ open: 100, high: 104, low: 99, close: 104, volume: 5 });
    expect(folded).toMatchObject({ candle: { openTime: ist('2026-11-20 09:15') }, closeTime: ist('2026-11-20 15:35') });
    for (const time of ['08:59:59', '15:35'])
      expect(foldPiece(time < '12' ? folded : undefined, day(time, 1), daily).kind).toBe('ignored');
  });

  it('takes finer bars as it takes prints', () => {
    const bar: Piece = { time: at('09:15:30'), open: 100, high: 110, low: 95, close: 105, volume: 40 };
    const { forming } = fold([print('09:15:01', 101, 2), bar]);
    expect(forming?.candle).toMatchObject({ open: 101, high: 110, low: 95, close: 105, volume: 42 });
  });

  it('knows no volume for an instrument that has none', () => {
    expect(fold([print('09:15:01', 100, undefined)]).forming?.candle.volume).toBeUndefined();
  });

  it('lets a late print that is older than all others open the bar', () => {
    const { forming } = fold([print('09:15:10', 100, 1), print('09:15:20', 101, 1), print('09:15:05', 99, 1)]);
    expect(forming?.candle).toMatchObject({ open: 99, low: 99, high: 101, close: 101, volume: 3 });
  });

  it('takes the first to come of two prints of one second for the opening, and the last for the close', () => {
    const { forming } = fold([print('09:15:10', 100, 1), print('09:15:10', 101, 1)]);
    expect(forming?.candle).toMatchObject({ open: 100, close: 101 });
  });

  it('ends in the same bar whatever the order of arrival within it', () => {
    const byStamp = (a: Piece, b: Piece) => a.time - b.time;
    const pieces = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 500 })), {
        minLength: 1,
        selector: ([second]) => second,
      })
      .map((given) =>
        given.map(([second, price]) => print(`09:15:${String(second).padStart(2, '0')}`, price, price % 7)),
      );
    const shuffled = pieces.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    fc.assert(
      fc.property(shuffled, (given) => {
        expect(fold(given).forming?.candle).toEqual(fold([...given].sort(byStamp)).forming?.candle);
      }),
    );
  });
});
