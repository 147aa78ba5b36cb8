import { barAt } from './bar-time.ts';
import type { EpochMs, InstrumentKey } from './brand.ts';
import type { Calendar } from './calendar.ts';
import type { Candle } from './candle.ts';
import { tidyQuantity } from './tidy-quantity.ts';
import type { Timeframe } from './timeframe.ts';

/** What a bar is made of: a print (open = high = low = close), or a finer bar. */
export interface Piece {
  readonly time: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Quantity traded in it; undefined where the instrument has none. */
  readonly volume: number | undefined;
}

/** The bar being built. */
export interface FormingBar {
  readonly candle: Candle;
  /** The bar ends before this instant. */
  readonly closeTime: EpochMs;
  /** Time of the oldest piece: a newer one does not move the open. */
  readonly firstTime: EpochMs;
  /** Time of the newest piece: an older one no longer moves the close. */
  readonly lastTime: EpochMs;
}

/** Which bars are being built, and by whose hours. */
export interface BarKind {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly calendar: Calendar;
}

/** What became of a piece: it fell beside the bars, moved the forming one, or closed it and began the next. */
export type BarStep =
  | { readonly kind: 'ignored'; readonly reason: 'outside-session' | 'late' }
  | { readonly kind: 'updated'; readonly forming: FormingBar }
  | { readonly kind: 'rolled'; readonly closed: Candle; readonly forming: FormingBar };

/**
 * Folds one piece into the forming bar. Pure: the caller keeps the returned bar.
 *
 * A bar closes when the first piece of a later bar arrives; the engine's session clock closes the day's last
 * bar, and any bar of an instrument that went quiet. A piece for a bar that has closed is `late`. One that is
 * late within the forming bar widens high and low, leaves the close to the newest price and the open to the oldest.
 */
export function foldPiece(forming: FormingBar | undefined, piece: Piece, kind: BarKind): BarStep {
  if (forming !== undefined && piece.time < forming.closeTime) {
    if (piece.time < forming.candle.openTime && !isInPreOpen(piece.time, forming, kind))
      return { kind: 'ignored', reason: 'late' };
    return { kind: 'updated', forming: widen(forming, piece) };
  }
  const span = barAt(piece.time, kind.timeframe, kind.calendar);
  if (span === undefined) return { kind: 'ignored', reason: 'outside-session' };
  const { open, high, low, close, volume } = piece;
  const { instrument, timeframe } = kind;
  const candle = { instrument, timeframe, openTime: span.openTime, open, high, low, close, volume };
  const next: FormingBar = { candle, closeTime: span.closeTime, firstTime: piece.time, lastTime: piece.time };
  if (forming === undefined) return { kind: 'updated', forming: next };
  return { kind: 'rolled', closed: forming.candle, forming: next };
}

/** The pre-open lies before its day's bar and belongs to it all the same. */
function isInPreOpen(time: EpochMs, { candle }: FormingBar, { timeframe, calendar }: BarKind): boolean {
  return barAt(time, timeframe, calendar)?.openTime === candle.openTime;
}

function widen({ candle, closeTime, firstTime, lastTime }: FormingBar, piece: Piece): FormingBar {
  const isOldest = piece.time < firstTime;
  const isNewest = piece.time >= lastTime;
  return {
    candle: {
      instrument: candle.instrument,
      timeframe: candle.timeframe,
      openTime: candle.openTime,
      open: isOldest ? piece.open : candle.open,
      high: Math.max(candle.high, piece.high),
      low: Math.min(candle.low, piece.low),
      close: isNewest ? piece.close : candle.close,
      volume: piece.volume === undefined ? candle.volume : tidyQuantity((candle.volume ?? 0) + piece.volume),
    },
    closeTime,
    firstTime: isOldest ? piece.time : firstTime,
    lastTime: isNewest ? piece.time : lastTime,
  };
}
