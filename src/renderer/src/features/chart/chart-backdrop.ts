import type { IPaneApi, Time } from 'lightweight-charts';
import type { AuctionNow } from './auction-in-progress.ts';
import type { BarWindow } from './bar-window.ts';
import type { ChartBar } from './chart-bar.ts';
import { type ChartColors, faded } from './chart-colors.ts';
import { toSeconds } from './chart-points.ts';
import { DrawAuctions } from './draw-auctions.ts';
import { DrawTimeBreaks } from './draw-time-breaks.ts';
import type { DrawnChart } from './drawn-chart.ts';
import { isNewDay } from './ist-labels.ts';
import { timeBreaks } from './time-breaks.ts';

/** What lies behind the bars of every pane: auctions shaded, days parted, gaps marked. */
export interface ChartBackdrop {
  paint(chart: Pick<DrawnChart, 'series' | 'timeframe'>, window: BarWindow): void;
  auctionNow(auction: AuctionNow | undefined): void;
  recolour(colors: ChartColors): void;
}

const AUCTION_ALPHA = 0.1;

export function createBackdrop(panes: readonly IPaneApi<Time>[]): ChartBackdrop {
  const auctions = panes.map(() => new DrawAuctions());
  const days = panes.map(() => new DrawTimeBreaks([2, 4]));
  const gaps = panes.map(() => new DrawTimeBreaks([1, 3]));
  panes.forEach((pane, index) => {
    for (const drawn of [auctions[index], days[index], gaps[index]])
      if (drawn !== undefined) pane.attachPrimitive(drawn);
  });
  let now: AuctionNow | undefined;
  let rows: readonly ChartBar[] = [];
  let window: BarWindow = { from: 0, to: 0 };

  const paintAuctions = (): void => {
    const held = rows.slice(window.from, window.to).filter(({ auction }) => auction !== undefined);
    const last = window.to === rows.length ? rows.at(-1) : undefined;
    const after = now !== undefined && last !== undefined && !isRowOf(now, last) ? toSeconds(last.openTime) : undefined;
    const times = held.map(({ openTime }) => toSeconds(openTime));
    for (const column of auctions) column.set(times, after);
  };
  return {
    paint(chart, next) {
      rows = chart.series.bars;
      window = next;
      const breaks = timeBreaks(rows, chart.timeframe, window);
      for (const line of days) line.set(breaks.days.map(toSeconds));
      for (const line of gaps) line.set(breaks.gaps.map(toSeconds));
      paintAuctions();
    },
    auctionNow(auction) {
      now = auction;
      paintAuctions();
    },
    recolour(colors) {
      for (const column of auctions) column.recolour(faded(colors.muted, AUCTION_ALPHA));
      for (const line of days) line.recolour(colors.lineStrong);
      for (const line of gaps) line.recolour(colors.warn);
    },
  };
}

/** The engine has told of it already: then it has a row of its own. */
function isRowOf({ kind, until }: AuctionNow, { auction, openTime }: ChartBar): boolean {
  return auction?.kind === kind && !isNewDay(until, openTime);
}
