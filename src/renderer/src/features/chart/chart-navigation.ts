import type { ChartView } from './chart-view.ts';
import { ROOM, type VisibleRows } from './visible-span.ts';

type Navigable = Pick<ChartView, 'rows' | 'setRows' | 'mostRows' | 'fitPrices'>;

/** A small step, and one that leaves a little of what was seen. */
const STEP = 0.1;
const PAGE = 0.9;
const ZOOM = 1.25;
const FEWEST_ROWS = 10;

/** Moves the view by a part of its width; negative is towards the past. Half of it stays filled with bars. */
export function pan(view: Navigable, part: number, length: number): void {
  const rows = view.rows();
  if (rows === undefined) return;
  const half = (rows.to - rows.from) / 2;
  const wanted = rows.from + (Math.round(2 * half * part) || Math.sign(part));
  const from = Math.max(-half, Math.min(length - half, wanted));
  view.setRows({ from, to: from + 2 * half });
}

/** Shows `factor` times as many bars: about the newest one where it is in view, about the middle elsewhere. */
export function zoom(view: Navigable, factor: number, length: number): void {
  const rows = view.rows();
  if (rows === undefined) return;
  const width = rows.to - rows.from;
  const wanted = Math.min(view.mostRows(), Math.max(FEWEST_ROWS, width * factor));
  const fixed = rows.to >= length - 1.5 ? 1 : 0.5;
  const from = rows.from + (width - wanted) * fixed;
  view.setRows({ from, to: from + wanted });
}

/** The oldest bars there are. Older ones load when they come into view. */
export function toStart(view: Navigable): void {
  const rows = view.rows();
  if (rows !== undefined) view.setRows({ from: 0, to: rows.to - rows.from });
}

/** The newest bar, as closely as now. */
export function toLatest(view: Navigable, length: number): void {
  const rows = view.rows();
  if (rows === undefined) return;
  const to = length - 1 + ROOM;
  view.setRows({ from: to - (rows.to - rows.from), to });
}

/** The newest bars at the usual width, on a price scale that fits. */
export function reset(view: Navigable, usual: VisibleRows): void {
  view.setRows(usual);
  view.fitPrices();
}

export interface ChartKeys {
  readonly view: Navigable;
  /** Bars of the series. */
  length(): number;
  usualRows(): VisibleRows;
}

/** Does what a key says and tells whether it said anything. */
export function pressKey({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>, chart: ChartKeys): boolean {
  const { view } = chart;
  const step = shiftKey ? PAGE : STEP;
  switch (key) {
    case 'ArrowLeft':
      pan(view, -step, chart.length());
      return true;
    case 'ArrowRight':
      pan(view, step, chart.length());
      return true;
    case 'PageUp':
      pan(view, -PAGE, chart.length());
      return true;
    case 'PageDown':
      pan(view, PAGE, chart.length());
      return true;
    case '+':
    case '=':
    case 'ArrowUp':
      zoom(view, 1 / ZOOM, chart.length());
      return true;
    case '-':
    case 'ArrowDown':
      zoom(view, ZOOM, chart.length());
      return true;
    case 'Home':
      toStart(view);
      return true;
    case 'End':
      toLatest(view, chart.length());
      return true;
    case 'r':
    case 'R':
      reset(view, chart.usualRows());
      return true;
    default:
      return false;
  }
}
