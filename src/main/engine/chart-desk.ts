import type { CandleTable } from '../../contract/commands.ts';
import type { ChartAuction } from '../../contract/coverage.ts';
import { auctionSpan } from '../../core/auction.ts';
import { type EpochMs, type InstrumentKey, MINUTE_MS } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import type { CandleColumns } from '../../core/candle-columns.ts';
import { AppError } from '../../core/errors.ts';
import { lookBack } from '../../core/look-back.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import type { BarMaker } from './bar-maker.ts';
import type { HistoryDesk, HistoryPart } from './history-desk.ts';
import type { Clock } from './ports.ts';
import type { Publisher } from './publisher.ts';
import { seedMaker } from './seed-maker.ts';
import type { Track } from './track.ts';

/** Charts kept fed at once; a screen that opens one more pushes out the one opened longest ago. */
const MAX_SCREENS = 8;

/** A venue that could not answer is asked again, when a chart asks, after this long. */
const ASK_AGAIN_MS = MINUTE_MS;

export interface ChartDeskParts {
  readonly tracks: ReadonlyMap<InstrumentKey, Track>;
  readonly archive: Archive;
  readonly history: HistoryDesk | undefined;
  /** What must still be asked so that bars from `from` on can be made. */
  plan(track: Track, timeframe: Timeframe, from: EpochMs): readonly HistoryPart[];
  readonly publisher: Publisher;
  /** The exchange's clock: the time its stamps tell. */
  readonly clock: Clock;
}

/** Bars for charts: loaded on request, then fed as they change. */
export class ChartDesk {
  readonly #parts: ChartDeskParts;
  readonly #screens = new Map<string, { readonly track: Track; readonly timeframe: Timeframe }>();
  /** When history may be asked the same again: never after an answer, short as it may be. */
  readonly #askAgainAt = new Map<string, number>();

  constructor(parts: ChartDeskParts) {
    this.#parts = parts;
  }

  /** The newest `limit` bars and the forming one, or the `limit` bars that open before `before`. */
  load(instrument: InstrumentKey, timeframe: Timeframe, before: EpochMs | null, limit: number): CandleTable {
    const track = this.track(instrument);
    const { archive, clock } = this.#parts;
    const forming = before === null ? this.#forming(track, timeframe) : undefined;
    const end = before ?? forming?.openTime ?? clock.now();
    const bars = archive.newest(instrument, timeframe, track.calendar, end, limit);
    // A venue can fill what is missing within the trading days that so many bars take.
    const from = lookBack(track.calendar, timeframe, limit, end);
    const hasGap = bars.openTime.filter((time) => time >= from).length < limit;
    const coming = hasGap && this.#askHistory(track, timeframe, from);
    const more = bars.openTime.length >= limit || coming;
    return {
      instrument,
      timeframe,
      ...tableOf(bars),
      forming: forming ?? null,
      auctions: this.#auctions(track, timeframe, bars, end),
      more,
    };
  }

  /** From now on the bars of this chart are published, until the screen watches another. */
  watch(screen: string, instrument: InstrumentKey, timeframe: Timeframe): void {
    const track = this.track(instrument);
    this.#screens.delete(screen);
    this.#screens.set(screen, { track, timeframe });
    const [oldest] = this.#screens.keys();
    if (this.#screens.size > MAX_SCREENS && oldest !== undefined) this.#screens.delete(oldest);
    this.#refresh();
  }

  /** The auctions among these bars: days, weeks and months hold theirs. */
  #auctions({ instrument, calendar }: Track, timeframe: Timeframe, bars: CandleColumns, end: EpochMs): ChartAuction[] {
    const [first] = bars.openTime;
    if (!isIntraday(timeframe) || first === undefined) return [];
    const { archive } = this.#parts;
    // An auction may go on after the last bar that was asked for.
    const to = (end + 1) as EpochMs;
    return archive.auctions(instrument.key, calendar, first as EpochMs, to).flatMap((auction) => {
      const session = calendar.session(auction.date);
      const span = session && auctionSpan(session, auction.kind);
      if (span === undefined) return [];
      const { kind, openTime, open, high, low, close, volume } = auction;
      return [{ kind, openTime, closeTime: span.close, open, high, low, close, volume: volume ?? null }];
    });
  }

  /** The instrument's track. Throws an AppError for one that is not watched. */
  track(instrument: InstrumentKey): Track {
    const track = this.#parts.tracks.get(instrument);
    if (track !== undefined) return track;
    throw new AppError('not-found', `${instrument} is not in the watchlist of this feed. Choose another instrument.`);
  }

  /** Only bars that some screen looks at are built beyond the base and the rule's. */
  #refresh(): void {
    const { tracks } = this.#parts;
    const wanted = [...this.#screens.values()];
    for (const track of tracks.values()) {
      const frames = new Set(wanted.filter((each) => each.track === track).map((each) => each.timeframe));
      for (const timeframe of track.charts.keys()) if (!frames.has(timeframe)) track.charts.delete(timeframe);
      for (const timeframe of frames)
        if (!track.charts.has(timeframe)) track.charts.set(timeframe, this.#seeded(track, timeframe));
    }
  }

  #seeded(track: Track, timeframe: Timeframe): BarMaker {
    return seedMaker(track, this.#parts.archive, timeframe, this.#parts.clock.now());
  }

  #forming(track: Track, timeframe: Timeframe): Candle | undefined {
    const maker = track.charts.get(timeframe) ?? this.#seeded(track, timeframe);
    return maker.forming?.candle;
  }

  /** True when the venue was asked and may have more. */
  #askHistory(track: Track, timeframe: Timeframe, from: EpochMs): boolean {
    const { history, publisher, clock, plan } = this.#parts;
    const question = `${track.instrument.key} ${timeframe} ${from}`;
    if (history === undefined || clock.now() < (this.#askAgainAt.get(question) ?? 0)) return false;
    this.#askAgainAt.set(question, Number.POSITIVE_INFINITY);
    void history.fill(track, plan(track, timeframe, from)).then((ok) => {
      if (ok) publisher.publish({ type: 'candles-revised', instrument: track.instrument.key });
      else this.#askAgainAt.set(question, clock.now() + ASK_AGAIN_MS);
    });
    return true;
  }
}

/** Plain arrays, which both shells carry; an unknown volume is null. */
function tableOf(bars: CandleColumns): Pick<CandleTable, 'openTime' | 'open' | 'high' | 'low' | 'close' | 'volume'> {
  return {
    openTime: [...bars.openTime],
    open: [...bars.open],
    high: [...bars.high],
    low: [...bars.low],
    close: [...bars.close],
    volume: Array.from(bars.volume, (volume) => (Number.isNaN(volume) ? null : volume)),
  };
}
