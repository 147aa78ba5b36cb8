import { adx, adxTalib } from './adx.ts';
import { atr, atrTalib } from './atr.ts';
import { bollinger } from './bollinger.ts';
import { change, roc } from './change.ts';
import { donchian } from './donchian.ts';
import { ema } from './ema.ts';
import { emaFirst } from './ema-first.ts';
import { highest, lowest } from './extremes.ts';
import { macd, macdTalib } from './macd.ts';
import { obv, obvTalib } from './obv.ts';
import { rma } from './rma.ts';
import { rsi } from './rsi.ts';
import { sma } from './sma.ts';
import { stddev } from './stddev.ts';
import { stochastic, stochasticTalib } from './stochastic.ts';
import { fieldOf, ofCloses, partOf, type Study } from './study.ts';
import { sum } from './sum.ts';
import { supertrend } from './supertrend.ts';
import { type DayOf, vwap } from './vwap.ts';

/** One name that a column list may hold. */
export interface ColumnKind {
  readonly name: string;
  /** What the numbers in parentheses are; empty where there are none. */
  readonly parameters: readonly string[];
  /** The numbers meant when none are written; undefined where they must be. */
  readonly usual: readonly number[] | undefined;
  readonly meaning: string;
  /** Takes one number for each parameter. Throws a RangeError for numbers it cannot honour. */
  build(numbers: readonly number[], dayOf: DayOf): Study;
}

/** Every name a column list may hold, in the order in which help texts show them. */
export const COLUMN_KINDS: readonly ColumnKind[] = [
  ofPeriod('ema', 'exponential average, seeded with the mean of the first n closes', (n) => ofCloses(ema(n))),
  ofPeriod('ema_first', 'the same, seeded with the first close', (n) => ofCloses(emaFirst(n))),
  ofPeriod('sma', 'mean of the last n closes', (n) => ofCloses(sma(n))),
  ofPeriod('rma', "Wilder's average of closes", (n) => ofCloses(rma(n))),
  ofPeriod('rsi', "relative strength index, Wilder's; empty where the window never moved", (n) => ofCloses(rsi(n))),
  ofPeriod('atr', "average true range, Wilder's; the first bar counts with high - low", atr),
  ofPeriod('atr_talib', 'the same, counted from the second bar', atrTalib),
  ...macdKinds('', 'each seeded on its own', macd),
  ...macdKinds('_talib', 'the fast one seeded beside the slow', macdTalib),
  bandKind('bb_mid', 'Bollinger bands: mean of the last n closes', 'mid'),
  bandKind('bb_upper', 'k population standard deviations above it', 'upper'),
  bandKind('bb_lower', 'k population standard deviations below it', 'lower'),
  plain('vwap', 'volume-weighted average price since the day began; empty without volume', vwap),
  supertrendKind('supertrend', 'bands of k average true ranges: the line', 'line'),
  supertrendKind('supertrend_dir', '1 while the line is below the price (up), -1 while above', 'direction'),
  ...directionalKinds('', "Wilder's averages", adx),
  ...directionalKinds('_talib', 'sums primed with n - 1 values', adxTalib),
  ...stochasticKinds('', 'empty where the window has no range', stochastic),
  ...stochasticKinds('_talib', 'nothing before %D is there', stochasticTalib),
  ofPeriod('roc', 'change of the close since n bars ago, in percent', (n) => ofCloses(roc(n))),
  ofPeriod('change', 'the same in the unit of the price', (n) => ofCloses(change(n))),
  ofPeriod('highest', 'highest of the last n closes', (n) => ofCloses(highest(n))),
  ofPeriod('lowest', 'lowest of the last n closes', (n) => ofCloses(lowest(n))),
  ofPeriod('sum', 'sum of the last n closes', (n) => ofCloses(sum(n))),
  ofPeriod('stddev', 'population standard deviation of the last n closes', (n) => ofCloses(stddev(n))),
  channelKind('donchian_upper', 'Donchian channel: highest high of the last n bars', 'upper'),
  channelKind('donchian_lower', 'lowest low of the last n bars', 'lower'),
  channelKind('donchian_mid', 'halfway between the two', 'mid'),
  plain('obv', 'on-balance volume from the second bar on; empty without volume', obv),
  plain('obv_talib', "the same, the first bar's volume included", obvTalib),
  plain('open', 'as read', () => fieldOf((bar) => bar.open)),
  plain('high', 'as read', () => fieldOf((bar) => bar.high)),
  plain('low', 'as read', () => fieldOf((bar) => bar.low)),
  plain('close', 'as read', () => fieldOf((bar) => bar.close)),
  plain('volume', 'as read; empty where the instrument has none', () => fieldOf((bar) => bar.volume)),
];

function ofPeriod(name: string, meaning: string, build: (period: number) => Study): ColumnKind {
  return { name, parameters: ['n'], usual: undefined, meaning, build: ([period = Number.NaN]) => build(period) };
}

function plain(name: string, meaning: string, build: (dayOf: DayOf) => Study): ColumnKind {
  return { name, parameters: [], usual: [], meaning, build: (_numbers, dayOf) => build(dayOf) };
}

function macdKinds(suffix: string, note: string, build: typeof macd): readonly ColumnKind[] {
  const kind = (name: string, meaning: string, part: 'line' | 'signal' | 'histogram'): ColumnKind => ({
    name: `${name}${suffix}`,
    parameters: ['fast', 'slow', 'signal'],
    usual: [12, 26, 9],
    meaning,
    build: ([fast = Number.NaN, slow = Number.NaN, signal = Number.NaN]) =>
      partOf(ofCloses(build(fast, slow, signal)), (value) => value[part]),
  });
  return [
    kind('macd', `fast less slow exponential average, ${note}`, 'line'),
    kind('macd_signal', 'exponential average of that', 'signal'),
    kind('macd_hist', 'the one less the other', 'histogram'),
  ];
}

function bandKind(name: string, meaning: string, band: 'mid' | 'upper' | 'lower'): ColumnKind {
  return {
    name,
    parameters: ['n', 'k'],
    usual: [20, 2],
    meaning,
    build: ([period = Number.NaN, deviations = Number.NaN]) =>
      partOf(ofCloses(bollinger(period, deviations)), (bands) => bands[band]),
  };
}

function channelKind(name: string, meaning: string, line: 'upper' | 'lower' | 'mid'): ColumnKind {
  return {
    name,
    parameters: ['n'],
    usual: [20],
    meaning,
    build: ([period = Number.NaN]) => partOf(donchian(period), (channel) => channel[line]),
  };
}

function stochasticKinds(suffix: string, note: string, build: typeof stochastic): readonly ColumnKind[] {
  const kind = (name: string, meaning: string, line: 'k' | 'd'): ColumnKind => ({
    name: `${name}${suffix}`,
    parameters: ['n', 'smooth', 'signal'],
    usual: [14, 3, 3],
    meaning,
    build: ([period = Number.NaN, smooth = Number.NaN, signal = Number.NaN]) =>
      partOf(build(period, smooth, signal), (value) => value[line]),
  });
  return [
    kind('stoch_k', `stochastic: the close within the range of n bars, smoothed; ${note}`, 'k'),
    kind('stoch_d', 'mean of that', 'd'),
  ];
}

function supertrendKind(name: string, meaning: string, part: 'line' | 'direction'): ColumnKind {
  return {
    name,
    parameters: ['n', 'k'],
    usual: [10, 3],
    meaning,
    build: ([period = Number.NaN, factor = Number.NaN]) => partOf(supertrend(period, factor), (value) => value[part]),
  };
}

function directionalKinds(suffix: string, note: string, build: typeof adx): readonly ColumnKind[] {
  const kind = (name: string, meaning: string, line: 'plusDi' | 'minusDi' | 'adx'): ColumnKind =>
    ofPeriod(`${name}${suffix}`, meaning, (period) => partOf(build(period), (value) => value[line]));
  return [
    kind('plus_di', `movement up in percent of the true range, ${note}`, 'plusDi'),
    kind('minus_di', 'movement down, likewise', 'minusDi'),
    kind('adx', 'average directional index of the two', 'adx'),
  ];
}
