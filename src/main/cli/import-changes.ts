import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { candlesOf } from '../../core/candle-columns.ts';
import type { BarValues, Revision } from '../../core/revision.ts';
import { holds, joinSpans } from '../../core/spans.ts';
import { Archive } from '../engine/archive.ts';
import type { Store } from '../engine/store-port.ts';

/**
 * What imported minutes say otherwise than minutes that the feed had told whole in shorter bars. The store itself
 * writes down only what changes of bars of the same timeframe. `bars` are of one instrument, oldest first, and not
 * stored yet; of other timeframes there is nothing to tell.
 */
export function changedMinutes(store: Store, bars: readonly Candle[], calendar: Calendar, at: EpochMs): Revision[] {
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined || first.timeframe !== '1m') return [];
  const { instrument, openTime: from } = first;
  const to = (last.openTime + MINUTE_MS) as EpochMs;
  const live = joinSpans(store.covered(instrument, from, to).filter(({ provenance }) => provenance === 'live'));
  if (live.length === 0) return [];
  const own = new Set(store.storedCandles(instrument, '1m', from, to).map(({ candle }) => candle.openTime));
  const archive = new Archive(
    store,
    () => undefined,
    () => [],
  );
  const made = candlesOf(archive.loadAsTraded(instrument, '1m', calendar, from, to), instrument, '1m');
  const before = new Map(made.map((bar) => [bar.openTime, valuesOf(bar)]));
  return bars.flatMap((bar): Revision[] => {
    const { openTime } = bar;
    const was = before.get(openTime);
    const after = valuesOf(bar);
    // What was never had whole is repaired, not changed.
    const isWhole = holds(live, { open: openTime, close: (openTime + MINUTE_MS) as EpochMs });
    if (own.has(openTime) || !isWhole || (was !== undefined && isSame(was, after))) return [];
    return [{ instrument, timeframe: '1m', openTime, reason: 'import', at, before: was, after }];
  });
}

function valuesOf({ open, high, low, close, volume }: Candle): BarValues {
  return { open, high, low, close, volume };
}

function isSame(a: BarValues, b: BarValues): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}
