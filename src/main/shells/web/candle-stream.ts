import type { CandleTable } from '../../../contract/commands.ts';
import type { EngineEvent } from '../../../contract/events.ts';
import { DAY_MS, type InstrumentKey } from '../../../core/brand.ts';
import type { Candle } from '../../../core/candle.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';
import type { EngineHost } from '../../engine/host.ts';
import { dispatch } from '../dispatch.ts';

/** A bar as scripts get it; `time` is the bar's opening in Unix seconds, `volume` null where unknown. */
export interface ApiCandle {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
}

/** A bar that changed. A closed one changes no more. */
export interface CandleChange extends ApiCandle {
  readonly symbol: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly closed: boolean;
}

/** What a script asks about: bars of one instrument (undefined: of all) in one timeframe. */
export interface Subject {
  readonly instrument: InstrumentKey | undefined;
  readonly timeframe: Timeframe;
}

/** As many bars as the engine gives in one answer. */
export const MOST_BARS = 5_000;

interface Seen {
  /** Opening of the newest closed bar that was there, in Unix seconds; undefined when there was none. */
  readonly closed: number | undefined;
  readonly forming: string;
}

/**
 * Tells `send` of each change of the subject's bars, from now on. Returns the way to stop.
 *
 * It reads the bars whenever prices have moved, rather than watch charts as a screen does: charts are few, and a
 * script that follows fifty instruments must not push out those that people look at.
 */
export function streamCandles(engine: EngineHost, subject: Subject, send: (candle: CandleChange) => void): () => void {
  const { instrument: only, timeframe } = subject;
  const seen = new Map<InstrumentKey, Seen>();
  const moved = new Set<InstrumentKey>();
  let busy = false;
  let again = false;

  const update = async (instrument: InstrumentKey): Promise<void> => {
    const before = seen.get(instrument);
    const newest = await load(engine, instrument, timeframe, 1);
    if (newest === undefined) return;
    const last = rowsOf(newest).at(-1)?.time;
    const forming = JSON.stringify(newest.forming);
    seen.set(instrument, { closed: last, forming });
    // History that arrives is no change: what closes after the first look is.
    if (before?.closed !== undefined && last !== undefined && last > before.closed) {
      const since = before.closed;
      const all = await load(engine, instrument, timeframe, barsBetween(since, last, timeframe));
      const fresh = (all === undefined ? [] : rowsOf(all)).filter(({ time }) => time > since && time <= last);
      for (const row of fresh) send({ symbol: instrument, timeframe, ...row, closed: true });
    }
    if (newest.forming !== null && forming !== before?.forming)
      send({ symbol: instrument, timeframe, ...rowOf(newest.forming), closed: false });
  };
  const updateMoved = async (): Promise<void> => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      const due = [...moved];
      moved.clear();
      for (const instrument of due) await update(instrument);
    }
    busy = false;
  };

  return engine.subscribe(({ events }) => {
    if (events.some(({ type }) => type === 'reset')) seen.clear();
    for (const instrument of pricesIn(events)) if (only === undefined || only === instrument) moved.add(instrument);
    const everySecond = events.some(({ type }) => type === 'stats');
    // The last bar of a day closes without a price.
    if (everySecond) for (const instrument of seen.keys()) moved.add(instrument);
    if (everySecond || only !== undefined) void updateMoved();
  });
}

/** The closed bars of an answer, oldest first. */
export function rowsOf(table: CandleTable): readonly ApiCandle[] {
  return table.openTime.map((openTime, index) => ({
    time: openTime / 1_000,
    // The columns have one length, so what holds for the time holds for the rest.
    open: table.open[index] as number,
    high: table.high[index] as number,
    low: table.low[index] as number,
    close: table.close[index] as number,
    volume: table.volume[index] ?? null,
  }));
}

/** The forming bar, in the shape of the closed ones. */
export function rowOf({ openTime, open, high, low, close, volume }: Candle): ApiCandle {
  return { time: openTime / 1_000, open, high, low, close, volume: volume ?? null };
}

/** At most so many bars opened after `from` and up to `to`, both in Unix seconds. */
function barsBetween(from: number, to: number, timeframe: Timeframe): number {
  const length = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : DAY_MS;
  return Math.min(MOST_BARS, Math.ceil(((to - from) * 1_000) / length) + 1);
}

function pricesIn(events: readonly EngineEvent[]): readonly InstrumentKey[] {
  return events.flatMap((event) => (event.type === 'quote' ? [event.quote.instrument] : []));
}

async function load(
  engine: EngineHost,
  instrument: InstrumentKey,
  timeframe: Timeframe,
  limit: number,
): Promise<CandleTable | undefined> {
  const reply = await dispatch(engine, 'candles.load', { instrument, timeframe, before: null, limit });
  // The command's own output type; dispatch is typed for all commands at once.
  return reply.ok ? (reply.value as CandleTable) : undefined;
}
