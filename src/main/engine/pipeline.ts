import type { AuctionBar, AuctionKind } from '../../core/auction.ts';
import { barCloseTime } from '../../core/bar-time.ts';
import type { EpochMs, TradingDate } from '../../core/brand.ts';
import { addDays } from '../../core/calendar-date.ts';
import type { Candle, Provenance } from '../../core/candle.ts';
import type { Piece } from '../../core/candle-builder.ts';
import { barFault } from '../../core/check-bars.ts';
import { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import { orderBookOf } from '../../core/order-book.ts';
import type { OrderUpdate } from '../../core/order-update.ts';
import type { Tick } from '../../core/tick.ts';
import { nextClose } from './next-close.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import type { AskedSpan, FeedSink } from './ports.ts';
import { SessionClock } from './session-clock.ts';
import { SilenceWatch } from './silence-watch.ts';
import type { BarMark } from './store-port.ts';
import type { Track, TrackOutput } from './track.ts';

/** Takes what a feed tells and brings it to the tracks, the disk and the screens. */
export class Pipeline implements FeedSink, TrackOutput {
  readonly #parts: PipelineParts;
  readonly #sessionClock: SessionClock;
  readonly #silence = new SilenceWatch();
  recordTicks = false;
  recordBooks = false;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    const { tracks, clock, exchangeClock, lag, isPlayed, onLeap } = parts;
    this.#sessionClock = new SessionClock({
      isPlayed,
      clock: exchangeClock,
      ours: clock,
      nextClose: () => nextClose(tracks.values()),
      seal: (time) => this.seal(time),
      isSure: () => !lag.isBlind,
      onLeap,
    });
  }

  ticks(ticks: readonly Tick[]): void {
    const { clock, lag, hearing } = this.#parts;
    this.#sessionClock.look();
    const now = clock.now();
    for (const tick of ticks) {
      lag.observe(tick.time, now);
      // One instrument's trouble must not cost the others their ticks.
      try {
        this.#tick(tick);
      } catch (thrown) {
        this.#parts.onTrouble(AppError.from(thrown));
      }
    }
    hearing.traded(now);
  }

  quotes(ticks: readonly Tick[]): void {
    const { tracks, stats } = this.#parts;
    for (const tick of ticks) {
      const track = tracks.get(tick.instrument);
      if (track === undefined) continue;
      stats.tick();
      track.look(tick);
      this.#price(tick);
      this.#keepBook(tick);
      this.#after(track);
    }
  }

  bars(bars: readonly Candle[], provenance: Provenance, asked?: AskedSpan): void {
    const { tracks, stats, history, publisher } = this.#parts;
    const track = asked && tracks.get(asked.instrument);
    if (asked !== undefined && track !== undefined && history !== undefined) {
      for (const _bar of bars) stats.bar();
      try {
        history.take(track, bars, { timeframe: '1m', open: asked.open, close: asked.close });
        this.#parts.rules().catchUp(track);
      } catch (thrown) {
        this.#parts.onTrouble(AppError.from(thrown));
      }
      publisher.publish({ type: 'candles-revised', instrument: asked.instrument });
      return;
    }
    // Bars of one instant come together, and so do the alerts that come of them.
    this.#parts.alerts.together(() => {
      for (const bar of bars) this.#bar(bar, provenance);
    });
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

  dropped(messages: number): void {
    this.#parts.stats.dropped(messages);
    // What was thrown away is a hole like that of a broken line.
    this.#parts.onLost(this.#parts.exchangeClock.now());
  }

  candle(candle: Candle, closed: boolean): void {
    this.#parts.onVenueBar(candle, closed);
  }

  order(order: OrderUpdate): void {
    this.#parts.publisher.publish({ type: 'order', order });
  }

  heard(_bytes: number): void {
    const { stats, hearing, clock } = this.#parts;
    this.#sessionClock.look();
    stats.heard();
    hearing.heard(clock.now());
  }

  /** Closes every bar that ended at or before `time`. Runs from a timer, so one track's trouble must end here. */
  seal(time: EpochMs): void {
    const { tracks, alerts, onTrouble, onSealed } = this.#parts;
    alerts.together(() => {
      for (const track of tracks.values()) {
        try {
          track.seal(time);
        } catch (thrown) {
          onTrouble(AppError.from(thrown));
        }
      }
    });
    onSealed(time);
  }

  stop(): void {
    this.#sessionClock.stop();
  }

  store(track: Track, candle: Candle, isInferred: boolean): void {
    const marks: BarMark[] = track.coverage.isHeard(candle.openTime) ? [] : ['partial'];
    if (isInferred) marks.push('inferred');
    const closeTime = barCloseTime(candle.openTime, candle.timeframe, track.calendar);
    if (this.#parts.isCarried(candle.openTime, closeTime)) marks.push('standby');
    this.#parts.journal.candle(candle, 'live', marks);
  }

  auction(bar: AuctionBar): void {
    const { journal, publisher } = this.#parts;
    journal.auction(bar);
    publisher.publish({ type: 'candles-revised', instrument: bar.instrument });
  }

  auctionSoFar({ instrument, calendar }: Track, date: TradingDate, kind: AuctionKind): AuctionBar | undefined {
    const open = calendar.midnight(date);
    const end = calendar.midnight(addDays(date, 1));
    return this.#parts.archive.auctionsAsTraded(instrument.key, open, end).find((bar) => bar.kind === kind);
  }

  inferred(): void {
    this.#parts.stats.inferred();
  }

  late(track: Track, piece: Piece, isNewest: boolean): void {
    this.#parts.stats.late();
    this.#parts.revisions.late(track, piece, isNewest);
  }

  ruleBar(track: Track, candle: Candle): void {
    this.#parts.rules().closed(track, candle);
    this.#parts.forming.clear(track, candle.timeframe);
  }

  chartBar(candle: Candle, closed: boolean): void {
    this.#parts.publisher.publish({ type: 'candle', candle, closed });
  }

  #tick(tick: Tick): void {
    const { tracks, stats, journal } = this.#parts;
    const track = tracks.get(tick.instrument);
    if (track === undefined) {
      stats.rejected('unknown-instrument');
      return;
    }
    stats.tick();
    this.#silence.look(track, tick.time);
    const outcome = track.tick(tick);
    if (outcome === 'outside-session') stats.outside();
    else if (outcome !== 'late') this.#price(tick);
    if (this.recordTicks) journal.tick(tick);
    this.#keepBook(tick);
    this.#after(track);
  }

  #price({ instrument, ltp, time, bid, ask, book }: Tick): void {
    this.#parts.orders.price(instrument, ltp, time, bid ?? book?.bids[0]?.price, ask ?? book?.asks[0]?.price);
  }

  #keepBook(tick: Tick): void {
    if (!this.recordBooks) return;
    const book = orderBookOf(tick);
    if (book !== undefined) this.#parts.journal.book(book);
  }

  /** A bar that the feed streams: it builds longer ones. */
  #bar(bar: Candle, provenance: Provenance): void {
    const { tracks, stats, journal } = this.#parts;
    const track = tracks.get(bar.instrument);
    if (track === undefined) return;
    stats.bar();
    const fault = barFault(bar, track.calendar);
    if (fault === 'outside-session') stats.outside();
    else if (fault !== undefined && fault !== 'in-auction') stats.badBar(fault);
    if (fault !== undefined && fault !== 'in-auction') return;
    const closeTime = barCloseTime(bar.openTime, bar.timeframe, track.calendar);
    this.#silence.look(track, bar.openTime, closeTime);
    if (fault === undefined) {
      const { instrument, timeframe, openTime: open } = bar;
      journal.candle(bar, provenance);
      track.coverage.sawBar({ open, close: closeTime });
      journal.covered({ instrument, timeframe, provenance: 'live', open, close: closeTime });
    }
    if (fault === undefined) this.#parts.orders.bar(bar);
    track.bar(bar, closeTime);
    this.#after(track);
  }

  #after(track: Track): void {
    const next = track.nextClose();
    if (next !== undefined) this.#sessionClock.expect(next);
    this.#parts.forming.look(track);
    const ltp = track.board.ltp;
    if (ltp === undefined) return;
    const quote = track.board.quote(track.preview(ltp));
    if (quote !== undefined) this.#parts.publisher.publish({ type: 'quote', quote });
  }
}
