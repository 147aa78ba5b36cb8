import { macd, macdTalib } from '../../indicators/macd.ts';
import { rsi } from '../../indicators/rsi.ts';
import type { ScanFunction } from '../scan-function.ts';
import { ofSeries, partsOfSeries } from './instance.ts';
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

/** How fast and how far a series goes. */
export const MOMENTUM: readonly ScanFunction[] = [RSI, MACD];
