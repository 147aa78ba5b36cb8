import fc from 'fast-check';
import { barCloseTime } from '../../src/core/bar-time.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { isIntraday, type Timeframe } from '../../src/core/timeframe.ts';
import type { NaiveMarket } from './naive-market.ts';
import { nse } from './nse.ts';

export const STOCK: Instrument = {
  key: 'NSE:INFY' as InstrumentKey,
  name: 'Infosys',
  segment: 'nse-cash',
  sector: 'IT',
  tickSize: 0.05,
  priceDecimals: 2,
  lotSize: 1,
};

const calendar = nse('nse-cash');

/** A bar as it is drawn: whether there is one, how it moves, how far it reaches, what was traded. */
interface BarSeed {
  readonly isThere: boolean;
  readonly opens: number;
  readonly moves: number;
  readonly above: number;
  readonly below: number;
  readonly volume: number | undefined;
}

const barSeeds = fc.record({
  isThere: fc.boolean().chain((even) => (even ? fc.constant(true) : fc.nat(3).map((n) => n > 0))),
  // Small whole steps: prices often meet, stand still and turn.
  opens: fc.constantFrom(0, 0, 0, -1, 1, 5),
  moves: fc.constantFrom(0, 0, -1, 1, -2, 2, -3, 3),
  above: fc.nat(2),
  below: fc.nat(2),
  volume: fc.option(fc.nat(20), { nil: undefined, freq: 20 }),
});

export interface MarketOptions {
  readonly timeframe: Timeframe;
  /** Of the calendar, first to last. */
  readonly dates: readonly string[];
  /** Days of which the lane knows no bars of its own, at the most. */
  readonly past: number;
  /** No bar is missing. */
  readonly isWhole?: boolean;
}

/** Days of one instrument with holes, flat stretches and bars without a volume. */
export function scanMarkets({ timeframe, dates, past, isWhole = false }: MarketOptions): fc.Arbitrary<NaiveMarket> {
  const spans = dates.flatMap((date) => spansOf(date as TradingDate, timeframe));
  return fc
    .record({
      seeds: fc.array(barSeeds, { minLength: spans.length, maxLength: spans.length }),
      hasVolume: fc.nat(4).map((n) => n > 0),
      begins: fc.nat(past),
    })
    .map(({ seeds, hasVolume, begins }) => {
      const drawn = isWhole ? seeds.map((seed) => ({ ...seed, isThere: true })) : seeds;
      const bars = barsOf(spans, drawn, timeframe, hasVolume);
      const first = dates[begins] ?? '';
      const from = bars.findIndex(({ openTime }) => calendar.dateOf(openTime) >= first);
      return { instrument: STOCK, calendar, timeframe, bars, from: Math.max(from, 0), asked: new Map() };
    });
}

function spansOf(date: TradingDate, timeframe: Timeframe): readonly EpochMs[] {
  const session = calendar.session(date);
  if (session === undefined) throw new RangeError(`${date} has no session.`);
  const opens: EpochMs[] = [];
  let time = session.open;
  while (time < session.close) {
    opens.push(time);
    if (!isIntraday(timeframe)) break;
    time = barCloseTime(time, timeframe, calendar);
  }
  return opens;
}

function barsOf(
  spans: readonly EpochMs[],
  seeds: readonly BarSeed[],
  timeframe: Timeframe,
  hasVolume: boolean,
): readonly Candle[] {
  let price = 50;
  return spans.flatMap((openTime, at) => {
    const seed = seeds[at];
    if (seed === undefined || !seed.isThere) return [];
    const open = Math.max(5, price + seed.opens);
    const close = Math.max(5, open + seed.moves);
    price = close;
    const [high, low] = [Math.max(open, close) + seed.above, Math.min(open, close) - seed.below];
    const volume = hasVolume ? seed.volume : undefined;
    return { instrument: STOCK.key, timeframe, openTime, open, high, low, close, volume };
  });
}
