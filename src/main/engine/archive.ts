import { adjustColumns } from '../../core/adjust-columns.ts';
import type { AuctionBar } from '../../core/auction.ts';
import { periodSpan } from '../../core/bar-time.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { type Calendar, sessionAtOrAfter } from '../../core/calendar.ts';
import { addDays } from '../../core/calendar-date.ts';
import { type CandleColumns, columnsOf, filterColumns, NO_CANDLES, sliceColumns } from '../../core/candle-columns.ts';
import type { CorporateAction } from '../../core/corporate-action.ts';
import { lookBack } from '../../core/look-back.ts';
import { mergeColumns } from '../../core/merge-columns.ts';
import { resampleColumns } from '../../core/resample.ts';
import { type CalendarTimeframe, INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import { withAuctions } from '../../core/with-auctions.ts';
import type { CandleStore } from './store-port.ts';

/** What a frame's bars are made of where it has none of its own: the longest frame that divides it and may be stored. */
export const MADE_OF: Readonly<Record<Timeframe, Timeframe | undefined>> = {
  '1s': undefined,
  '5s': '1s',
  '10s': '5s',
  '15s': '5s',
  '30s': '15s',
  '45s': '15s',
  '1m': '5s',
  '3m': '1m',
  '5m': '1m',
  '10m': '5m',
  '15m': '5m',
  '30m': '15m',
  '1h': '30m',
  '2h': '1h',
  '4h': '2h',
  '1d': '1h',
  '1w': '1d',
  '1mo': '1d',
};

/** A week whose Monday is not stored is the same week still: its bar keeps the open time that the forming one has. */
function onCalendar(bars: CandleColumns, timeframe: CalendarTimeframe, calendar: Calendar): CandleColumns {
  const openTime = bars.openTime.map(
    (time) => periodSpan(calendar.dateOf(time as EpochMs), timeframe, calendar).openTime,
  );
  return { ...bars, openTime };
}

/** A week or month in the midst of which the unit of prices changed says nothing: it is made of its days. */
function inOneUnit(bars: CandleColumns, timeframe: CalendarTimeframe, { actions, calendar }: Wanted): CandleColumns {
  const torn = new Set<EpochMs>();
  for (const { exDate } of actions) {
    const { openTime } = periodSpan(exDate, timeframe, calendar);
    if (openTime < calendar.midnight(exDate)) torn.add(openTime);
  }
  return torn.size === 0 ? bars : filterColumns(bars, (openTime) => !torn.has(openTime));
}

/** A quiet instrument may have no bar in the last part of a day that is known whole. */
const QUIET_END = 0.1;

/** Whose bars, and what happened to its shares. */
interface Wanted {
  readonly instrument: InstrumentKey;
  readonly calendar: Calendar;
  /** In any order; none gives the bars as they were traded. */
  readonly actions: readonly CorporateAction[];
}

/** What bars are made of: a store, or what reads one. */
export type BarSource = Pick<CandleStore, 'loadCandles' | 'loadCandlesBefore' | 'loadAuctions'>;

/**
 * The bars of any timeframe, from whatever is stored: its own where they are, the rest made of shorter ones.
 * A frame's own bars come from history or a file and overrule what we would make.
 *
 * Bars are stored as they were traded and answered in today's shares, so that a split looks like no fall.
 */
export class Archive {
  readonly #store: BarSource;
  readonly #flush: () => void;
  readonly #actionsOf: (instrument: InstrumentKey) => readonly CorporateAction[];

  /**
   * `flush` brings what is still waiting in memory to the store. `actionsOf` tells an instrument's corporate
   * actions up to the market's own date (`actionsInForce`), for a market played back may be older than some.
   */
  constructor(
    store: BarSource,
    flush: () => void,
    actionsOf: (instrument: InstrumentKey) => readonly CorporateAction[] = () => [],
  ) {
    this.#store = store;
    this.#flush = flush;
    this.#actionsOf = actionsOf;
  }

  /** Bars with `from` ≤ openTime < `to`, oldest first; the last one may still be forming. */
  load(instrument: InstrumentKey, timeframe: Timeframe, calendar: Calendar, from: EpochMs, to: EpochMs): CandleColumns {
    this.#flush();
    return this.#load({ instrument, calendar, actions: this.#actionsOf(instrument) }, timeframe, from, to);
  }

  /** As `load`, at the prices of their time: for export, and for comparing with what a venue tells. */
  loadAsTraded(
    instrument: InstrumentKey,
    timeframe: Timeframe,
    calendar: Calendar,
    from: EpochMs,
    to: EpochMs,
  ): CandleColumns {
    this.#flush();
    return this.#load({ instrument, calendar, actions: [] }, timeframe, from, to);
  }

  /** Auctions with `from` ≤ openTime < `to` at the prices of their time. */
  auctionsAsTraded(instrument: InstrumentKey, from: EpochMs, to: EpochMs): readonly AuctionBar[] {
    this.#flush();
    return this.#store.loadAuctions(instrument, from, to);
  }

  /** Auctions of the dates from that of `from` on that began before `to`, oldest first, in today's shares. */
  auctions(instrument: InstrumentKey, calendar: Calendar, from: EpochMs, to: EpochMs): readonly AuctionBar[] {
    this.#flush();
    return this.#auctions({ instrument, calendar, actions: this.#actionsOf(instrument) }, from, to);
  }

  /** Up to `limit` bars that open before `before`, oldest first. */
  newest(
    instrument: InstrumentKey,
    timeframe: Timeframe,
    calendar: Calendar,
    before: EpochMs,
    limit: number,
  ): CandleColumns {
    this.#flush();
    const wanted: Wanted = { instrument, calendar, actions: this.#actionsOf(instrument) };
    let bars = NO_CANDLES;
    let end: EpochMs | undefined = before;
    // Days without bars (holidays nobody knew, days not recorded) leave the window short: then on from the next older one.
    while (end !== undefined && bars.openTime.length < limit) {
      const from = windowStart(calendar, timeframe, limit - bars.openTime.length, end);
      bars = mergeColumns(bars, this.#load(wanted, timeframe, from, end));
      end = this.#endOfOlder(wanted, timeframe, from);
    }
    return sliceColumns(bars, Math.max(0, bars.openTime.length - limit));
  }

  /** End of the newest day before `time` of which anything is stored that this frame could be made of. */
  #endOfOlder({ instrument, calendar }: Wanted, timeframe: Timeframe, time: EpochMs): EpochMs | undefined {
    let newest: number | undefined;
    for (let frame: Timeframe | undefined = timeframe; frame !== undefined; frame = MADE_OF[frame]) {
      const openTime = this.#store.loadCandlesBefore(instrument, frame, time, 1).openTime.at(-1);
      if (openTime !== undefined) newest = Math.max(newest ?? openTime, openTime);
    }
    if (newest === undefined) return undefined;
    const nextDay = calendar.midnight(addDays(calendar.dateOf(newest as EpochMs), 1));
    return Math.min(nextDay, time) as EpochMs;
  }

  #load(wanted: Wanted, timeframe: Timeframe, from: EpochMs, to: EpochMs): CandleColumns {
    if (from >= to) return NO_CANDLES;
    const { calendar } = wanted;
    const own = this.#own(wanted, timeframe, from, to);
    const finer = MADE_OF[timeframe];
    if (finer === undefined) return own;
    const made = this.#load(wanted, finer, this.#unknownFrom(own, wanted, timeframe, from), to);
    const bars = resampleColumns(made, timeframe, calendar);
    if (isIntraday(timeframe)) return mergeColumns(own, bars);
    const days = timeframe === '1d' ? withAuctions(bars, this.#auctions(wanted, from, to), calendar) : bars;
    return mergeColumns(own, onCalendar(days, timeframe, calendar));
  }

  /** The auctions of the dates that the stretch touches. */
  #auctions({ instrument, calendar, actions }: Wanted, from: EpochMs, to: EpochMs): readonly AuctionBar[] {
    const auctions = this.#store.loadAuctions(instrument, calendar.midnight(calendar.dateOf(from)), to);
    const { open, high, low, close, volume } = adjustColumns(columnsOf(auctions), actions, calendar);
    return auctions.map((auction, row) => ({
      ...auction,
      // The columns have a row for each auction.
      open: open[row] as number,
      high: high[row] as number,
      low: low[row] as number,
      close: close[row] as number,
      volume: auction.volume === undefined ? undefined : (volume[row] as number),
    }));
  }

  /** The frame's own bars. Adjusted before longer ones are made of them, so that a week is of one unit. */
  #own(wanted: Wanted, timeframe: Timeframe, from: EpochMs, to: EpochMs): CandleColumns {
    const { instrument, calendar, actions } = wanted;
    const own = this.#store.loadCandles(instrument, timeframe, from, to);
    if (actions.length === 0) return own;
    return adjustColumns(isIntraday(timeframe) ? own : inOneUnit(own, timeframe, wanted), actions, calendar);
  }

  /** Sessions whose own bars reach their end need no making: only what follows the first that is not so. */
  #unknownFrom({ openTime }: CandleColumns, wanted: Wanted, timeframe: Timeframe, from: EpochMs): EpochMs {
    const { calendar } = wanted;
    const [first, last] = [openTime[0], openTime.at(-1)];
    const finer = MADE_OF[timeframe];
    if (first === undefined || last === undefined || finer === undefined) return from;
    // Where nothing shorter is older than the first bar, nothing older can be made.
    const isOldest = this.#endOfOlder(wanted, finer, first as EpochMs) === undefined;
    const length = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : Number.POSITIVE_INFINITY;
    let session = sessionAtOrAfter(calendar, isOldest ? (first as EpochMs) : from);
    let row = 0;
    while (session !== undefined && session.close <= last) {
      while ((openTime[row + 1] ?? last) < session.close && row + 1 < openTime.length) row += 1;
      const opened = openTime[row] ?? 0;
      const reached = opened < session.open || opened >= session.close ? 0 : opened + length;
      const isWhole = reached >= session.close - (session.close - session.open) * QUIET_END;
      if (!isWhole) return Math.max(session.open, from) as EpochMs;
      session = sessionAtOrAfter(calendar, session.close);
    }
    return session === undefined ? from : (Math.max(session.open, from) as EpochMs);
  }
}

/** Where so many bars begin that open before `end`: a week or a month is never taken by half. */
function windowStart(calendar: Calendar, timeframe: Timeframe, bars: number, end: EpochMs): EpochMs {
  const from = lookBack(calendar, timeframe, bars, end);
  return isIntraday(timeframe) ? from : periodSpan(calendar.dateOf(from), timeframe, calendar).openTime;
}
