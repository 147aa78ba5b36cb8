/** Size of the small line, in CSS pixels. */
export const SPARKLINE = { width: 28, height: 16 } as const;
const MARGIN = 1.5;

/** The closes as an SVG path that fills its box; a single or unchanging price lies in the middle. */
export function sparklinePath(closes: readonly number[], width: number, height: number): string {
  if (closes.length === 0) return '';
  const low = Math.min(...closes);
  const high = Math.max(...closes);
  const step = width / Math.max(1, closes.length - 1);
  const y = (close: number): number =>
    high === low ? height / 2 : MARGIN + ((high - close) / (high - low)) * (height - 2 * MARGIN);
  const points = closes.map((close, index) => `${(index * step).toFixed(1)} ${y(close).toFixed(1)}`);
  if (points.length === 1) return `M0 ${y(low).toFixed(1)}H${width}`;
  return `M${points.join('L')}`;
}
