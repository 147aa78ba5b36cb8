import { change, roc } from '../../indicators/change.ts';
import { macd, macdTalib } from '../../indicators/macd.ts';
import { rsi } from '../../indicators/rsi.ts';
import { RsiAccumulator } from '../../indicators/rsi-accumulator.ts';
import { stochastic, stochasticTalib } from '../../indicators/stochastic.ts';
import type { ScanFunction } from '../scan-function.ts';
import { ofSeries, partsOfBars, partsOfSeries } from './instance.ts';
import { bars, given, noFault } from './numbers.ts';
import { exponentialSettles, wilderSettles } from './settling.ts';

const RSI: ScanFunction = {
  name: 'rsi',
  aliases: [],
  summary: 'relative strength index, 0 to 100; unknown where the series never moved',
  example: 'rsi(14)',
  takes: 'series',
  needsSource: false,
  numbers: [bars('period', 14)],
  parts: [],
  needsVolume: false,
  readsFrom: (numbers) => given(numbers, 0) + 1,
  settlesAfter: (numbers) => wilderSettles(given(numbers, 0)) + 1,
  fault: noFault,
  build: (numbers) => ofSeries(rsi(given(numbers, 0))),
  accumulate: (numbers) => new RsiAccumulator(given(numbers, 0)),
};

const MACD: ScanFunction = {
  name: 'macd',
  aliases: [],
  summary: 'fast less slow exponential average, its signal, and their difference',
  example: 'macd(12, 26, 9).histogram',
  takes: 'series',
  needsSource: false,
  numbers: [bars('fast', 12), bars('slow', 26), bars('signal', 9)],
  parts: ['line', 'signal', 'histogram'],
  needsVolume: false,
  readsFrom: (numbers) => given(numbers, 1),
  settlesAfter: (numbers) => exponentialSettles(given(numbers, 1)) + exponentialSettles(given(numbers, 2)),
  fault: (numbers) =>
    given(numbers, 0) < given(numbers, 1)
      ? undefined
      : 'The fast period of macd must be below the slow one, as in macd(12, 26, 9).',
  build: (numbers, { arithmetic }) => {
    const make = arithmetic === 'ta-lib' ? macdTalib : macd;
    const [fast, slow, signal] = [given(numbers, 0), given(numbers, 1), given(numbers, 2)];
    return partsOfSeries(make(fast, slow, signal), [
      (value) => value.line,
      (value) => value.signal,
      (value) => value.histogram,
    ]);
  },
};

const STOCHASTIC: ScanFunction = {
  name: 'stochastic',
  aliases: ['stoch'],
  summary: 'where the close stands in the range of the last bars, 0 to 100 (k), and the mean of that (d)',
  example: 'stochastic(14, 3, 3).k',
  takes: 'bars',
  needsSource: false,
  numbers: [bars('k', 14), bars('smooth', 3), bars('d', 3)],
  parts: ['k', 'd'],
  needsVolume: false,
  readsFrom: (numbers) => given(numbers, 0) + given(numbers, 1) - 1,
  settlesAfter: (numbers) => given(numbers, 0) + given(numbers, 1) + given(numbers, 2) - 2,
  fault: noFault,
  build: (numbers, { arithmetic }) => {
    const make = arithmetic === 'ta-lib' ? stochasticTalib : stochastic;
    return partsOfBars(make(given(numbers, 0), given(numbers, 1), given(numbers, 2)), [
      (value) => value.k,
      (value) => value.d,
    ]);
  },
};

const ROC: ScanFunction = {
  name: 'roc',
  aliases: [],
  summary: 'rate of change: rise of a series since n bars ago, in percent',
  example: 'roc(10)',
  takes: 'series',
  needsSource: false,
  numbers: [bars('period')],
  parts: [],
  needsVolume: false,
  readsFrom: (numbers) => given(numbers, 0) + 1,
  settlesAfter: (numbers) => given(numbers, 0) + 1,
  fault: noFault,
  build: (numbers) => ofSeries(roc(given(numbers, 0))),
};

const CHANGE: ScanFunction = {
  ...ROC,
  name: 'change',
  aliases: ['momentum'],
  summary: 'rise of a series since n bars ago, in its own unit',
  example: 'change(close, 1)',
  numbers: [bars('period', 1)],
  build: (numbers) => ofSeries(change(given(numbers, 0))),
};

/** How fast and how far a series goes. */
export const MOMENTUM: readonly ScanFunction[] = [RSI, MACD, STOCHASTIC, ROC, CHANGE];
