import type { CandleTable } from '../../../../contract/commands.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import type { Candle } from '../../../../core/candle.ts';
import type { ChartBar } from './chart-bar.ts';

/** A table's closed bars with its auctions among them, oldest first. */
export function tableRows(table: CandleTable): ChartBar[] {
  const bars = barsOf(table);
  const taken = new Set<number>(bars.map(({ openTime }) => openTime));
  const auctions = auctionRows(table).filter(({ openTime }) => !taken.has(openTime));
  return auctions.length === 0 ? bars : [...bars, ...auctions].sort((a, b) => a.openTime - b.openTime);
}

export function toBar({ openTime, open, high, low, close, volume }: Candle): ChartBar {
  // Across the web door an unknown volume may arrive as null.
  return { openTime, open, high, low, close, volume: volume ?? undefined };
}

function auctionRows({ auctions }: CandleTable): readonly ChartBar[] {
  return auctions.map(({ kind, openTime, closeTime, open, high, low, close, volume }) => ({
    ...{ openTime, open, high, low, close, volume: volume ?? undefined },
    auction: { kind, closeTime },
  }));
}

function barsOf({ openTime, open, high, low, close, volume }: CandleTable): ChartBar[] {
  return openTime.map((time, index) => ({
    openTime: time as EpochMs,
    // The columns have one length, so what holds for the time holds for the rest.
    open: open[index] as number,
    high: high[index] as number,
    low: low[index] as number,
    close: close[index] as number,
    volume: volume[index] ?? undefined,
  }));
}
