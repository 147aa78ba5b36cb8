import { barAt, barCloseTime } from '../../core/bar-time.ts';
import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import type { Span } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { candleAt, candlesOf } from '../../core/candle-columns.ts';
import { BAR_FIELDS, type BarValues, type RevisionReason } from '../../core/revision.ts';
import { holds, type Spans } from '../../core/spans.ts';
import type { Tick } from '../../core/tick.ts';
import { BASE_TIMEFRAME, INTRADAY_MS, isIntraday, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import type { Journal } from './journal.ts';
import type { Clock } from './ports.ts';
import type { StatsDesk } from './stats-desk.ts';
import type { SignalStore } from './store-port.ts';
import type { Track } from './track.ts';

/** Late ticks wait this long for each other: each look at a stored bar costs a write of what is still in memory. */
const GATHER_MS = 1_000;

export interface RevisionDeskParts {
  readonly archive: Archive;
  readonly journal: Journal;
  readonly signals: Pick<SignalStore, 'markInputs'>;
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
  #late: { readonly track: Track; readonly tick: Tick }[] = [];
  #cancel: (() => void) | undefined;

  constructor(parts: RevisionDeskParts) {
    this.#parts = parts;
  }

  /** A tick came after its bar had closed. */
  late(track: Track, tick: Tick): void {
    this.#late.push({ track, tick });
    this.#cancel ??= this.#parts.wall.after(GATHER_MS, () => this.flush());
  }

  /** Works off the late ticks. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const late = this.#late;
    this.#late = [];
    for (const { track, tick } of late) this.#widen(track, tick);
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

  /** A late tick widens its bar and leaves the close, which is a newer price's. Twice the same changes nothing. */
  #widen(track: Track, { ltp, time }: Tick): void {
    const { archive, journal, clock, stats } = this.#parts;
    const { key } = track.instrument;
    const span = barAt(time, BASE_TIMEFRAME, track.calendar);
    const minute = barAt(time, '1m', track.calendar);
    if (span === undefined || minute === undefined) return;
    // History counted every trade of the minutes it has told.
    if (holds(track.coverage.told, { open: minute.openTime, close: minute.closeTime })) return;
    const stored = archive.loadAsTraded(key, BASE_TIMEFRAME, track.calendar, span.openTime, span.closeTime);
    const before = stored.openTime.length === 0 ? undefined : candleAt(stored, 0, key, BASE_TIMEFRAME);
    if (before !== undefined && ltp <= before.high && ltp >= before.low) return;
    const after: Candle =
      before === undefined
        ? // Its quantity was counted with the next tick, which brought a larger total.
          { ...placeOf(key, span.openTime), open: ltp, high: ltp, low: ltp, close: ltp, volume: 0 }
        : { ...before, high: Math.max(before.high, ltp), low: Math.min(before.low, ltp) };
    journal.candle(after, 'live');
    const at = clock.now();
    const values = { before: before && valuesOf(before), after: valuesOf(after) };
    journal.revision({ ...placeOf(key, span.openTime), reason: 'late-tick', at, ...values });
    stats.revised();
    this.#markDependants(track, before === undefined ? [minute.openTime] : []);
  }

  /** A changed minute changes the close of a longer bar when it is that bar's last one with a trade. */
  #markDependants(track: Track, minutes: readonly EpochMs[]): void {
    const { archive, signals, clock, onRevised } = this.#parts;
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
      if (changed !== undefined) marked += signals.markInputs(key, timeframe, changed.openTime, now, 'revised');
    }
    onRevised(track, marked);
  }
}

/** What the rule has judged of its newest day. Some may never have been whole: the feed had fallen silent, and nobody knew yet. */
function judgedToday({ rule, calendar }: Track): Spans {
  if (rule === undefined || !Number.isFinite(rule.lane.lastOpenTime)) return [];
  const last = rule.lane.lastOpenTime as EpochMs;
  const open = calendar.session(calendar.dateOf(last))?.open ?? last;
  return [{ open, close: barCloseTime(last, rule.lane.kind.timeframe, calendar) }];
}

function isMadeOfMinutes(timeframe: Timeframe): boolean {
  return isIntraday(timeframe) && INTRADAY_MS[timeframe] >= MINUTE_MS;
}

function placeOf(instrument: Candle['instrument'], openTime: EpochMs) {
  return { instrument, timeframe: BASE_TIMEFRAME, openTime } as const;
}

function valuesOf({ open, high, low, close, volume }: Candle): BarValues {
  return { open, high, low, close, volume };
}

function isSame(a: Candle, b: Candle): boolean {
  return BAR_FIELDS.every((field) => a[field] === b[field]);
}
