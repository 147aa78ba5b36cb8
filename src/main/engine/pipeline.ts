import { barCloseTime } from '../../core/bar-time.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Candle, Provenance } from '../../core/candle.ts';
import { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Tick } from '../../core/tick.ts';
import type { FormingDesk } from './forming-desk.ts';
import type { Journal } from './journal.ts';
import type { MarketLag } from './market-lag.ts';
import type { Clock, FeedSink, KnownThrough } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { RuleDesk } from './rule-desk.ts';
import { SessionClock } from './session-clock.ts';
import type { StatsDesk } from './stats-desk.ts';
import type { Track, TrackOutput } from './track.ts';

export interface PipelineParts {
  readonly tracks: ReadonlyMap<InstrumentKey, Track>;
  /** The market's clock, and the exchange's, which is behind it by the lag. */
  readonly clock: Clock;
  readonly exchangeClock: Clock;
  readonly lag: MarketLag;
  readonly journal: Journal;
  readonly publisher: Publisher;
  /** The rule in force: a change of settings replaces it. */
  rules(): RuleDesk;
  readonly forming: FormingDesk;
  readonly stats: StatsDesk;
  onStatus(status: FeedStatus): void;
  onTrouble(error: AppError): void;
}

/** Takes what a feed tells and brings it to the tracks, the disk and the screens. */
export class Pipeline implements FeedSink, TrackOutput {
  readonly #parts: PipelineParts;
  readonly #sessionClock: SessionClock;
  recordTicks = false;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    const { tracks, exchangeClock } = parts;
    this.#sessionClock = new SessionClock(
      exchangeClock,
      () => earliest(tracks.values()),
      (time) => this.seal(time),
    );
  }

  ticks(ticks: readonly Tick[]): void {
    const { tracks, stats, journal, clock, lag } = this.#parts;
    const now = clock.now();
    for (const tick of ticks) {
      lag.observe(tick.time, now);
      const track = tracks.get(tick.instrument);
      if (track === undefined) {
        stats.rejected('unknown-instrument');
        continue;
      }
      stats.tick();
      // One instrument's trouble must not cost the others their ticks.
      try {
        const outcome = track.tick(tick);
        if (outcome === 'late') stats.late();
        if (outcome === 'outside-session') stats.outside();
        if (this.recordTicks) journal.tick(tick);
        this.#after(track);
      } catch (thrown) {
        this.#parts.onTrouble(AppError.from(thrown));
      }
    }
  }

  quotes(ticks: readonly Tick[]): void {
    const { tracks, stats } = this.#parts;
    for (const tick of ticks) {
      const track = tracks.get(tick.instrument);
      if (track === undefined) continue;
      stats.tick();
      track.look(tick);
      this.#after(track);
    }
  }

  bars(bars: readonly Candle[], provenance: Provenance, through?: KnownThrough): void {
    const { tracks, stats, journal } = this.#parts;
    for (const bar of bars) {
      const track = tracks.get(bar.instrument);
      if (track === undefined) continue;
      stats.bar();
      journal.candle(bar, provenance);
      const closeTime = barCloseTime(bar.openTime, bar.timeframe, track.calendar);
      // A feed that streams bars builds with them; one that polls them repairs through the archive.
      if (!track.coverage.saw(bar.openTime)) continue;
      const session = track.calendar.session(track.calendar.dateOf(bar.openTime));
      if (session === undefined || bar.openTime < session.open || bar.openTime >= session.close) {
        stats.outside();
        continue;
      }
      track.bar(bar, closeTime);
      this.#after(track);
    }
    const known = through && tracks.get(through.instrument);
    if (known !== undefined && through !== undefined) {
      known.coverage.known(through.time);
      this.#parts.rules().catchUp(known);
      this.#parts.publisher.publish({ type: 'candles-revised', instrument: through.instrument });
    }
  }

  status(status: FeedStatus): void {
    this.#parts.onStatus(status);
  }

  progress(done: number, total: number): void {
    this.#parts.publisher.publish({ type: 'progress', progress: { task: 'poll', done, total } });
  }

  rejected(reason: string, _detail: string): void {
    this.#parts.stats.rejected(reason);
  }

  heard(_bytes: number): void {
    this.#parts.stats.heard();
  }

  /** Closes every bar that ended at or before `time`. Runs from a timer, so one track's trouble must end here. */
  seal(time: EpochMs): void {
    for (const track of this.#parts.tracks.values()) {
      try {
        track.seal(time);
      } catch (thrown) {
        this.#parts.onTrouble(AppError.from(thrown));
      }
    }
  }

  stop(): void {
    this.#sessionClock.stop();
  }

  store(candle: Candle, provenance: Provenance): void {
    this.#parts.journal.candle(candle, provenance);
  }

  ruleBar(track: Track, candle: Candle): void {
    this.#parts.rules().closed(track, candle);
    this.#parts.forming.clear(track);
  }

  chartBar(candle: Candle, closed: boolean): void {
    this.#parts.publisher.publish({ type: 'candle', candle, closed });
  }

  #after(track: Track): void {
    const next = track.nextClose();
    if (next !== undefined) this.#sessionClock.expect(next);
    this.#parts.forming.look(track);
    const ltp = track.board.ltp;
    if (ltp === undefined) return;
    const quote = track.board.quote(track.rule?.lane.preview(ltp));
    if (quote !== undefined) this.#parts.publisher.publish({ type: 'quote', quote });
  }
}

function earliest(tracks: Iterable<Track>): EpochMs | undefined {
  let next: EpochMs | undefined;
  for (const track of tracks) {
    const close = track.nextClose();
    if (close !== undefined && (next === undefined || close < next)) next = close;
  }
  return next;
}
