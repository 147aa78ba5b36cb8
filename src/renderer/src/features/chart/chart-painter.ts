import type { UTCTimestamp } from 'lightweight-charts';
import { isIntraday, type Timeframe } from '../../../../core/timeframe.ts';
import type { BarSeries } from './bar-series.ts';
import type { BarWindow } from './bar-window.ts';
import { faded, readColors } from './chart-colors.ts';
import { candlePoint, linePoint, toSeconds, volumePoint } from './chart-points.ts';
import { applyColors, type ChartParts, createParts, setDecimals } from './create-parts.ts';
import { DrawPriceLine } from './draw-price-line.ts';
import { DrawRsiBands } from './draw-rsi-bands.ts';
import { DrawSessionBreaks } from './draw-session-breaks.ts';
import { DrawSignalMarks, type PlacedMark } from './draw-signal-marks.ts';
import { isNewDay } from './ist-labels.ts';
import type { OverlayLine } from './overlay-line.ts';
import type { SignalMark } from './signal-marks.ts';

/** Everything one chart shows. */
export interface DrawnChart {
  readonly series: BarSeries;
  readonly fast: OverlayLine;
  readonly slow: OverlayLine;
  readonly rsi: OverlayLine;
  readonly timeframe: Timeframe;
  readonly decimals: number;
  readonly tickSize: number;
}

export interface Painter {
  readonly parts: ChartParts;
  /** Sets what depends on the instrument and the timeframe but not on the bars. */
  prepare(chart: DrawnChart): void;
  paintAll(chart: DrawnChart, window: BarWindow): void;
  /** Draws the rows of the window from `from` on; the library changes its last bar or adds one. */
  paintTail(chart: DrawnChart, window: BarWindow, from: number): void;
  mark(marks: readonly SignalMark[]): void;
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
  const breaks = panes.map(() => new DrawSessionBreaks());
  const bands = new DrawRsiBands();
  const marker = new DrawSignalMarks();
  const priceLine = new DrawPriceLine();
  rsi.attachPrimitive(bands);
  panes.forEach((pane, index) => {
    const line = breaks[index];
    if (line !== undefined) pane.attachPrimitive(line);
  });
  candles.attachPrimitive(marker);
  candles.attachPrimitive(priceLine);

  let columns = { rising: '', falling: '' };
  let marks: readonly SignalMark[] = [];
  let last: { readonly price: number; readonly text: string } | undefined;
  let countdown: string | undefined;
  let painted: DrawnChart | undefined;
  let openings: UTCTimestamp[] = [];

  const recolour = (): void => {
    const colors = readColors(host);
    const font = getComputedStyle(host).fontFamily;
    applyColors(parts, colors, font);
    columns = { rising: faded(colors.up, VOLUME_ALPHA), falling: faded(colors.down, VOLUME_ALPHA) };
    bands.recolour(colors);
    marker.recolour(colors);
    priceLine.recolour(colors, font);
    for (const line of breaks) line.recolour(colors.lineStrong);
  };
  const placeMarks = (): void => {
    const placed = marks.flatMap(({ id, openTime, side, forming }): PlacedMark[] => {
      const bar = painted?.series.bars[painted.series.indexOf(openTime)];
      if (bar === undefined) return [];
      return [{ id, time: toSeconds(openTime), side, forming, price: side === 'buy' ? bar.low : bar.high }];
    });
    marker.set(placed);
  };
  const paintBreaks = ({ series, timeframe }: DrawnChart, { from, to }: BarWindow): void => {
    openings = [];
    for (let row = Math.max(1, from); row < to && isIntraday(timeframe); row += 1) {
      const [before, bar] = [series.bars[row - 1], series.bars[row]];
      if (before !== undefined && bar !== undefined && isNewDay(bar.openTime, before.openTime))
        openings.push(toSeconds(bar.openTime));
    }
    for (const line of breaks) line.set(openings);
  };
  const drawPriceLine = (): void => priceLine.set(last && { ...last, countdown });

  recolour();
  return {
    parts,
    prepare({ timeframe, decimals, tickSize }) {
      parts.timeScale.timeframe = timeframe;
      setDecimals(parts, decimals, tickSize);
      // Also makes the library forget the labels of the timeframe before.
      chart.applyOptions({ timeScale: { secondsVisible: true } });
    },
    paintAll(chartNow, window) {
      painted = chartNow;
      const bars = chartNow.series.bars.slice(window.from, window.to);
      const lineOf = ({ values }: OverlayLine) => bars.map((bar, row) => linePoint(bar, values[window.from + row]));
      candles.setData(bars.map(candlePoint));
      volume.setData(bars.map((bar) => volumePoint(bar, columns)));
      fast.setData(lineOf(chartNow.fast));
      slow.setData(lineOf(chartNow.slow));
      rsi.setData(lineOf(chartNow.rsi));
      paintBreaks(chartNow, window);
      placeMarks();
    },
    paintTail(chartNow, window, from) {
      const { bars } = chartNow.series;
      for (let row = from; row < window.to; row += 1) {
        const bar = bars[row];
        if (bar === undefined) continue;
        candles.update(candlePoint(bar));
        volume.update(volumePoint(bar, columns));
        fast.update(linePoint(bar, chartNow.fast.values[row]));
        slow.update(linePoint(bar, chartNow.slow.values[row]));
        rsi.update(linePoint(bar, chartNow.rsi.values[row]));
        if (row > from) paintBreaks(chartNow, window);
      }
      const oldest = bars[from]?.openTime;
      if (oldest !== undefined && marks.some(({ openTime }) => openTime >= oldest)) placeMarks();
    },
    mark(next) {
      marks = next;
      placeMarks();
    },
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
