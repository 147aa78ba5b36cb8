import type { FakeRow } from './kucoin-messages.ts';
import type { FakeSymbol } from './kucoin-symbols.ts';

/** Source: the table of candle types in docs/wire-formats/kucoin.md. Months are made 30 days long. */
export const FAKE_SECONDS: Readonly<Record<string, number>> = {
  '1min': 60,
  '3min': 180,
  '5min': 300,
  '15min': 900,
  '30min': 1_800,
  '1hour': 3_600,
  '2hour': 7_200,
  '4hour': 14_400,
  '6hour': 21_600,
  '8hour': 28_800,
  '12hour': 43_200,
  '1day': 86_400,
  '1week': 604_800,
  '1month': 2_592_000,
};

const MOST_ROWS = 1_500;
/** Mondays are counted from one: the epoch was a Thursday. */
const FIRST_MONDAY = 4 * 86_400;

export interface CandleQuestion {
  readonly symbol: FakeSymbol;
  readonly type: string;
  /** Seconds; 0 is open. */
  readonly startAt: number;
  readonly endAt: number;
  /** Milliseconds. */
  readonly now: number;
  /** Whether the end counts, on which the documents contradict each other. */
  readonly endCounts: boolean;
  /** Laid down by a test, in whatever order. */
  readonly laidDown: readonly FakeRow[] | undefined;
}

/** Newest first, at most 1,500, the running one included. */
export function answerCandles({ symbol, type, startAt, endAt, now, endCounts, laidDown }: CandleQuestion): FakeRow[] {
  const seconds = FAKE_SECONDS[type] ?? 60;
  const last = Math.min(Math.floor(now / 1_000), endAt === 0 ? Number.POSITIVE_INFINITY : endAt - (endCounts ? 0 : 1));
  if (laidDown !== undefined)
    return laidDown
      .filter(([start]) => Number(start) >= startAt && Number(start) <= last)
      .toSorted((a, b) => Number(b[0]) - Number(a[0]))
      .slice(0, MOST_ROWS);
  const rows: FakeRow[] = [];
  const anchor = type === '1week' ? FIRST_MONDAY : 0;
  let start = anchor + Math.floor((last - anchor) / seconds) * seconds;
  for (; start >= startAt && start > 0 && rows.length < MOST_ROWS; start -= seconds)
    rows.push(madeUpRow(symbol, start, seconds));
  return rows;
}

/** The same for ever: a price that swings around the instrument's own. */
export function madeUpRow({ price, priceIncrement }: FakeSymbol, start: number, seconds: number): FakeRow {
  const digits = (priceIncrement.split('.')[1] ?? '').length;
  const at = (time: number): number => price * (1 + 0.01 * Math.sin(time / 7_000));
  const [open, close] = [at(start), at(start + seconds)];
  const volume = 1 + (start % 977) / 100;
  return [
    `${start}`,
    open.toFixed(digits),
    close.toFixed(digits),
    (Math.max(open, close) * 1.001).toFixed(digits),
    (Math.min(open, close) * 0.999).toFixed(digits),
    volume.toFixed(8),
    (volume * open).toFixed(9),
  ];
}
