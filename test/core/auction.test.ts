import { describe, expect, it } from 'vitest';
import { auctionAt, auctionSpan } from '../../src/core/auction.ts';
import type { Segment } from '../../src/core/instrument.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

function at(text: string, segment: Segment = 'nse-cas') {
  const [date = ''] = text.split(' ');
  const session = nse(segment).session(day(date));
  if (session === undefined) throw new Error(`${date} has no session`);
  return auctionAt(session, ist(text));
}

describe('auctionAt', () => {
  it.each([
    ['2026-08-03 08:59:59.999', undefined],
    ['2026-08-03 09:00', 'pre-open'],
    ['2026-08-03 09:14:59.999', 'pre-open'],
    ['2026-08-03 09:15', undefined],
    ['2026-08-03 15:14:59.999', undefined],
    ['2026-08-03 15:15', 'closing'],
    ['2026-08-03 15:34:59.999', 'closing'],
    ['2026-08-03 15:35', undefined],
    ['2026-07-31 15:15', undefined],
    ['2026-07-31 15:29:59', undefined],
    ['2026-11-08 17:50', 'pre-open'],
    ['2026-11-08 19:14', undefined],
  ])('of a stock with derivatives at %s is %s', (time, kind) => {
    expect(at(time)).toBe(kind);
  });

  it('closes the index with its stocks, and no other stock and no derivative', () => {
    const segments = ['nse-index', 'nse-cash', 'nse-fno'] as const;
    expect(segments.map((segment) => at('2026-08-03 15:20', segment))).toEqual(['closing', undefined, undefined]);
  });
});

describe('auctionSpan', () => {
  it("is the day's own", () => {
    const session = nse().session(day('2026-11-20'));
    if (session === undefined) throw new Error('2026-11-20 has no session');
    expect(auctionSpan(session, 'pre-open')).toEqual({ open: ist('2026-11-20 09:00'), close: ist('2026-11-20 09:15') });
    expect(auctionSpan(session, 'closing')).toEqual({ open: ist('2026-11-20 15:15'), close: ist('2026-11-20 15:35') });
  });
});
