import { type BarDifference, barsDiffer, valuesOf } from '../../core/bar-difference.ts';
import { barCloseTime } from '../../core/bar-time.ts';
import { type InstrumentKey, SECOND_MS } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import { candlesOf } from '../../core/candle-columns.ts';
import { AppError } from '../../core/errors.ts';
import type { Archive } from './archive.ts';
import type { Clock } from './ports.ts';
import type { Track } from './track.ts';

/** Only these are checked: every longer bar is made of them. */
export const CHECKED_TIMEFRAME = '1m';
/** Our own bar of the same minute may close a moment after the venue's. */
const SETTLE_MS = 2 * SECOND_MS;

export interface BarCheckParts {
  readonly venue: string;
  readonly tracks: ReadonlyMap<InstrumentKey, Track>;
  readonly archive: Pick<Archive, 'loadAsTraded'>;
  /** The exchange's clock. */
  readonly clock: Clock;
  readonly stop: AbortSignal;
  onDifference(difference: BarDifference): void;
  onTrouble(error: AppError): void;
}

/** Holds what a venue streams as its own bars against those that were built here of its ticks. */
export class BarCheck {
  readonly #parts: BarCheckParts;
  #compared = 0;

  constructor(parts: BarCheckParts) {
    this.#parts = parts;
  }

  /** Minutes that were held against ours. */
  get compared(): number {
    return this.#compared;
  }

  /** The venue's own bar. A running one says nothing yet. */
  take(candle: Candle, closed: boolean): void {
    const { tracks, clock, stop, onTrouble } = this.#parts;
    const track = tracks.get(candle.instrument);
    if (!closed || candle.timeframe !== CHECKED_TIMEFRAME || track === undefined) return;
    clock.after(SETTLE_MS, () => {
      if (stop.aborted) return;
      // From a timer: a disk that cannot be read must not end the app.
      try {
        this.#compare(track, candle);
      } catch (thrown) {
        onTrouble(AppError.from(thrown));
      }
    });
  }

  #compare(track: Track, theirs: Candle): void {
    const { archive, venue, clock, onDifference } = this.#parts;
    const { key, tickSize } = track.instrument;
    const close = barCloseTime(theirs.openTime, CHECKED_TIMEFRAME, track.calendar);
    // What the feed did not tell whole is repaired from history, and proves nothing against the venue.
    if (!track.coverage.isWhole(theirs.openTime, close)) return;
    const columns = archive.loadAsTraded(key, CHECKED_TIMEFRAME, track.calendar, theirs.openTime, close);
    const [ours] = candlesOf(columns, key, CHECKED_TIMEFRAME);
    if (ours === undefined) return;
    this.#compared += 1;
    const values = { ours: valuesOf(ours), theirs: valuesOf(theirs) };
    if (!barsDiffer(values.ours, values.theirs, tickSize)) return;
    const { instrument, timeframe, openTime } = theirs;
    onDifference({ instrument, timeframe, openTime, venue, at: clock.now(), ...values });
  }
}
