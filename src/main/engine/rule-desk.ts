import type { ScanState } from '../../contract/events.ts';
import { barCloseTime } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import { type Calendar, sessionAtOrBefore } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { candlesOf } from '../../core/candle-columns.ts';
import { lookBack } from '../../core/look-back.ts';
import { type EmaCrossParameters, warmUpBars } from '../../core/scanner/ema-cross.ts';
import type { Inputs, Signal } from '../../core/signal.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import type { Clock } from './ports.ts';
import { RuleLane } from './rule-lane.ts';
import { seedMaker } from './seed-maker.ts';
import type { Track } from './track.ts';

export interface RuleDeskParts {
  /** The exchange's clock: the time its stamps tell. */
  readonly clock: Clock;
  readonly archive: Archive;
  /** A rule fired on a closed bar. `isLate`: the bar closed while nobody was looking. */
  onSignal(signal: Signal, found: { readonly isLate: boolean; readonly inputs: Inputs }): void;
  /** A bar closed that was not seen whole: history must be asked. */
  onHole(track: Track): void;
  onScan(scan: ScanState): void;
  /** Whether a split or bonus of the instrument came into force after `from`, up to `to`. */
  isNewUnit(track: Track, from: EpochMs, to: EpochMs): boolean;
}

/** Keeps the rule's lanes: warms them, feeds them whole bars in order, and passes on what they find. */
export class RuleDesk {
  readonly #parts: RuleDeskParts;
  readonly #parameters: EmaCrossParameters;
  readonly #tracks = new Set<Track>();
  /** Tracks whose next bar must come through the archive, because one before it was not whole. */
  readonly #behind = new Set<Track>();
  /** Tracks whose past history did not tell: their averages begin too late. */
  readonly #unsettled = new Set<Track>();
  readonly timeframe: Timeframe;
  #scan: ScanState = { lastBarTime: undefined, judgedAt: undefined, instruments: 0, fired: 0, unknown: 0, withheld: 0 };

  constructor(parts: RuleDeskParts, parameters: EmaCrossParameters, timeframe: Timeframe) {
    this.#parts = parts;
    this.#parameters = parameters;
    this.timeframe = timeframe;
  }

  get scan(): ScanState {
    return { ...this.#scan, instruments: this.#tracks.size, unknown: this.#unknown(), withheld: this.#behind.size };
  }

  /** The earliest bar a warm lane looks at. */
  warmFrom(calendar: Calendar, now: EpochMs): EpochMs {
    return lookBack(calendar, this.timeframe, warmUpBars(this.#parameters), now);
  }

  /**
   * Makes the track's lane anew from stored bars. Signals of today's bars that closed before now come out as
   * late ones; older bars only warm.
   */
  warm(track: Track): void {
    const { archive, clock } = this.#parts;
    const now = clock.now();
    const { key } = track.instrument;
    const kind = { instrument: key, timeframe: this.timeframe, calendar: track.calendar };
    const lane = new RuleLane(kind, this.#parameters);
    track.rule = { lane, maker: seedMaker(track, archive, this.timeframe, now) };
    this.#tracks.add(track);
    this.#behind.delete(track);

    const today = sessionAtOrBefore(track.calendar, now)?.open ?? now;
    const bars = archive.load(key, this.timeframe, track.calendar, this.warmFrom(track.calendar, now), now);
    for (const bar of candlesOf(bars, key, this.timeframe)) {
      const closeTime = barCloseTime(bar.openTime, this.timeframe, track.calendar);
      if (closeTime > now) break;
      if (bar.openTime >= today && !track.coverage.isWhole(this.#unjudgedFrom(track, bar), closeTime)) {
        this.#behind.add(track);
        break;
      }
      this.#judge(track, bar, bar.openTime < today ? 'silent' : 'late');
    }
  }

  /** The track's past is not known as far back as the rule looks: until it is, or has grown, signals say so. */
  unsettle(track: Track): void {
    this.#unsettled.add(track);
  }

  /** The track's past is known now: its readings are computed anew. */
  settle(track: Track): void {
    if (!this.#unsettled.delete(track)) return;
    if (Number.isFinite(track.rule?.lane.lastOpenTime)) this.recompute(track);
    else this.warm(track);
  }

  /** A bar of the rule's timeframe closed. */
  closed(track: Track, bar: Candle): void {
    const closeTime = barCloseTime(bar.openTime, this.timeframe, track.calendar);
    this.#followUnit(track, bar);
    const from = this.#unjudgedFrom(track, bar);
    if (!this.#behind.has(track) && track.coverage.isHeard(from)) {
      this.#judge(track, bar, 'fresh');
      return;
    }
    this.#behind.add(track);
    if (track.coverage.isWhole(from, closeTime)) this.catchUp(track);
    else this.#parts.onHole(track);
  }

  /** History filled a hole: feeds the lane what it missed, as far as it is whole now. */
  catchUp(track: Track): void {
    const lane = track.rule?.lane;
    if (lane === undefined || !this.#behind.has(track)) return;
    const { archive, clock } = this.#parts;
    const now = clock.now();
    const { key } = track.instrument;
    const from = Math.max(lane.lastOpenTime + 1, this.warmFrom(track.calendar, now)) as EpochMs;
    let isWhole = true;
    for (const bar of candlesOf(archive.load(key, this.timeframe, track.calendar, from, now), key, this.timeframe)) {
      const closeTime = barCloseTime(bar.openTime, this.timeframe, track.calendar);
      if (closeTime > now) break;
      isWhole = track.coverage.isWhole(this.#unjudgedFrom(track, bar), closeTime);
      if (!isWhole) break;
      // A bar confirmed within a bar's length is news; an older one was missed.
      this.#judge(track, bar, now - closeTime <= closeTime - bar.openTime ? 'fresh' : 'late');
    }
    if (isWhole) this.#behind.delete(track);
  }

  /** History changed closes that the lane has seen: its readings are computed anew. What it found stands, and is not found twice. */
  recompute(track: Track): void {
    const slot = track.rule;
    if (slot === undefined || !Number.isFinite(slot.lane.lastOpenTime)) return;
    const { archive } = this.#parts;
    const { kind, lastOpenTime } = slot.lane;
    const lane = new RuleLane(kind, this.#parameters);
    const from = this.warmFrom(track.calendar, lastOpenTime as EpochMs);
    const bars = archive.load(kind.instrument, kind.timeframe, kind.calendar, from, (lastOpenTime + 1) as EpochMs);
    for (const bar of candlesOf(bars, kind.instrument, kind.timeframe)) lane.close(bar);
    track.rule = { lane, maker: slot.maker };
  }

  /**
   * Where that begins of the bar's day which the lane has not seen: between its last bar and this one may be others
   * that nobody told us of. Where nothing traded there is none, and the stretch is known all the same.
   */
  #unjudgedFrom({ rule, calendar }: Track, { openTime }: Candle): EpochMs {
    const last = rule?.lane.lastOpenTime ?? Number.NEGATIVE_INFINITY;
    const dayOpen = calendar.session(calendar.dateOf(openTime))?.open ?? openTime;
    const judged = Number.isFinite(last) ? barCloseTime(last as EpochMs, this.timeframe, calendar) : dayOpen;
    return Math.min(Math.max(judged, dayOpen), openTime) as EpochMs;
  }

  /** The first bar in new shares: the lane's readings are of the old ones. */
  #followUnit(track: Track, bar: Candle): void {
    const last = track.rule?.lane.lastOpenTime ?? Number.NaN;
    if (Number.isFinite(last) && this.#parts.isNewUnit(track, last as EpochMs, bar.openTime)) this.recompute(track);
  }

  #judge(track: Track, bar: Candle, how: 'fresh' | 'late' | 'silent'): void {
    const signal = track.rule?.lane.close(bar);
    if (how === 'silent') return;
    const isNewBar = bar.openTime !== this.#scan.lastBarTime;
    if (isNewBar && bar.openTime < (this.#scan.lastBarTime ?? 0)) {
      this.#tell(track, signal, how);
      return;
    }
    const fired = (isNewBar ? 0 : this.#scan.fired) + (signal === undefined ? 0 : 1);
    this.#scan = { ...this.#scan, lastBarTime: bar.openTime, judgedAt: this.#parts.clock.now(), fired };
    this.#parts.onScan(this.scan);
    this.#tell(track, signal, how);
  }

  #tell(track: Track, signal: Signal | undefined, how: 'fresh' | 'late'): void {
    if (signal === undefined) return;
    this.#parts.onSignal(signal, { isLate: how === 'late', inputs: this.#inputsOf(track, signal) });
  }

  /** A signal soon after a hole that nobody filled says so, and one whose averages began too late. */
  #inputsOf(track: Track, { barTime }: Signal): Inputs {
    const { calendar, coverage, rule } = track;
    const isYoung = (rule?.lane.bars ?? 0) < warmUpBars(this.#parameters);
    if (isYoung && this.#unsettled.has(track)) return 'incomplete';
    const close = barCloseTime(barTime, this.timeframe, calendar);
    const open = (barTime - this.#parameters.slow * (close - barTime)) as EpochMs;
    return coverage.isBroken({ open, close }) ? 'incomplete' : 'whole';
  }

  #unknown(): number {
    let unknown = 0;
    for (const track of this.#tracks) if (track.rule?.lane.verdict.kind === 'unknown') unknown += 1;
    return unknown;
  }
}
