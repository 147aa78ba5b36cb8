import type { Indicator } from '../../../../core/indicators/indicator.ts';

/** One indicator along the bars of a chart. */
export interface OverlayLine {
  /** A value for every bar, the forming one included; undefined where the indicator has none. */
  readonly values: readonly (number | undefined)[];
  /** Forgets all bars. */
  clear(): void;
  /** The next bar closed here. Replaces what was previewed for it. */
  close(price: number): void;
  /** The next row is no bar of trading: it has no value, and is not remembered. */
  skip(): void;
  /** The next bar stands here for now. Nothing of it is remembered. */
  preview(price: number): void;
}

/** Runs `start` over closes as they come. The forming bar is read from the moment after it, which is then let go. */
export function overlayLine(start: Indicator): OverlayLine {
  const values: (number | undefined)[] = [];
  let now = start;
  let closed = 0;
  return {
    values,
    clear() {
      values.length = 0;
      now = start;
      closed = 0;
    },
    close(price) {
      now = now.next(price);
      values[closed] = now.value;
      closed += 1;
    },
    skip() {
      values[closed] = undefined;
      closed += 1;
    },
    preview(price) {
      values[closed] = now.next(price).value;
    },
  };
}
