import * as Ti from 'technicalindicators';
import * as Ts from 'trading-signals';
import type { Bar } from '../../src/core/indicators/indicator.ts';

/** A bar whose volume is known. */
export interface TradedBar extends Bar {
  readonly volume: number;
}

/** Takes a closed bar and tells what the indicator reads; NaN while it reads nothing. */
export type Reader = (bar: TradedBar) => number;

/** One indicator of the catalogue, and how its peers do it where they have it and do it right. */
export interface IndicatorRace {
  readonly title: string;
  /** What the peers were once measured with, on a busy machine. */
  readonly reference: string;
  /** As `findFunction` knows it. */
  readonly name: string;
  readonly numbers: readonly number[];
  /** Index of the part that is compared. */
  readonly part: number;
  /** How far apart they may be in the end; next to nothing where it is not said. */
  readonly tolerance?: number;
  readonly tradingSignals?: () => Reader;
  readonly technicalIndicators?: () => Reader;
}

const NO_CLOSES = { values: [] };
const NO_BARS = { high: [], low: [], close: [] };
const closeOf = ({ close }: TradedBar): number => close;
const barOf = (bar: TradedBar): TradedBar => bar;
const same = (value: number): number => value;

function signals<Input, Result>(
  peer: { update(input: Input, replace: boolean): Result | null },
  inputOf: (bar: TradedBar) => Input,
  read: (result: Result) => number,
): Reader {
  return (bar) => {
    const result = peer.update(inputOf(bar), false);
    return result === null ? Number.NaN : read(result);
  };
}

function pulled<Result>(
  peer: { nextValue(input: never): Result | undefined },
  inputOf: (bar: TradedBar) => unknown,
  read: (result: Result) => number | undefined,
): Reader {
  return (bar) => {
    // Its types ask for a number where it takes a bar.
    const result = peer.nextValue(inputOf(bar) as never);
    return (result === undefined ? undefined : read(result)) ?? Number.NaN;
  };
}

/** Those of the catalogue that at least one of the two has. */
export const INDICATOR_RACES: readonly IndicatorRace[] = [
  {
    ...{
      title: 'SMA 20',
      reference: 'trading-signals 7.4M, technicalindicators 3.7M',
      name: 'sma',
      numbers: [20],
      part: 0,
    },
    tradingSignals: () => signals(new Ts.SMA(20), closeOf, same),
    technicalIndicators: () => pulled(new Ti.SMA({ period: 20, ...NO_CLOSES }), closeOf, same),
  },
  {
    ...{
      title: 'Bollinger 20, 2',
      reference: 'trading-signals 3.9M, technicalindicators 0.9M',
      name: 'bollinger',
      numbers: [20, 2],
      part: 1,
    },
    tradingSignals: () => signals(new Ts.BollingerBands(20, 2), closeOf, ({ upper }) => upper),
    technicalIndicators: () =>
      pulled(new Ti.BollingerBands({ period: 20, stdDev: 2, ...NO_CLOSES }), closeOf, ({ upper }) => upper),
  },
  {
    ...{
      title: 'Standard deviation 20',
      reference: 'technicalindicators 0.7M',
      name: 'stddev',
      numbers: [20],
      part: 0,
    },
    technicalIndicators: () => pulled(new Ti.SD({ period: 20, ...NO_CLOSES }), closeOf, same),
  },
  {
    ...{ title: 'Highest 20', reference: 'technicalindicators 2.0M', name: 'max', numbers: [20], part: 0 },
    technicalIndicators: () => pulled(new Ti.Highest({ period: 20, ...NO_CLOSES }), closeOf, same),
  },
  {
    ...{
      title: 'ROC 10',
      reference: 'trading-signals 6.3M, technicalindicators 3.3M',
      name: 'roc',
      numbers: [10],
      part: 0,
    },
    // A share, where the others tell percent.
    tradingSignals: () => signals(new Ts.ROC(10), closeOf, (share) => share * 100),
    technicalIndicators: () => pulled(new Ti.ROC({ period: 10, ...NO_CLOSES }), closeOf, same),
  },
  {
    ...{
      title: 'MACD 12, 26, 9',
      reference: 'trading-signals 17M, technicalindicators 6.8M',
      name: 'macd',
      numbers: [12, 26, 9],
      part: 2,
    },
    tradingSignals: () =>
      signals(new Ts.MACD(new Ts.EMA(12), new Ts.EMA(26), new Ts.EMA(9)), closeOf, ({ histogram }) => histogram),
    technicalIndicators: () => {
      const periods = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 };
      const peer = new Ti.MACD({ ...periods, SimpleMAOscillator: false, SimpleMASignal: false, ...NO_CLOSES });
      return pulled(peer, closeOf, ({ histogram }) => histogram);
    },
  },
  {
    ...{
      title: 'ATR 14',
      reference: 'trading-signals 18M, technicalindicators 5.3M',
      name: 'atr',
      numbers: [14],
      part: 0,
    },
    tradingSignals: () => signals(new Ts.ATR(14), barOf, same),
    technicalIndicators: () => pulled(new Ti.ATR({ period: 14, ...NO_BARS }), barOf, same),
  },
  {
    ...{
      title: 'ADX 14',
      reference: 'trading-signals 2.3M, technicalindicators 2.9M',
      name: 'adx',
      numbers: [14],
      part: 0,
    },
    // trading-signals counts a bar that reaches as far up as down for both sides; Wilder counts it for neither.
    tolerance: 1,
    tradingSignals: () => signals(new Ts.ADX(14), barOf, same),
    technicalIndicators: () => pulled(new Ti.ADX({ period: 14, ...NO_BARS }), barOf, ({ adx }) => adx),
  },
  {
    ...{
      title: 'Stochastic 14, 1, 3',
      reference: 'trading-signals 2.2M, technicalindicators 2.1M',
      name: 'stochastic',
      numbers: [14, 1, 3],
      part: 1,
    },
    tradingSignals: () =>
      signals(
        new Ts.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 1, dPeriod: 3 }),
        barOf,
        ({ stochD }) => stochD,
      ),
    technicalIndicators: () =>
      pulled(new Ti.Stochastic({ period: 14, signalPeriod: 3, ...NO_BARS }), barOf, ({ d }) => d),
  },
  {
    ...{ title: 'Donchian 20', reference: 'trading-signals 4.1M', name: 'donchian', numbers: [20], part: 0 },
    tradingSignals: () => signals(new Ts.DonchianChannels(20), barOf, ({ upper }) => upper),
  },
  {
    ...{ title: 'Supertrend 10, 3', reference: 'trading-signals 13M', name: 'supertrend', numbers: [10, 3], part: 0 },
    tradingSignals: () =>
      signals(new Ts.SuperTrend({ interval: 10, multiplier: 3 }), barOf, ({ supertrend }) => supertrend),
  },
  {
    ...{ title: 'OBV', reference: 'trading-signals 31M, technicalindicators 41M', name: 'obv', numbers: [], part: 0 },
    tradingSignals: () => signals(new Ts.OBV(2), barOf, same),
    technicalIndicators: () => pulled(new Ti.OBV({ close: [], volume: [] }), barOf, same),
  },
];
