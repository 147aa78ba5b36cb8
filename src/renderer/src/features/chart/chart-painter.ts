import type { AuctionNow } from './auction-in-progress.ts';
import type { BarWindow } from './bar-window.ts';
import { createBackdrop } from './chart-backdrop.ts';
import { faded, readColors } from './chart-colors.ts';
import { candlePoint, linePoint, type RowColors, toSeconds, volumePoint } from './chart-points.ts';
import { applyColors, type ChartParts, createParts, setPriceStyle } from './create-parts.ts';
import { DrawPriceLine } from './draw-price-line.ts';
import { DrawRsiBands } from './draw-rsi-bands.ts';
import { DrawSignalMarks, type PlacedMark } from './draw-signal-marks.ts';
import type { DrawnChart } from './drawn-chart.ts';
import type { OverlayLine } from './overlay-line.ts';
import { shownVolume } from './shown-volume.ts';
import type { SignalMark } from './signal-marks.ts';

export interface Painter {
  readonly parts: ChartParts;
  /** Sets what depends on the instrument and the timeframe but not on the bars. */
  prepare(chart: DrawnChart): void;
  paintAll(chart: DrawnChart, window: BarWindow): void;
  /** Draws the rows of the window from `from` on; the library changes its last bar or adds one. */
  paintTail(chart: DrawnChart, window: BarWindow, from: number): void;
  mark(marks: readonly SignalMark[]): void;
  /** An auction goes on behind the newest row. */
  auctionNow(auction: AuctionNow | undefined): void;
  priceLine(line: { readonly price: number; readonly text: string } | undefined): void;
  countDown(text: string | undefined): void;
  recolour(): void;
  watchLayout(onLayout: (rsiTop: number) => void): () => void;
}

const VOLUME_ALPHA = 0.24;

/** Turns rows into what the charting library draws. */
export function createPainter(host: HTMLElement): Painter {
  const parts = createParts(host);
  const { chart, candles, volume, fast, slow, rsi } = parts;
  const panes = chart.panes();
  const backdrop = createBackdrop(panes);
  const bands = new DrawRsiBands();
  const marker = new DrawSignalMarks();
  const priceLine = new DrawPriceLine();
  rsi.attachPrimitive(bands);
  candles.attachPrimitive(marker);
  candles.attachPrimitive(priceLine);

  let rowColors: RowColors = { rising: '', falling: '', auction: '', auctionVolume: '' };
  let marks: readonly SignalMark[] = [];
  let last: { readonly price: number; readonly text: string } | undefined;
  let countdown: string | undefined;
  let painted: DrawnChart | undefined;

  const recolour = (): void => {
    const colors = readColors(host);
    const font = getComputedStyle(host).fontFamily;
    applyColors(parts, colors, font);
    rowColors = {
      rising: faded(colors.up, VOLUME_ALPHA),
      falling: faded(colors.down, VOLUME_ALPHA),
      auction: colors.muted,
      auctionVolume: faded(colors.muted, VOLUME_ALPHA),
    };
    bands.recolour(colors);
    marker.recolour(colors);
    priceLine.recolour(colors, font);
    backdrop.recolour(colors);
  };
  const placeMarks = (): void => {
    const placed = marks.flatMap(({ id, openTime, side, forming }): PlacedMark[] => {
      const bar = painted?.series.bars[painted.series.indexOf(openTime)];
      if (bar === undefined) return [];
      return [{ id, time: toSeconds(openTime), side, forming, price: side === 'buy' ? bar.low : bar.high }];
    });
    marker.set(placed);
  };
  const drawPriceLine = (): void => priceLine.set(last && { ...last, countdown });

  recolour();
  return {
    parts,
    prepare({ timeframe, style, tickSize }) {
      parts.timeScale.timeframe = timeframe;
      setPriceStyle(parts, style, tickSize);
      // Also makes the library forget the labels of the timeframe before.
      chart.applyOptions({ timeScale: { secondsVisible: true } });
    },
    paintAll(chartNow, window) {
      painted = chartNow;
      const rows = chartNow.series.bars;
      const bars = rows.slice(window.from, window.to);
      const lineOf = ({ values }: OverlayLine) => bars.map((bar, row) => linePoint(bar, values[window.from + row]));
      candles.setData(bars.map((bar) => candlePoint(bar, rowColors)));
      volume.setData(bars.map((bar, row) => volumePoint(bar, shownVolume(rows, window.from + row), rowColors)));
      fast.setData(lineOf(chartNow.fast));
      slow.setData(lineOf(chartNow.slow));
      rsi.setData(lineOf(chartNow.rsi));
      backdrop.paint(chartNow, window);
      placeMarks();
    },
    paintTail(chartNow, window, from) {
      const { bars } = chartNow.series;
      for (let row = from; row < window.to; row += 1) {
        const bar = bars[row];
        if (bar === undefined) continue;
        candles.update(candlePoint(bar, rowColors));
        volume.update(volumePoint(bar, shownVolume(bars, row), rowColors));
        fast.update(linePoint(bar, chartNow.fast.values[row]));
        slow.update(linePoint(bar, chartNow.slow.values[row]));
        rsi.update(linePoint(bar, chartNow.rsi.values[row]));
        if (row > from) backdrop.paint(chartNow, window);
      }
      const oldest = bars[from]?.openTime;
      if (oldest !== undefined && marks.some(({ openTime }) => openTime >= oldest)) placeMarks();
    },
    mark(next) {
      marks = next;
      placeMarks();
    },
    auctionNow: backdrop.auctionNow,
    priceLine(line) {
      last = line;
      drawPriceLine();
    },
    countDown(text) {
      countdown = text;
      drawPriceLine();
    },
    recolour,
    watchLayout(onLayout) {
      const upper = panes[0]?.getHTMLElement();
      if (upper == null) return () => undefined;
      const observer = new ResizeObserver(() => onLayout(upper.getBoundingClientRect().height));
      observer.observe(upper);
      return () => observer.disconnect();
    },
  };
}
