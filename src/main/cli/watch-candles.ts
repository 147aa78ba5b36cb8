import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { VolumeMeter } from '../../core/day-volume.ts';
import type { Tick } from '../../core/tick.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import { BarMaker } from '../engine/bar-maker.ts';

export interface ToldCandle {
  readonly candle: Candle;
  readonly closed: boolean;
}

/** Bars of one timeframe made of ticks, for looking at: nothing is stored, and nothing repaired. */
export interface WatchCandles {
  /** What the ticks closed and moved, each running bar once. */
  take(ticks: readonly Tick[]): readonly ToldCandle[];
  /** Bars that ended by `time` though no later tick has come. */
  closeThrough(time: EpochMs): readonly ToldCandle[];
}

interface Maker {
  readonly bars: BarMaker;
  readonly volume: VolumeMeter;
}

/** Bars follow the hours of each instrument; ticks outside them make none. */
export function watchCandles(timeframe: Timeframe, calendarOf: (key: InstrumentKey) => Calendar): WatchCandles {
  const makers = new Map<InstrumentKey, Maker>();
  const makerOf = (instrument: InstrumentKey): Maker => {
    const known = makers.get(instrument);
    if (known !== undefined) return known;
    const calendar = calendarOf(instrument);
    const made = { bars: new BarMaker({ instrument, timeframe, calendar }), volume: new VolumeMeter() };
    makers.set(instrument, made);
    return made;
  };
  return {
    take(ticks) {
      const closed: ToldCandle[] = [];
      const moved = new Set<Maker>();
      for (const tick of ticks) {
        const maker = makerOf(tick.instrument);
        const { bars, volume } = maker;
        const { ltp: price, time } = tick;
        const traded = tick.quantity ?? volume.next(tick.dayVolume, bars.kind.calendar.dateOf(time));
        const outcome = bars.push({ time, open: price, high: price, low: price, close: price, volume: traded });
        if (bars.closed !== undefined) closed.push({ candle: bars.closed, closed: true });
        if (outcome === 'updated' || outcome === 'rolled') moved.add(maker);
      }
      const running = [...moved].flatMap(({ bars: { forming } }) => forming ?? []);
      return [...closed, ...running.map(({ candle }) => ({ candle, closed: false }))];
    },
    closeThrough: (time) =>
      [...makers.values()].flatMap(({ bars }) => {
        const candle = bars.seal(time);
        return candle === undefined ? [] : [{ candle, closed: true }];
      }),
  };
}
