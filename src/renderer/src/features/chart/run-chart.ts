import type { EpochMs } from '../../../../core/brand.ts';
import type { AuctionNow } from './auction-in-progress.ts';
import { type ChartKeys, pressKey, reset, toLatest } from './chart-navigation.ts';
import type { ChartPhase } from './chart-phase.tsx';
import { type ChartView, type ChartViewEvents, createChartView, rowAt } from './chart-view.ts';
import type { DrawnChart } from './drawn-chart.ts';
import { type BarSource, type ChartKey, type FollowedBars, followBars } from './follow-bars.ts';
import { type LegendReading, legendReading } from './legend-reading.ts';
import type { SignalMark } from './signal-marks.ts';
import { rowsFor, type VisibleRows, type VisibleSpan } from './visible-span.ts';

export interface RunningChart {
  /** Shows another chart. What was in view stays in view, unless `lookAt` names a bar to be seen. */
  open(
    key: ChartKey,
    chart: DrawnChart,
    request: { readonly bars: number; readonly lookAt?: EpochMs | undefined },
  ): void;
  /** What the next chart should show. */
  span(): VisibleSpan | undefined;
  /** Brings a bar into view; false when it is not among those loaded. */
  showBar(openTime: EpochMs): boolean;
  mark(marks: readonly SignalMark[]): void;
  countDown(text: string | undefined): void;
  /** An auction goes on behind the newest bar. */
  auctionNow(auction: AuctionNow | undefined): void;
  recolour(): void;
  /** Opening time of the bar that forms now. */
  formingSince(): EpochMs | undefined;
  press(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean;
  toLatest(): void;
  reset(): void;
  retry(): void;
  stop(): void;
}

export interface ChartOutput extends Pick<ChartViewEvents, 'moved' | 'laidOut' | 'openMark'> {
  phase(phase: ChartPhase): void;
  /** The bar the legend tells of: under the pointer, or the newest. */
  read(reading: LegendReading | undefined): void;
  /** The newest bar, each time another one has closed or another chart has opened. */
  tell(key: ChartKey, reading: LegendReading | undefined): void;
  notify(message: string): void;
}

/** Shorter waits pass unseen. */
const LOADING_AFTER_MS = 150;

/** Runs the one chart of the page: bars from `source`, drawn in `host`, told to `output`. */
export function runChart(host: HTMLElement, source: BarSource, output: ChartOutput): RunningChart {
  let chart: DrawnChart | undefined;
  let key: ChartKey | undefined;
  let followed: FollowedBars | undefined;
  /** The chart that `key` names is drawn, perhaps without a bar; before that, the one before it still is. */
  let drawn = false;
  let hovered: number | undefined;
  let dirtyFrom: number | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** The span somebody chose to look at, and the rows that were made of it. */
  let wish: VisibleSpan | undefined;
  let placed: Placement | undefined;

  const readingAt = (index: number): LegendReading | undefined =>
    chart && legendReading({ ...chart, bars: chart.series.bars, ...valuesOf(chart) }, index);
  const newest = (): number => (chart?.series.bars.length ?? 0) - 1;
  /** The newest that is no auction: what the legend tells of while nobody points. */
  const newestBar = (): number => chart?.series.bars.findLastIndex(({ auction }) => auction === undefined) ?? -1;
  const read = (): void => output.read(readingAt(hovered ?? newestBar()));
  const tell = (): void => {
    if (key !== undefined) output.tell(key, readingAt(newestBar()));
  };

  const usualRows = (): VisibleRows => rowsFor(chart?.series.bars ?? [], undefined, view.limits());
  const view: ChartView = createChartView(host, {
    ...output,
    hover(index) {
      hovered = index;
      read();
    },
    nearStart: () => followed?.older(),
    wantReset: () => reset(view, usualRows()),
  });
  const placement = (): Placement | undefined => {
    const rows = view.rows();
    return rows && { spacing: view.spacing(), to: rows.to, atLatest: rows.to >= newest() - 0.5 };
  };
  /**
   * What to show on the next chart. A change of timeframe can show a span only roughly, so as long as nobody has
   * moved the view since, the span first wished for counts: there and back again is where one was.
   */
  const wished = (): VisibleSpan | undefined => {
    const now = placement();
    // Not placed yet: nobody can have moved it.
    if (wish === undefined || (placed !== undefined && now !== undefined && isMoved(placed, now)))
      wish = view.span() ?? wish;
    return wish;
  };
  const bringIntoView = (openTime: EpochMs): boolean => {
    const rows = view.rows();
    const bars = chart?.series.bars ?? [];
    const row = rowAt(bars, openTime);
    if (!drawn || rows === undefined || bars[row] === undefined) return false;
    if (row >= rows.from + 1 && row <= rows.to - 1) return true;
    const half = (rows.to - rows.from) / 2;
    view.setRows({ from: row - half, to: row + half });
    return true;
  };
  const settled = (): void => {
    clearTimeout(waiting);
    output.phase(newest() < 0 ? { kind: 'empty' } : { kind: 'drawn' });
    read();
  };
  /** Bars that changed within one frame are drawn together, before it is painted. */
  const flush = (): void => {
    if (dirtyFrom === undefined) return;
    const from = dirtyFrom;
    dirtyFrom = undefined;
    view.drawTail(from);
    read();
  };

  const drawAgain = (): void => {
    dirtyFrom = undefined;
    view.drawAgain();
  };

  const open: RunningChart['open'] = (nextKey, next, { bars, lookAt }) => {
    followed?.stop();
    clearTimeout(waiting);
    const span = wished();
    drawn = false;
    key = nextKey;
    chart = next;
    hovered = undefined;
    dirtyFrom = undefined;
    const mine = next;
    const show = (): void => {
      drawn = true;
      view.show(mine, lookAt === undefined ? span : undefined);
      if (lookAt !== undefined) bringIntoView(lookAt);
      // The library is there with the next frame.
      placed = undefined;
      requestAnimationFrame(() => {
        if (chart === mine) placed = placement();
      });
      settled();
      tell();
    };
    waiting = setTimeout(() => {
      output.phase({ kind: 'loading' });
      // The numbers of the chart before must not stand below the name of this one.
      read();
    }, LOADING_AFTER_MS);
    const events = {
      loaded(again: boolean) {
        if (!again || !drawn) show();
        else drawAgain();
        settled();
      },
      prepended(count: number) {
        dirtyFrom = undefined;
        if (count > 0) view.drawPrepended(count);
        if (placed !== undefined) placed = { ...placed, to: placed.to + count };
        read();
      },
      corrected() {
        drawAgain();
        read();
      },
      changed(from: number) {
        // The first bar of a chart that had none.
        if (mine.series.bars.length === 1) {
          show();
          return;
        }
        if (dirtyFrom === undefined) queueMicrotask(flush);
        dirtyFrom = Math.min(dirtyFrom ?? from, from);
        if (from < mine.series.bars.length - 1) tell();
      },
      failed(message: string) {
        clearTimeout(waiting);
        if (drawn) {
          output.notify(message);
          return;
        }
        view.show(mine);
        output.phase({ kind: 'failed', message });
        read();
      },
    };
    followed = followBars(source, nextKey, mine.series, events, bars);
  };

  const keys: ChartKeys = { view, length: () => newest() + 1, usualRows };
  return {
    open,
    span: wished,
    showBar: bringIntoView,
    mark: view.mark,
    countDown: view.countDown,
    auctionNow: view.auctionNow,
    recolour: view.recolour,
    formingSince: () => (drawn && chart?.series.forming ? chart.series.bars.at(-1)?.openTime : undefined),
    press: (event) => drawn && pressKey(event, keys),
    toLatest: () => toLatest(view, newest() + 1),
    reset: () => reset(view, usualRows()),
    retry: () => followed?.reload(),
    stop() {
      followed?.stop();
      clearTimeout(waiting);
      view.remove();
    },
  };
}

interface Placement {
  /** Pixels a bar: what zooming changes, and a resized window does not. */
  readonly spacing: number;
  /** The right edge, in rows. */
  readonly to: number;
  readonly atLatest: boolean;
}

/** Whether somebody moved or zoomed the view. New bars move it along, which does not count. */
function isMoved(before: Placement, now: Placement): boolean {
  if (Math.abs(now.spacing / before.spacing - 1) > 0.01) return true;
  return before.atLatest ? !now.atLatest : Math.abs(now.to - before.to) > 0.5;
}

function valuesOf({ fast, slow, rsi }: DrawnChart) {
  return { fast: fast.values, slow: slow.values, rsi: rsi.values };
}
