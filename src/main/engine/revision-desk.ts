import { valuesOf } from '../../core/bar-difference.ts';
import { barAt, barCloseTime } from '../../core/bar-time.ts';
import { type EpochMs, type InstrumentKey, MINUTE_MS } from '../../core/brand.ts';
import type { Span } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import type { Piece } from '../../core/candle-builder.ts';
import { candlesOf } from '../../core/candle-columns.ts';
import { BAR_FIELDS, type RevisionReason } from '../../core/revision.ts';
import { holds, joinSpans, type Spans } from '../../core/spans.ts';
import { BASE_TIMEFRAME, INTRADAY_MS, isIntraday, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import type { Journal } from './journal.ts';
import type { Clock } from './ports.ts';
import type { StatsDesk } from './stats-desk.ts';
import type { Store } from './store-port.ts';
import type { Track } from './track.ts';

/** Late ticks wait this long for each other: each look at a stored bar costs a write of what is still in memory. */
const GATHER_MS = 1_000;

interface LatePiece {
  readonly track: Track;
  readonly piece: Piece;
  readonly isNewest: boolean;
}

export interface RevisionDeskParts {
  readonly archive: Archive;
  readonly journal: Journal;
  readonly store: Pick<Store, 'markInputs' | 'storedCandles'>;
  readonly stats: StatsDesk;
  /** The clock on the wall. */
  readonly wall: Clock;
  /** The market's clock. */
  readonly clock: Clock;
  /** Closes changed: what was computed from them must be computed anew, and signals were marked. */
  onRevised(track: Track, marked: number): void;
}

/** Keeps account of bars that change after they have closed, and of the signals that were computed from them. */
export class RevisionDesk {
  readonly #parts: RevisionDeskParts;
  #late: LatePiece[] = [];
  #cancel: (() => void) | undefined;

  constructor(parts: RevisionDeskParts) {
    this.#parts = parts;
  }

  /** A trade came after its bar had closed. `isNewest`: its price is the newest there is. */
  late(track: Track, piece: Piece, isNewest: boolean): void {
    this.#late.push({ track, piece, isNewest });
    this.#cancel ??= this.#parts.wall.after(GATHER_MS, () => this.flush());
  }

  /** Works off the late ticks. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const late = this.#late;
    this.#late = [];
    for (const each of late) this.#fold(each);
  }

  /**
   * History answered `told`, the minutes of `span`: what it says otherwise than the bars we have whole is written
   * down. To be called before the answer is stored; call the returned function when it is.
   */
  compare(track: Track, told: readonly Candle[], span: Span, reason: RevisionReason): () => void {
    const { archive, journal, clock, stats } = this.#parts;
    const { key } = track.instrument;
    const known = [...track.coverage.live, ...track.coverage.told];
    const ours = new Map(
      candlesOf(archive.loadAsTraded(key, '1m', track.calendar, span.open, span.close), key, '1m').map((bar) => [
        bar.openTime,
        bar,
      ]),
    );
    const judged = judgedToday(track);
    const at = clock.now();
    const closes: EpochMs[] = [];
    for (const bar of told) {
      const minute = { open: bar.openTime, close: (bar.openTime + MINUTE_MS) as EpochMs };
      const before = ours.get(bar.openTime);
      if (before !== undefined && isSame(before, bar)) continue;
      const isWhole = known.some((each) => holds([each], minute));
      if (before?.close !== bar.close && (isWhole || holds(judged, minute))) closes.push(bar.openTime);
      // What we never had whole is repaired, not revised.
      if (!isWhole) continue;
      const place = { instrument: key, timeframe: '1m', openTime: bar.openTime } as const;
      journal.revision({ ...place, reason, at, before: before && valuesOf(before), after: valuesOf(bar) });
      stats.revised();
    }
    return () => this.#markDependants(track, closes);
  }

  /**
   * A late trade widens its bar and leaves the close, unless nothing newer had come: the whole line may have been
   * slow. Twice the same changes nothing.
   */
  #fold({ track, piece, isNewest }: LatePiece): void {
    const { journal, store, clock, stats } = this.#parts;
    const { key } = track.instrument;
    const span = barAt(piece.time, BASE_TIMEFRAME, track.calendar);
    const minute = barAt(piece.time, '1m', track.calendar);
    if (span === undefined || minute === undefined) return;
    // History counted every trade of the minutes it has told.
    if (holds(track.coverage.told, { open: minute.openTime, close: minute.closeTime })) return;
    journal.flush();
    const [stored] = store.storedCandles(key, BASE_TIMEFRAME, span.openTime, span.closeTime);
    if (stored !== undefined && stored.provenance !== 'live') return;
    const before = stored?.candle;
    const after = withPiece(before ?? emptyBar(key, span.openTime, piece), piece, isNewest);
    if (before !== undefined && isSame(before, after)) return;
    journal.candle(after, 'live', stored?.marks);
    const at = clock.now();
    const values = { before: before && valuesOf(before), after: valuesOf(after) };
    journal.revision({ ...placeOf(key, span.openTime), reason: 'late-tick', at, ...values });
    stats.revised();
    const isLast = before?.close !== after.close && !this.#isTradedIn(track, span.closeTime, minute.closeTime);
    this.#markDependants(track, isLast ? [minute.openTime] : []);
  }

  /** Whether a base bar opened in the stretch, the one in progress included. */
  #isTradedIn({ instrument, base }: Track, open: EpochMs, close: EpochMs): boolean {
    if (base !== undefined && base.openTime >= open && base.openTime < close) return true;
    return open < close && this.#parts.store.storedCandles(instrument.key, BASE_TIMEFRAME, open, close).length > 0;
  }

  /** A changed minute changes the close of a longer bar when it is that bar's last one with a trade. */
  #markDependants(track: Track, minutes: readonly EpochMs[]): void {
    const { archive, store, clock, onRevised } = this.#parts;
    const [first] = minutes;
    if (first === undefined) return;
    const { key } = track.instrument;
    const now = (clock.now() + 1) as EpochMs;
    const traded = archive.loadAsTraded(key, '1m', track.calendar, first, now).openTime;
    let marked = 0;
    for (const timeframe of TIMEFRAMES.filter(isMadeOfMinutes)) {
      const bars = minutes.map((minute) => barAt(minute, timeframe, track.calendar));
      const changed = bars.find((bar, index) => {
        const next = traded.find((time) => time > (minutes[index] ?? first));
        return bar !== undefined && (next === undefined || next >= bar.closeTime);
      });
      if (changed !== undefined) marked += store.markInputs(key, timeframe, changed.openTime, now, 'revised');
    }
    onRevised(track, marked);
  }
}

/** What rules have judged of their newest day. Some may never have been whole: the feed had fallen silent, and nobody knew yet. */
function judgedToday({ lanes, calendar }: Track): Spans {
  return joinSpans(
    [...lanes.values()].flatMap(({ lane }) => {
      if (!Number.isFinite(lane.lastOpenTime)) return [];
      const last = lane.lastOpenTime as EpochMs;
      const open = calendar.session(calendar.dateOf(last))?.open ?? last;
      return [{ open, close: barCloseTime(last, lane.kind.timeframe, calendar) }];
    }),
  );
}

function isMadeOfMinutes(timeframe: Timeframe): boolean {
  return isIntraday(timeframe) && INTRADAY_MS[timeframe] >= MINUTE_MS;
}

/** A bar that holds nothing but the piece's price. */
function emptyBar(instrument: InstrumentKey, openTime: EpochMs, { close, volume }: Piece): Candle {
  const traded = volume === undefined ? undefined : 0;
  return { ...placeOf(instrument, openTime), open: close, high: close, low: close, close, volume: traded };
}

/** What only the day's high and low told of is left to the next bar (`UnseenExtremes.putBack`). */
function withPiece(bar: Candle, { close, volume }: Piece, isNewest: boolean): Candle {
  return {
    ...bar,
    high: Math.max(bar.high, close),
    low: Math.min(bar.low, close),
    close: isNewest ? close : bar.close,
    volume: volume === undefined ? bar.volume : (bar.volume ?? 0) + volume,
  };
}

function placeOf(instrument: InstrumentKey, openTime: EpochMs) {
  return { instrument, timeframe: BASE_TIMEFRAME, openTime } as const;
}

function isSame(a: Candle, b: Candle): boolean {
  return BAR_FIELDS.every((field) => a[field] === b[field]);
}
