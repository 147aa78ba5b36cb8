import { type EpochMs, SECOND_MS } from '../../core/brand.ts';
import type { Span } from '../../core/calendar.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Tick } from '../../core/tick.ts';
import type { Clock, Feed, FeedSink } from './ports.ts';
import { TickHold } from './tick-hold.ts';

export interface PairParts {
  readonly first: Feed;
  readonly second: Feed;
  /** Goes before the names of the second's connections. */
  readonly secondLabel?: string;
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
  /** The time before that: a bar that is still open may hold some of both. */
  #carriedBefore: Span | undefined;
  /** The first is up and tells nothing, though there is something to tell. */
  #isFirstMute = false;
  /** The first told something before its line said that it is live. */
  #hasFirstSpoken = false;
  /** Since when the second has been telling without a break, by our clock. */
  #secondSince: number = Number.POSITIVE_INFINITY;
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
    return [this.#carried, this.#carriedBefore].some(
      (carried) => carried !== undefined && carried.open < close && carried.close >= open,
    );
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
    ...(this.#parts.second.connections?.() ?? []).map((each) => ({
      ...each,
      name: `${this.#parts.secondLabel ?? 'second'} ${each.name}`,
    })),
  ];

  async run(sink: FeedSink, stop: AbortSignal): Promise<void> {
    const { first, second, clock } = this.#parts;
    this.#hold = new TickHold(clock);
    this.#isCarrying = false;
    this.#isFirstMute = false;
    this.#hasFirstSpoken = false;
    this.#secondSince = Number.POSITIVE_INFINITY;
    this.#told = undefined;
    this.#statuses = { first: { state: 'connecting', attempt: 1 }, second: { state: 'connecting', attempt: 1 } };
    let cancelLook = (): void => undefined;
    const look = (): void => {
      if (stop.aborted) return;
      if (!this.#isCarrying && this.#hold.isFirstStalled(STALLED_MS)) {
        this.#isFirstMute = true;
        this.#carry(sink);
      }
      cancelLook = clock.after(LOOK_MS, look);
    };
    look();
    try {
      await Promise.all([first.run(this.#firstSink(sink, stop), stop), second.run(this.#secondSink(sink), stop)]);
    } finally {
      cancelLook();
    }
    this.#tell(sink);
  }

  #firstSink(sink: FeedSink, stop: AbortSignal): FeedSink {
    return {
      ...passing(sink),
      // Its heartbeats say nothing of what it does not tell.
      heard: (bytes) => {
        if (!this.#isCarrying) sink.heard(bytes);
      },
      ticks: (ticks) => {
        this.#parts.onTicks('first', ticks);
        this.#hold.firstTold(ticks);
        this.#isFirstMute = false;
        this.#hasFirstSpoken = true;
        if (this.#isCarrying) this.#giveBack(sink);
        else this.#tell(sink);
        sink.ticks(ticks);
      },
      status: (status) => {
        this.#statuses.first = status;
        if (status.state !== 'live') this.#isFirstMute = false;
        if (isBroken(status)) this.#hasFirstSpoken = false;
        const canCarry = !stop.aborted && this.#statuses.second.state === 'live';
        if (!this.#isCarrying && canCarry && isBroken(status)) this.#carry(sink);
        else if (this.#isCarrying && this.#hasFirstSpoken) this.#giveBack(sink);
        this.#tell(sink);
        this.#parts.onChanged();
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
        this.#secondSince = this.#parts.clock.now();
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
          if (this.#isFirstMute || isBroken(this.#statuses.first)) this.#carry(sink);
        }
      },
      status: (status) => {
        this.#statuses.second = status;
        if (status.state !== 'live') this.#secondSince = Number.POSITIVE_INFINITY;
        else if (!Number.isFinite(this.#secondSince)) this.#secondSince = this.#parts.clock.now();
        if (this.#isCarrying && status.state !== 'live') this.#isCarrying = false;
        this.#tell(sink);
        this.#parts.onChanged();
      },
    };
  }

  #carry(sink: FeedSink): void {
    this.#tellHole(sink);
    this.#isCarrying = true;
    this.#hasFirstSpoken = false;
    this.#tell(sink);
    this.#parts.onChanged();
    if (this.#carried !== undefined) this.#carriedBefore = this.#carried;
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

  /** What was traded after the last word of the first and before the second was there, nobody told. */
  #tellHole(sink: FeedSink): void {
    if (this.#told?.state !== 'live') return;
    const lastTickAt = this.#hold.firstAt ?? this.#told.since;
    if (this.#secondSince > lastTickAt) this.#say({ state: 'stale', lastTickAt }, sink);
  }

  /** A line tells a moment before it says that it is live: until then the second goes on. */
  #giveBack(sink: FeedSink): void {
    if (this.#statuses.first.state !== 'live') return;
    this.#isCarrying = false;
    this.#tell(sink);
    this.#parts.onChanged();
  }

  /** While the second carries, prices come in as if nothing were wrong; what is wrong with the first stands beside it. */
  #tell(sink: FeedSink): void {
    const { first, second } = this.#statuses;
    const status = this.#isCarrying ? second : first;
    if (!this.#isCarrying && this.#isFirstMute && first.state === 'live') {
      if (this.#told?.state === 'live')
        this.#say({ state: 'stale', lastTickAt: this.#hold.firstAt ?? first.since }, sink);
      return;
    }
    if (status === this.#told) return;
    // Live is live, whoever tells.
    if (status.state !== 'live' || this.#told?.state !== 'live') this.#say(status, sink);
  }

  #say(status: FeedStatus, sink: FeedSink): void {
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
