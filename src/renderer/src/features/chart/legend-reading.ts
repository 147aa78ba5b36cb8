import { formatChange, formatNumber, formatPercent, formatPrice } from '../../format/price.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import { formatQuantity } from '../../format/quantity.ts';
import { formatMinute } from '../../format/time.ts';
import type { ChartBar } from './chart-bar.ts';

/** What the legend says of one bar, ready to be written. */
export interface LegendReading {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  /** From the close of the bar before. */
  readonly change: string;
  readonly direction: 'up' | 'down' | 'flat';
  readonly volume: string;
  readonly fast: string;
  readonly slow: string;
  readonly rsi: string;
  /** What the row is where it is no bar: `Closing auction 15:15–15:35`, its price and its volume. */
  readonly auction: string | undefined;
}

export interface ReadingSource {
  readonly bars: readonly ChartBar[];
  readonly fast: readonly (number | undefined)[];
  readonly slow: readonly (number | undefined)[];
  readonly rsi: readonly (number | undefined)[];
  readonly style: PriceStyle;
}

/** Reads the bar at `index`; undefined when there is none. */
export function legendReading(
  { bars, fast, slow, rsi, style }: ReadingSource,
  index: number,
): LegendReading | undefined {
  const bar = bars[index];
  if (bar === undefined) return undefined;
  const from = barBefore(bars, index)?.close ?? bar.open;
  const change = bar.close - from;
  const percent = from === 0 ? undefined : (change / from) * 100;
  return {
    open: formatPrice(bar.open, style),
    high: formatPrice(bar.high, style),
    low: formatPrice(bar.low, style),
    close: formatPrice(bar.close, style),
    change: `${formatChange(change, style)} (${formatPercent(percent)})`,
    direction: change > 0 ? 'up' : change < 0 ? 'down' : 'flat',
    volume: formatQuantity(bar.volume, style.grouping),
    fast: formatPrice(fast[index], style),
    slow: formatPrice(slow[index], style),
    rsi: formatNumber(rsi[index], 1),
    auction: auctionWords(bar, style),
  };
}

/** The bar before a row; auctions do not count. */
function barBefore(bars: readonly ChartBar[], index: number): ChartBar | undefined {
  let before = index - 1;
  while (bars[before]?.auction !== undefined) before -= 1;
  return bars[before];
}

const AUCTION_NAMES = { 'pre-open': 'Pre-open auction', closing: 'Closing auction' } as const;

/** `Closing auction 15:15–15:35  1,413.20  Vol 1.20 L`, without the volume where it is unknown; undefined of a bar. */
function auctionWords({ auction, openTime, close, volume }: ChartBar, style: PriceStyle): string | undefined {
  if (auction === undefined) return undefined;
  const when = `${formatMinute(openTime)}–${formatMinute(auction.closeTime)}`;
  const traded = volume === undefined ? '' : `  Vol ${formatQuantity(volume, style.grouping)}`;
  return `${AUCTION_NAMES[auction.kind]} ${when}  ${formatPrice(close, style)}${traded}`;
}
