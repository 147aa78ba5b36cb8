import type { ISeriesPrimitiveBase } from 'lightweight-charts';

/** Types that the library uses in its interfaces but does not export by name. */
export type PaneView = NonNullable<ReturnType<NonNullable<ISeriesPrimitiveBase['paneViews']>>>[number];
type PaneRenderer = NonNullable<ReturnType<PaneView['renderer']>>;
export type PaneTarget = Parameters<PaneRenderer['draw']>[0];
type BitmapScope = Parameters<Parameters<PaneTarget['useBitmapCoordinateSpace']>[0]>[0];
type MediaScope = Parameters<Parameters<PaneTarget['useMediaCoordinateSpace']>[0]>[0];

/** A view that draws in front of the candles. */
export function foreground(draw: (target: PaneTarget) => void, zOrder: 'normal' | 'top' = 'normal'): PaneView {
  return { zOrder: () => zOrder, renderer: () => ({ draw }) };
}

/** A view that draws behind everything but the grid. */
export function background(draw: (target: PaneTarget) => void): PaneView {
  return { renderer: () => ({ draw: () => undefined, drawBackground: draw }) };
}

/** Draws in the canvas's own pixels, for hairlines. */
export function inPixels(target: PaneTarget, draw: (scope: BitmapScope) => void): void {
  // biome-ignore lint/correctness/useHookAtTopLevel: the library's method is not a React hook.
  target.useBitmapCoordinateSpace(draw);
}

/** Draws in CSS pixels, for text and shapes. */
export function inCssPixels(target: PaneTarget, draw: (scope: MediaScope) => void): void {
  // biome-ignore lint/correctness/useHookAtTopLevel: the library's method is not a React hook.
  target.useMediaCoordinateSpace(draw);
}

/** The middle of the pixel nearest to `at` CSS pixels, where a line of `width` pixels is sharp. */
export function crisp(at: number, ratio: number, width: number): number {
  return Math.round(at * ratio) + (width % 2) / 2;
}
