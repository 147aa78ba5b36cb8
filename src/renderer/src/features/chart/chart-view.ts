import { formatPrice } from '../../format/price.ts';
import type { AuctionNow } from './auction-in-progress.ts';
import { firstAtOrAfter } from './bar-series.ts';
import {
  type BarWindow,
  MARGIN,
  MOST_DRAWN,
  newestWindow,
  slideWindow,
  windowAfterAppend,
  windowAfterPrepend,
} from './bar-window.ts';
import { createPainter } from './chart-painter.ts';
import type { DrawnChart } from './drawn-chart.ts';
import type { SignalMark } from './signal-marks.ts';
import { afterAppend, type RowLimits, rowsFor, spanOf, type VisibleRows, type VisibleSpan } from './visible-span.ts';

export interface ChartViewEvents {
  /** The pointer rests on this bar, or on none. */
  hover(index: number | undefined): void;
  /** The oldest bars are coming into view. */
  nearStart(): void;
  openMark(id: string): void;
  /** The plot was double-clicked. */
  wantReset(): void;
  /** Whether the newest bar is in view. */
  moved(atLatest: boolean): void;
  /** The RSI pane begins so many pixels below the top. */
  laidOut(rsiTop: number): void;
}

export interface ChartView {
  /** Draws another chart, on the same span of time where `span` says so. */
  show(chart: DrawnChart, span?: VisibleSpan): void;
  /** The bars from this row on are new or changed. */
  drawTail(from: number): void;
  /** So many bars were put in front of the series. */
  drawPrepended(count: number): void;
  /** Anything may have changed; what is in view stays in view. */
  drawAgain(): void;
  mark(marks: readonly SignalMark[]): void;
  countDown(text: string | undefined): void;
  auctionNow(auction: AuctionNow | undefined): void;
  recolour(): void;
  /** What is in view, undefined before there is anything. */
  span(): VisibleSpan | undefined;
  rows(): VisibleRows | undefined;
  /** Brings rows of the series into view; they may lie partly beyond its ends. */
  setRows(rows: VisibleRows): void;
  /** Pixels from one bar to the next. */
  spacing(): number;
  /** How many rows a chart may open with: fewer tell nothing, more cannot be told apart. */
  limits(): RowLimits;
  /** Rows at one pixel each, the utmost. */
  mostRows(): number;
  /** The prices' scale follows what is in view again. */
  fitPrices(): void;
  remove(): void;
}

/** More than this at once is quicker drawn anew: it comes from an hour behind another window. */
const MOST_UPDATES = 50;
const FEWEST_ROWS = 60;
const NARROWEST_BAR = 3;

/** Draws bar series on the charting library, which holds a window of them. It knows nothing of engines and stores. */
export function createChartView(host: HTMLElement, events: ChartViewEvents): ChartView {
  const painter = createPainter(host);
  const { chart } = painter.parts;
  const timeScale = chart.timeScale();
  let drawn: DrawnChart | undefined;
  let window: BarWindow = { from: 0, to: 0 };
  /** Rows of the series when it was last drawn. */
  let length = 0;
  let lastTime = 0;
  /** Rows that were asked for: the library goes there with the next frame, and until then speaks of the old ones. */
  let asked: VisibleRows | undefined;
  let settling = false;
  let removed = false;

  const rows = (): VisibleRows | undefined => {
    const range = timeScale.getVisibleLogicalRange();
    if (length === 0 || range === null) return undefined;
    return asked ?? { from: range.from + window.from, to: range.to + window.from };
  };
  const place = (view: VisibleRows): void => {
    asked = view;
    timeScale.setVisibleLogicalRange({ from: view.from - window.from, to: view.to - window.from });
  };
  const measure = (): void => {
    const bars = drawn?.series.bars ?? [];
    length = bars.length;
    lastTime = bars.at(-1)?.openTime ?? 0;
  };
  const paint = (next: BarWindow): void => {
    if (drawn === undefined) return;
    window = next;
    measure();
    painter.paintAll(drawn, window);
  };
  /** Draws another window of the series and keeps, or moves to, what is in view. */
  const repaint = (next: BarWindow, view: VisibleRows | undefined): void => {
    paint(next);
    if (view !== undefined) place(view);
  };
  const showLast = (): void => {
    const last = drawn?.series.bars.at(-1);
    const text = last === undefined ? '' : formatPrice(last.close, drawn?.style);
    painter.priceLine(last === undefined ? undefined : { price: last.close, text });
  };

  /** After the view moved: more bars to the library, or from the engine. */
  const settle = (): void => {
    settling = false;
    const view = rows();
    if (removed || drawn === undefined || view === undefined) return;
    const visible = { from: Math.floor(view.from), to: Math.ceil(view.to) };
    const next = slideWindow(window, visible, length);
    if (next.from !== window.from || next.to !== window.to) repaint(next, view);
    else if (window.from === 0 && visible.from < MARGIN) events.nearStart();
    const atLatest = view.to >= length - 1.5;
    // The wheel zooms about the newest bar where that is in view, about the pointer elsewhere.
    if (timeScale.options().rightBarStaysOnScroll !== atLatest)
      timeScale.applyOptions({ rightBarStaysOnScroll: atLatest });
    events.moved(atLatest);
  };
  timeScale.subscribeVisibleLogicalRangeChange(() => {
    asked = undefined;
    if (settling) return;
    settling = true;
    queueMicrotask(settle);
  });
  chart.subscribeCrosshairMove(({ point, logical }) => {
    if (point === undefined || logical === undefined) events.hover(undefined);
    else events.hover(Math.min(length - 1, Math.max(0, Math.round(logical) + window.from)));
  });
  chart.subscribeClick(({ hoveredInfo }) => {
    if (typeof hoveredInfo?.objectId === 'string') events.openMark(hoveredInfo.objectId);
  });
  chart.subscribeDblClick(events.wantReset);
  const unwatchLayout = painter.watchLayout(events.laidOut);

  const limits = (): RowLimits => ({
    fewest: FEWEST_ROWS,
    most: Math.max(FEWEST_ROWS, Math.floor(timeScale.width() / NARROWEST_BAR)),
  });

  return {
    show(next, span) {
      drawn = next;
      painter.prepare(next);
      paint(newestWindow(next.series.bars.length));
      if (length > 0) place(rowsFor(next.series.bars, span, limits()));
      showLast();
    },
    drawTail(from) {
      if (drawn === undefined) return;
      showLast();
      const followed = window.to === length;
      const view = rows();
      const before = length;
      // The library changes its last bar or adds to it; what lies before must be drawn anew.
      const isTail = from >= length - 1;
      measure();
      if (!followed) return;
      const next = windowAfterAppend(window, length);
      if (!isTail || next.from !== window.from || length - from > MOST_UPDATES) {
        repaint(next, view && afterAppend(view, before, length));
        return;
      }
      window = next;
      painter.paintTail(drawn, window, from);
      // The library would still go to where it was asked to before it knew of these bars.
      if (asked !== undefined && view !== undefined) place(afterAppend(view, before, length));
    },
    drawPrepended(count) {
      const view = rows();
      const next = windowAfterPrepend(window, count);
      repaint(next, view && { from: view.from + count, to: view.to + count });
    },
    drawAgain() {
      const bars = drawn?.series.bars ?? [];
      const view = rows();
      const followed = window.to === length;
      // Bars may have come or gone anywhere: the newest of before tells by how much the rows have moved.
      const last = length - 1;
      const moved = (view !== undefined && view.to >= last - 0.5 ? bars.length - 1 : rowAt(bars, lastTime)) - last;
      const size = window.to - window.from;
      const to = followed ? bars.length : Math.min(bars.length, Math.max(0, window.to + moved));
      const from = Math.max(0, followed ? Math.min(window.from, to - 1) : to - size);
      repaint({ from: Math.max(from, to - MOST_DRAWN), to }, view && { from: view.from + moved, to: view.to + moved });
      showLast();
    },
    mark: painter.mark,
    countDown: painter.countDown,
    auctionNow: painter.auctionNow,
    recolour() {
      painter.recolour();
      if (drawn !== undefined) repaint(window, rows());
    },
    span() {
      const view = rows();
      return drawn === undefined || view === undefined ? undefined : spanOf(drawn.series.bars, view);
    },
    rows,
    setRows(view) {
      const from = Math.max(0, Math.floor(view.from) - 2 * MARGIN);
      const covered = view.from >= window.from && (view.to <= window.to || window.to === length);
      if (covered || length <= MOST_DRAWN) place(view);
      else
        repaint(
          { from: Math.min(from, Math.max(0, length - MOST_DRAWN)), to: Math.min(length, from + MOST_DRAWN) },
          view,
        );
    },
    limits,
    spacing: () => timeScale.options().barSpacing,
    mostRows: () => timeScale.width(),
    fitPrices: () => chart.priceScale('right').applyOptions({ autoScale: true }),
    remove() {
      removed = true;
      unwatchLayout();
      chart.remove();
    },
  };
}

/** Index of the bar that holds `time`; -1 before the first. */
export function rowAt(bars: readonly { readonly openTime: number }[], time: number): number {
  const index = firstAtOrAfter(bars, time);
  return bars[index]?.openTime === time ? index : index - 1;
}
