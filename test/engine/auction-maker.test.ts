import { describe, expect, it } from 'vitest';
import type { AuctionKind } from '../../src/core/auction.ts';
import { AuctionMaker } from '../../src/main/engine/auction-maker.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY } from '../support/tape.ts';

const DATE = day('2026-11-20');

function maker(date = DATE) {
  const session = nse().session(date);
  if (session === undefined) throw new Error(`${date} has no session`);
  const auctions = new AuctionMaker(INFY.key);
  const push = (time: string, price: number, volume: number | undefined, kind: AuctionKind = 'closing') =>
    auctions.push(
      { time: ist(`${date} ${time}`), open: price, high: price, low: price, close: price, volume },
      kind,
      session,
    );
  return { auctions, push };
}

describe('AuctionMaker, of a stock', () => {
  it('gathers what was traded into one bar that begins with the auction', () => {
    const { push } = maker();
    expect(push('15:31:00', 101, 40)).toMatchObject({ open: 101, volume: 40, openTime: ist(`${DATE} 15:15`) });
    expect(push('15:32:00', 101, 60)).toEqual({
      instrument: INFY.key,
      date: DATE,
      kind: 'closing',
      openTime: ist(`${DATE} 15:15`),
      open: 101,
      high: 101,
      low: 101,
      close: 101,
      volume: 100,
    });
  });

  it('takes a repeated price for no trade, however it differs', () => {
    const { auctions, push } = maker();
    auctions.see(100);
    expect([push('15:20:00', 100, 0), push('15:25:00', 102, 0)]).toEqual([undefined, undefined]);
  });

  it('keeps the two auctions of a day, and those of two days, apart', () => {
    const { auctions, push } = maker();
    push('09:08:00', 99, 5_000, 'pre-open');
    expect(push('15:31:00', 101, 40)).toMatchObject({ kind: 'closing', volume: 40, low: 101 });
    const next = day('2026-11-23');
    const session = nse().session(next);
    if (session === undefined) throw new Error('2026-11-23 has no session');
    const piece = { time: ist(`${next} 15:31`), open: 90, high: 90, low: 90, close: 90, volume: 7 };
    expect(auctions.push(piece, 'closing', session)).toMatchObject({ date: next, high: 90, volume: 7 });
  });

  it('forgets what it gathered when the venue counts anew', () => {
    const { auctions, push } = maker();
    push('09:01:00', 95, 900_000, 'pre-open');
    auctions.startOver();
    expect(push('09:08:00', 99, 5_000, 'pre-open')).toMatchObject({ low: 99, volume: 5_000 });
  });
});

describe('AuctionMaker, of an index', () => {
  it('takes a frozen value for no print, and a moved one for its open', () => {
    const { auctions, push } = maker();
    auctions.see(25_000);
    expect([push('15:15:01', 25_000, undefined), push('15:20:00', 25_000, undefined)]).toEqual([undefined, undefined]);
    expect(push('15:31:00', 25_010, undefined)).toMatchObject({ open: 25_010, high: 25_010, low: 25_010 });
    expect(push('15:32:00', 25_005, undefined)).toMatchObject({ open: 25_010, low: 25_005, close: 25_005 });
    expect(push('15:33:00', 25_005, undefined), 'frozen again').toBeUndefined();
  });

  it('does not know whether the first value it ever sees has moved', () => {
    const { push } = maker();
    expect(push('15:20:00', 25_000, undefined)).toBeUndefined();
  });
});
