import type { AuctionBar } from '../../core/auction.ts';
import { type EpochMs, type InstrumentKey, MINUTE_MS } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { type CandleColumns, NO_CANDLES, sliceColumns } from '../../core/candle-columns.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import { mergeColumns } from '../../core/merge-columns.ts';
import { rowsBetween } from '../../core/outcome/session-bars.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import { instrumentOf, keyOfSymbol, type ReplayFile } from '../brokers/replay/replay-file.ts';
import type { BarSource } from '../engine/archive.ts';
import { type FileRows, rowsOfFile } from './file-rows.ts';

/** A market that lies in files, as a store would answer it. */
export interface FileMarket {
  readonly instruments: readonly Instrument[];
  readonly source: BarSource & { readonly path: ':memory:' };
  /** When the last of them ended: a replay runs on to the close of its session. */
  readonly now: EpochMs;
  /** The earliest row. */
  readonly from: EpochMs;
  /** Instruments of which no bar tells a volume. */
  readonly withoutVolume: ReadonlySet<InstrumentKey>;
}

/** What is known of the market beside the files. */
export interface FileContext {
  readonly instruments: readonly Instrument[];
  calendarOf(segment: Segment): Calendar;
}

/** After the last row a replay's clock runs on to the end of the session and this much beyond. */
const CURTAIN_MS = MINUTE_MS;

/** The market of recorded files; several may be of one instrument. */
export function marketOfFiles(files: readonly ReplayFile[], context: FileContext): FileMarket {
  const shelf = new Shelf();
  const instruments = new Map<InstrumentKey, Instrument>();
  let [from, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const file of files) {
    const instrument = instrumentOf(keyOfSymbol(file.symbol), context.instruments);
    const calendar = context.calendarOf(instrument.segment);
    instruments.set(instrument.key, instrument);
    const rows = rowsOfFile(file, instrument, calendar);
    shelf.add(instrument.key, rows);
    from = Math.min(from, rows.columns.openTime[0] ?? from);
    end = Math.max(end, rows.end);
  }
  const closes = [...instruments.values()].map(({ segment }) => {
    const calendar = context.calendarOf(segment);
    // Round the clock, the day's end is nobody's close.
    return segment === '24x7' ? end : (calendar.session(calendar.dateOf(end as EpochMs))?.close ?? end);
  });
  return {
    instruments: [...instruments.values()],
    source: shelf,
    now: (Math.max(end, ...closes) + CURTAIN_MS) as EpochMs,
    from: from as EpochMs,
    withoutVolume: new Set([...instruments.keys()].filter((key) => !shelf.hasVolume(key))),
  };
}

/** The bars of files by instrument and timeframe. */
class Shelf implements BarSource {
  readonly path = ':memory:';
  readonly #bars = new Map<InstrumentKey, Map<Timeframe, CandleColumns>>();
  readonly #auctions = new Map<InstrumentKey, readonly AuctionBar[]>();

  /** Of two files with a bar of the same time the first one's stands. */
  add(instrument: InstrumentKey, { timeframe, columns, auctions }: FileRows): void {
    const frames = this.#bars.get(instrument) ?? new Map<Timeframe, CandleColumns>();
    frames.set(timeframe, mergeColumns(frames.get(timeframe) ?? NO_CANDLES, columns));
    this.#bars.set(instrument, frames);
    const all = [...(this.#auctions.get(instrument) ?? []), ...auctions];
    this.#auctions.set(
      instrument,
      all.toSorted((a, b) => a.openTime - b.openTime),
    );
  }

  hasVolume(instrument: InstrumentKey): boolean {
    const frames = [...(this.#bars.get(instrument)?.values() ?? [])];
    return frames.some(({ volume }) => volume.some((traded) => !Number.isNaN(traded)));
  }

  loadCandles(instrument: InstrumentKey, timeframe: Timeframe, from: EpochMs, to: EpochMs): CandleColumns {
    return rowsBetween(this.#of(instrument, timeframe), from, to);
  }

  loadCandlesBefore(instrument: InstrumentKey, timeframe: Timeframe, before: EpochMs, limit: number): CandleColumns {
    const older = rowsBetween(this.#of(instrument, timeframe), 0, before);
    return sliceColumns(older, Math.max(0, older.openTime.length - limit));
  }

  loadAuctions(instrument: InstrumentKey, from: EpochMs, to: EpochMs): readonly AuctionBar[] {
    const all = this.#auctions.get(instrument) ?? [];
    return all.filter(({ openTime }) => openTime >= from && openTime < to);
  }

  #of(instrument: InstrumentKey, timeframe: Timeframe): CandleColumns {
    return this.#bars.get(instrument)?.get(timeframe) ?? NO_CANDLES;
  }
}
