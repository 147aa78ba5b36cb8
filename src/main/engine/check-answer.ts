import type { AuctionBar } from '../../core/auction.ts';
import { barCloseTime } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar, Span } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { type BarFault, checkBars } from '../../core/check-bars.ts';
import { foldAuctions } from '../../core/fold-auction.ts';
import { joinSpans, type Spans, subtractSpans } from '../../core/spans.ts';
import type { Timeframe } from '../../core/timeframe.ts';

/** What was asked, and up to where the answer counts. */
interface Asked extends Span {
  readonly timeframe: Timeframe;
}

/** What a venue's answer is worth. */
export interface CheckedAnswer {
  /** Oldest first, each time once. */
  readonly good: readonly Candle[];
  /** What auctions that it tells of from their beginning traded. */
  readonly auctions: readonly AuctionBar[];
  /** Of what it tells: the stretch, less the bars that were refused. */
  readonly known: Spans;
  /** One for each bar that was refused. */
  readonly faults: readonly BarFault[];
}

/** Such a bar was there, and what it says cannot be: of its time nothing is known. */
const UNREADABLE: ReadonlySet<BarFault> = new Set([
  'not-a-number',
  'bad-price',
  'high-below-low',
  'outside-range',
  'bad-volume',
]);

/** Checks bars row by row, whatever their order. Those that open at the stretch's end or later are left out: nobody asked. */
export function checkAnswer(bars: readonly Candle[], asked: Asked, calendar: Calendar, now: EpochMs): CheckedAnswer {
  const { timeframe, open, close } = asked;
  const rows = bars.filter(({ openTime }) => !(openTime >= close));
  const { good, refused } = checkBars(rows, { calendar, timeframe, now });
  const inAuction: Candle[] = [];
  const faults: BarFault[] = [];
  const holes: Span[] = [];
  const told = new Set(good.map(({ openTime }) => openTime));
  for (const { row, reason } of refused) {
    const bar = rows[row];
    if (bar === undefined) continue;
    if (reason === 'in-auction') inAuction.push(bar);
    else faults.push(reason);
    if (UNREADABLE.has(reason) && bar.openTime >= open && !told.has(bar.openTime))
      holes.push({ open: bar.openTime, close: barCloseTime(bar.openTime, timeframe, calendar) });
  }
  const known = faults.includes('wrong-zone') ? [] : subtractSpans([{ open, close }], joinSpans(holes));
  // Of an auction that began before, the answer tells only a part.
  const auctions = foldAuctions(inAuction, calendar).filter(({ openTime }) => openTime >= open);
  return { good, auctions, known, faults };
}
