/** The rows `[from, to)` of a bar series that the chart library holds. */
export interface BarWindow {
  readonly from: number;
  readonly to: number;
}

/** Beyond this many bars the library can no longer draw sixty frames a second. */
export const MOST_DRAWN = 5_000;
/** Rows the window moves by, so that scrolling does not move it at every step. */
const STEP = 1_500;
/** Free bars beyond the visible edge at which it is time to move, or to ask for more. */
export const MARGIN = 150;

/** The newest rows. */
export function newestWindow(length: number, most = MOST_DRAWN): BarWindow {
  return { from: Math.max(0, length - most), to: length };
}

/** `added` rows were put in front of the series: the window now also shows them, and gives up as many on the right. */
export function windowAfterPrepend({ from, to }: BarWindow, added: number, most = MOST_DRAWN): BarWindow {
  const start = Math.max(0, from + added - Math.min(added, STEP));
  return { from: start, to: Math.min(to + added, start + most) };
}

/** One row came at the end: a window that follows the newest bars takes it in, and moves on when it is full. */
export function windowAfterAppend({ from }: BarWindow, length: number, most = MOST_DRAWN): BarWindow {
  if (length - from <= most) return { from, to: length };
  return { from: Math.max(0, length - most + Math.min(STEP, most >> 1)), to: length };
}

/** Moves the window when the visible rows (of the series) come near an end that has more behind it. */
export function slideWindow({ from, to }: BarWindow, visible: BarWindow, length: number, most = MOST_DRAWN): BarWindow {
  if (visible.from - from < MARGIN && from > 0) {
    const start = Math.max(0, from - STEP);
    return { from: start, to: Math.min(to, start + most) };
  }
  if (to - visible.to < MARGIN && to < length) {
    const end = Math.min(length, to + STEP);
    return { from: Math.max(from, end - most), to: end };
  }
  return { from, to };
}
