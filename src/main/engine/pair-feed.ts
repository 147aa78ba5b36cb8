import { type EpochMs, SECOND_MS } from '../../core/brand.ts';
import type { Span } from '../../core/calendar.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Tick } from '../../core/tick.ts';
import type { Clock, Feed, FeedSink } from './ports.ts';
import { TickHold } from './tick-hold.ts';

export interface PairParts {
  readonly first: Feed;
  readonly second: Feed;
  readonly clock: Clock;
  /** Every tick of either, before anybody else hears of it. */
  onTicks(side: 'first' | 'second', ticks: readonly Tick[]): void;
  /** What stands about the pair has changed. */
  onChanged(): void;
}

/** Without a tick of the first for so long, while the second brings some, the second carries: within three seconds. */
const STALLED_MS = 2_500;
const LOOK_MS = SECOND_MS / 4;

/**
 * Two venues that carry the same instruments, as one feed. The first tells; the second is heard all the while. When
 * the first stalls or its line breaks, the second's ticks go on from the first one that the other did not tell; with
 * the first new tick of the first it tells again.
 */
export class PairFeed implements Feed {
  readonly #parts: PairParts;
  #hold: TickHold;
  #isCarrying = false;
  /** By the exchange's stamps, from the first tick that the second carried, the last time it did, to the last one. */
  #carried: Span | undefined;
  #statuses: Record<'first' | 'second', FeedStatus> = { first: { state: 'idle' }, second: { state: 'idle' } };
  #told: FeedStatus | undefined;

  constructor(parts: PairParts) {
    this.#parts = parts;
    this.#hold = new TickHold(parts.clock);
  }

  /** The second tells in place of the first. */
  get isCarrying(): boolean {
    return this.#isCarrying;
  }

  /** Whether anything of the stretch was told by the second. */
  hasCarried({ open, close }: Span): boolean {
    return this.#carried !== undefined && this.#carried.open < close && this.#carried.close >= open;
  }

  statusOf(side: 'first' | 'second'): FeedStatus {
    return this.#statuses[side];
  }

  watch: Feed['watch'] = (instruments) => this.#each((feed) => feed.watch(instruments));
  books = (wanted: boolean): void => this.#each((feed) => feed.books?.(wanted));
  wake = (): void => this.#each((feed) => feed.wake?.());
  // The first venue's own bars are checked; the second's ticks are compared as bars anyway.
  candles: NonNullable<Feed['candles']> = (timeframes) => this.#parts.first.candles?.(timeframes);
  connections: NonNullable<Feed['connections']> = () => [
    ...(this.#parts.first.connections?.() ?? []),
    ...(this.#parts.second.connections?.() ?? []),
  ];

  async run(sink: FeedSink, stop: AbortSignal): Promise<void> {
    const { first, second, clock } = this.#parts;
    this.#hold = new TickHold(clock);
    this.#isCarrying = false;
    this.#told = undefined;
    this.#statuses = { first: { state: 'connecting', attempt: 1 }, second: { state: 'connecting', attempt: 1 } };
    let cancelLook = (): void => undefined;
    const look = (): void => {
      if (stop.aborted) return;
      if (!this.#isCarrying && this.#hold.isFirstStalled(STALLED_MS)) this.#carry(sink);
      cancelLook = clock.after(LOOK_MS, look);
    };
    look();
    await Promise.all([first.run(this.#firstSink(sink, stop), stop), second.run(this.#secondSink(sink), stop)]);
    cancelLook();
    this.#tell(sink);
  }

  #firstSink(sink: FeedSink, stop: AbortSignal): FeedSink {
    return {
      ...passing(sink),
      ticks: (ticks) => {
        this.#parts.onTicks('first', ticks);
        this.#hold.firstTold(ticks);
        if (this.#isCarrying) this.#giveBack(sink);
        sink.ticks(ticks);
      },
      status: (status) => {
        this.#statuses.first = status;
        const canCarry = !stop.aborted && this.#statuses.second.state === 'live';
        if (!this.#isCarrying && canCarry && isBroken(status)) this.#carry(sink);
        this.#tell(sink);
      },
    };
  }

  #secondSink(sink: FeedSink): FeedSink {
    return {
      ...passing(sink),
      // Of the second only what stands in for the first is told: its looks, bars and trouble are its own.
      quotes: () => undefined,
      bars: () => undefined,
      candle: () => undefined,
      dropped: (messages) => {
        if (this.#isCarrying) sink.dropped(messages);
      },
      heard: (bytes) => {
        if (this.#isCarrying) sink.heard(bytes);
      },
      ticks: (ticks) => {
        this.#parts.onTicks('second', ticks);
        if (this.#isCarrying) this.#stand(ticks, sink);
        else {
          this.#hold.secondTold(ticks);
          if (isBroken(this.#statuses.first)) this.#carry(sink);
        }
      },
      status: (status) => {
        this.#statuses.second = status;
        if (this.#isCarrying && status.state !== 'live') this.#isCarrying = false;
        this.#tell(sink);
        this.#parts.onChanged();
      },
    };
  }

  #carry(sink: FeedSink): void {
    this.#isCarrying = true;
    this.#tell(sink);
    this.#parts.onChanged();
    this.#carried = undefined;
    const missed = this.#hold.release();
    if (missed.length > 0) this.#stand(missed, sink);
  }

  #stand(ticks: readonly Tick[], sink: FeedSink): void {
    for (const { time } of ticks) {
      const { open = time, close = time } = this.#carried ?? {};
      this.#carried = { open: Math.min(open, time) as EpochMs, close: Math.max(close, time) as EpochMs };
    }
    sink.ticks(ticks);
  }

  #giveBack(sink: FeedSink): void {
    this.#isCarrying = false;
    this.#tell(sink);
    this.#parts.onChanged();
  }

  /** While the second carries, prices come in as if nothing were wrong; what is wrong with the first stands beside it. */
  #tell(sink: FeedSink): void {
    const status = this.#isCarrying ? this.#statuses.second : this.#statuses.first;
    if (status === this.#told) return;
    // Live is live, whoever tells.
    if (status.state === 'live' && this.#told?.state === 'live') return;
    this.#told = status;
    sink.status(status);
  }

  #each(act: (feed: Feed) => void): void {
    act(this.#parts.first);
    act(this.#parts.second);
  }
}

/** The first cannot tell anything, and knows it. */
function isBroken({ state }: FeedStatus): boolean {
  return state === 'waiting' || state === 'stopped' || state === 'stale';
}

function passing(sink: FeedSink): FeedSink {
  return {
    ticks: (ticks) => sink.ticks(ticks),
    quotes: (ticks) => sink.quotes(ticks),
    bars: (bars, provenance, asked) => sink.bars(bars, provenance, asked),
    status: (status) => sink.status(status),
    progress: (done, total) => sink.progress(done, total),
    rejected: (reason, detail) => sink.rejected(reason, detail),
    heard: (bytes) => sink.heard(bytes),
    dropped: (messages) => sink.dropped(messages),
    candle: (candle, closed) => sink.candle(candle, closed),
    order: (update) => sink.order(update),
  };
}
