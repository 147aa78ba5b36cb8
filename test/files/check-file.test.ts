import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { MINUTE_MS } from '../../src/core/brand.ts';
import type { Segment } from '../../src/core/instrument.ts';
import { checkFile } from '../../src/main/files/check-file.ts';
import type { FileRow } from '../../src/main/files/read-bars.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const INFY = 'NSE:INFY' as InstrumentKey;

function row(time: string, volume: number | undefined, close = 101, line = 2): FileRow {
  return { openTime: ist(time), open: 100, high: 102, low: 99, close, volume, line, instrument: undefined };
}

function check(rows: readonly FileRow[], now = '2026-08-04 08:00', segment: Segment = 'nse-cas') {
  return checkFile(rows, { instrument: INFY, segment, timeframe: '1m', calendar: nse(segment), now: ist(now) });
}

describe('rows within auctions', () => {
  const auction = [row('2026-08-03 15:16', 20, 102), row('2026-08-03 15:15', 10), row('2026-08-03 09:08', 5)];

  it('become one bar a day and kind, whatever their order', () => {
    const checked = check(auction);
    expect(checked).toMatchObject({ candles: [], refused: [], duplicates: 0, auctionRows: 3, quietRows: 0 });
    expect(checked.auctions).toEqual([
      { ...values(101, 5), kind: 'pre-open', openTime: ist('2026-08-03 09:00') },
      { ...values(102, 30), kind: 'closing', openTime: ist('2026-08-03 15:15') },
    ]);
  });

  it('without a trade make none', () => {
    expect(check([row('2026-08-03 15:15', 0)])).toMatchObject({
      auctions: [],
      auctionRows: 0,
      quietRows: 1,
      refused: [],
    });
  });

  it('count once, and the first of two that contradict each other stands', () => {
    const [first] = auction;
    const checked = check([...auction, ...(first === undefined ? [] : [first]), row('2026-08-03 15:16', 99, 99, 7)]);
    expect(checked).toMatchObject({
      duplicates: 1,
      auctionRows: 3,
      refused: [{ reason: 'contradiction', lines: [7] }],
    });
    expect(checked.auctions[1]).toMatchObject({ close: 102, volume: 30 });
  });

  it('wait until it is over', () => {
    const checked = check(auction, '2026-08-03 15:30');
    expect(checked.auctions).toMatchObject([{ kind: 'pre-open' }]);
    expect(checked.refused).toEqual([{ reason: 'future', lines: [2, 2] }]);
  });

  it('tell no volume of an index', () => {
    const still = { ...row('2026-08-03 15:15', 0), open: 101, high: 101, low: 101 };
    const moved = row('2026-08-03 15:20', 0);
    expect(check([still, moved], '2026-08-04 08:00', 'nse-index')).toMatchObject({
      quietRows: 1,
      auctions: [{ kind: 'closing', close: 101, volume: undefined }],
    });
  });

  it('stay refused where a bar would reach into trading', () => {
    const rows = [row('2026-08-03 09:14', 5)].map((each) => ({ ...each, openTime: each.openTime + MINUTE_MS / 2 }));
    expect(check(rows)).toMatchObject({ auctions: [], refused: [{ reason: 'off-grid', lines: [2] }] });
  });
});

function values(close: number, volume: number) {
  return { instrument: INFY, date: '2026-08-03', open: 100, high: 102, low: 99, close, volume };
}
