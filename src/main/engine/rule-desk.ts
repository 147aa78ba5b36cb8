import { barCloseTime } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { candlesOf } from '../../core/candle-columns.ts';
import { lookBack } from '../../core/look-back.ts';
import { looksAt, needsOf } from '../../core/scanner/compile-rule.ts';
import { warmUpBars } from '../../core/scanner/ema-cross.ts';
import type { Finding } from '../../core/scanner/finding.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import type { Found } from './found.ts';
import { foundOf } from './found-of.ts';
import { laneContext } from './lane-context.ts';
import type { Clock } from './ports.ts';
import { type LaneRules, RuleLane } from './rule-lane.ts';
import { seedMaker } from './seed-maker.ts';
import type { Track } from './track.ts';
import { newsFrom, unjudgedFrom } from './unjudged.ts';

export interface RuleDeskParts {
  /** The exchange's clock: the time its stamps tell. */
  readonly clock: Clock;
  readonly archive: Archive;
  /** A rule fired on a closed bar. */
  onFound(found: Found): void;
  /** A bar closed that was not seen whole: history must be asked. */
  onHole(track: Track): void;
  /** A bar of the track was judged. */
  onJudged(track: Track): void;
  /** Whether a split or bonus of the instrument came into force after `from`, up to `to`. */
  isNewUnit(track: Track, from: EpochMs, to: EpochMs): boolean;
}

/** What a desk judged last. */
export interface Judged {
  /** The newest bar that any instrument had, when it was judged, and how many signals came of it. */
  readonly lastBarTime: EpochMs | undefined;
  readonly judgedAt: EpochMs | undefined;
  readonly fired: number;
}

/** Keeps the lanes of one timeframe: warms them, feeds them whole bars in order, and passes on what they find. */
export class RuleDesk {
  readonly #parts: RuleDeskParts;
  readonly #rules: LaneRules;
  readonly #tracks = new Set<Track>();
  /** Tracks whose next bar must come through the archive, because one before it was not whole. */
  readonly #behind = new Set<Track>();
  /** Tracks whose past history did not tell: their averages begin too late. */
  readonly #unsettled = new Set<Track>();
  /** Hears that a bar of a track was judged; another may take over. */
  onJudged: (track: Track) => void;
  /** Bars that a warm lane needs, by timeframe. */
  readonly needs: ReturnType<typeof needsOf>;
  readonly #ownBars: number;
  readonly #looking = new Map<string, LaneRules['rules']>();
  /** What closed since then nobody else has judged. */
  readonly #begunAt: EpochMs;
  #judged: Judged = { lastBarTime: undefined, judgedAt: undefined, fired: 0 };

  constructor(parts: RuleDeskParts, rules: LaneRules) {
    this.#parts = parts;
    this.#rules = rules;
    this.#begunAt = parts.clock.now();
    this.onJudged = parts.onJudged;
    this.needs = needsOf(rules.rules, rules.timeframe);
    const own = this.needs.find(({ timeframe }) => timeframe === rules.timeframe)?.bars ?? 0;
    this.#ownBars = rules.study === undefined ? own : Math.max(own, warmUpBars(rules.study));
  }

  get timeframe(): Timeframe {
    return this.#rules.timeframe;
  }

  get judged(): Judged {
    return this.#judged;
  }

  /** Instruments whose newest bars are not whole yet. */
  get behind(): ReadonlySet<Track> {
    return this.#behind;
  }

  /**
   * The earliest bar a warm lane looks at: what it needs is counted from before today, because the bar before the day's
   * first decides what is armed then.
   */
  warmFrom(calendar: Calendar, now: EpochMs): EpochMs {
    const { today } = newsFrom(calendar, this.timeframe, now);
    return lookBack(calendar, this.timeframe, this.#ownBars, isIntraday(this.timeframe) ? today : now);
  }

  /** Whether the track's lane is this desk's. */
  isWarm(track: Track): boolean {
    return this.#tracks.has(track) && track.lanes.has(this.timeframe);
  }

  /**
   * Makes the track's lane anew from stored bars. Signals of today's bars that closed before the desk was there come out
   * as late ones; older bars only warm.
   */
  warm(track: Track): void {
    const { archive, clock } = this.#parts;
    const now = clock.now();
    const { key } = track.instrument;
    track.lanes.set(this.timeframe, {
      lane: this.#makeLane(track),
      maker: seedMaker(track, archive, this.timeframe, now),
    });
    this.#tracks.add(track);
    this.#behind.delete(track);

    const news = newsFrom(track.calendar, this.timeframe, now);
    const bars = archive.load(key, this.timeframe, track.calendar, this.warmFrom(track.calendar, now), now);
    for (const bar of candlesOf(bars, key, this.timeframe)) {
      const closeTime = barCloseTime(bar.openTime, this.timeframe, track.calendar);
      if (closeTime > now) break;
      if (bar.openTime >= news.today && !track.coverage.isWhole(this.#unjudgedFrom(track, bar), closeTime)) {
        this.#behind.add(track);
        break;
      }
      const isMissed = closeTime <= this.#begunAt || now - closeTime > closeTime - bar.openTime;
      this.#judge(track, bar, bar.openTime < news.from ? 'silent' : isMissed ? 'late' : 'fresh');
    }
  }

  /** The track's past is not known as far back as the rule looks: until it is, or has grown, signals say so. */
  unsettle(track: Track): void {
    this.#unsettled.add(track);
  }

  /** The track's past is known now: its readings are computed anew. */
  settle(track: Track): void {
    if (!this.#unsettled.delete(track)) return;
    if (Number.isFinite(this.#laneOf(track)?.lastOpenTime)) this.recompute(track);
    else this.warm(track);
  }

  /** A bar of this timeframe closed. */
  closed(track: Track, bar: Candle): void {
    const closeTime = barCloseTime(bar.openTime, this.timeframe, track.calendar);
    this.#followUnit(track, lastMoment(closeTime));
    const from = this.#unjudgedFrom(track, bar);
    // A week in the midst of which the unit of prices changed is made of its days.
    const isTorn = this.#parts.isNewUnit(track, bar.openTime, lastMoment(closeTime));
    if (!this.#behind.has(track) && !isTorn && track.coverage.isHeard(Math.min(from, bar.openTime))) {
      this.#judge(track, bar, 'fresh');
      return;
    }
    this.#behind.add(track);
    if (track.coverage.isWhole(from, closeTime)) this.catchUp(track);
    else this.#parts.onHole(track);
  }

  /** History filled a hole: feeds the lane what it missed, as far as it is whole now. */
  catchUp(track: Track): void {
    const lane = this.#laneOf(track);
    if (lane === undefined || !this.#behind.has(track)) return;
    const { archive, clock } = this.#parts;
    const now = clock.now();
    const { key } = track.instrument;
    // Stored bars are answered in the shares of now.
    this.#followUnit(track, now);
    const from = Math.max(lane.lastOpenTime + 1, this.warmFrom(track.calendar, now)) as EpochMs;
    let isWhole = true;
    for (const bar of candlesOf(archive.load(key, this.timeframe, track.calendar, from, now), key, this.timeframe)) {
      const closeTime = barCloseTime(bar.openTime, this.timeframe, track.calendar);
      if (closeTime > now) break;
      // A week that the stretch begins in the middle of.
      if (bar.openTime <= lane.lastOpenTime) continue;
      isWhole = track.coverage.isWhole(this.#unjudgedFrom(track, bar), closeTime);
      if (!isWhole) break;
      // A bar confirmed within a bar's length is news; an older one was missed.
      this.#judge(track, bar, now - closeTime <= closeTime - bar.openTime ? 'fresh' : 'late');
    }
    if (isWhole) this.#behind.delete(track);
  }

  /** History changed closes that the lane has seen: its readings are computed anew. What it found stands, and is not found twice. */
  recompute(track: Track): void {
    const slot = track.lanes.get(this.timeframe);
    if (slot === undefined || !Number.isFinite(slot.lane.lastOpenTime)) return;
    const { archive } = this.#parts;
    const { kind, lastOpenTime } = slot.lane;
    const lane = this.#makeLane(track);
    const from = this.warmFrom(track.calendar, lastOpenTime as EpochMs);
    // To its close: a bar that is made of shorter ones ends with the last of them.
    const until = barCloseTime(lastOpenTime as EpochMs, kind.timeframe, kind.calendar);
    const bars = archive.load(kind.instrument, kind.timeframe, kind.calendar, from, until);
    for (const bar of candlesOf(bars, kind.instrument, kind.timeframe)) lane.close(bar);
    track.lanes.set(this.timeframe, { lane, maker: slot.maker });
  }

  #laneOf(track: Track): RuleLane | undefined {
    return track.lanes.get(this.timeframe)?.lane;
  }

  #makeLane(track: Track): RuleLane {
    const looking = this.#rules.rules.filter(({ rule }) => looksAt(rule, track.instrument));
    // Lanes that are given the same array share what was compiled of it.
    const key = looking.map(({ rule }) => rule.id).join(' ');
    const rules = this.#looking.get(key) ?? looking;
    this.#looking.set(key, rules);
    return new RuleLane({ ...this.#rules, rules }, laneContext(track, this.#parts.archive));
  }

  #unjudgedFrom(track: Track, bar: Candle): EpochMs {
    return unjudgedFrom(track.calendar, bar, this.#laneOf(track)?.lastOpenTime);
  }

  /** The first bar in new shares: the lane's readings are of the old ones. */
  #followUnit(track: Track, until: EpochMs): void {
    const last = this.#laneOf(track)?.lastOpenTime ?? Number.NaN;
    if (Number.isFinite(last) && this.#parts.isNewUnit(track, last as EpochMs, until)) this.recompute(track);
  }

  #judge(track: Track, bar: Candle, how: 'fresh' | 'late' | 'silent'): void {
    const lane = this.#laneOf(track);
    if (lane === undefined) return;
    const findings = lane.close(bar);
    if (how === 'silent') return;
    const newest = this.#judged.lastBarTime;
    if (newest === undefined || bar.openTime >= newest) {
      const fired = (bar.openTime === newest ? this.#judged.fired : 0) + findings.length;
      this.#judged = { lastBarTime: bar.openTime, judgedAt: this.#parts.clock.now(), fired };
      this.onJudged(track);
    }
    for (const finding of findings) this.#tell(track, lane, finding, { bar, isLate: how === 'late' });
  }

  #tell(track: Track, lane: RuleLane, finding: Finding, circumstances: Pick<Found, 'bar' | 'isLate'>): void {
    const isShort = lane.bars < this.#ownBars && this.#unsettled.has(track);
    const judgedAt = this.#parts.clock.now();
    this.#parts.onFound(foundOf(track, { lane, rules: this.#rules, isShort }, finding, { ...circumstances, judgedAt }));
  }
}

/** The instant at which a bar has not quite ended. */
function lastMoment(closeTime: EpochMs): EpochMs {
  return (closeTime - 1) as EpochMs;
}
