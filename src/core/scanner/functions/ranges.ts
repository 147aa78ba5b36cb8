import { AtrAccumulator, atr, atrTalib } from '../../indicators/atr.ts';
import { bollinger } from '../../indicators/bollinger.ts';
import { donchian } from '../../indicators/donchian.ts';
import { supertrend } from '../../indicators/supertrend.ts';
import type { ScanFunction } from '../scan-function.ts';
import { ofBars, partsOfBars, partsOfSeries } from './instance.ts';
import { above0, bars, given, noFault } from './numbers.ts';
import { trendSettles, wilderSettles } from './settling.ts';

const ATR: ScanFunction = {
  name: 'atr',
  aliases: [],
  summary: "average true range: how far the price goes in a bar, gaps included; Wilder's average",
  example: 'atr(14)',
  takes: 'bars',
  needsSource: false,
  numbers: [bars('period', 14)],
  parts: [],
  needsVolume: false,
  readsFrom: (numbers) => given(numbers, 0),
  settlesAfter: (numbers) => wilderSettles(given(numbers, 0)) + 1,
  fault: noFault,
  build: (numbers, { arithmetic }) => ofBars((arithmetic === 'ta-lib' ? atrTalib : atr)(given(numbers, 0))),
  accumulate: (numbers, { arithmetic }) =>
    arithmetic === 'ta-lib' ? undefined : new AtrAccumulator(given(numbers, 0)),
};

const BOLLINGER: ScanFunction = {
  name: 'bollinger',
  aliases: ['bb'],
  summary: 'plain average of a series, and bands of so many standard deviations around it',
  example: 'bollinger(20, 2).upper',
  takes: 'series',
  needsSource: false,
  numbers: [bars('period', 20, 2), above0('deviations', 2)],
  parts: ['mid', 'upper', 'lower'],
  needsVolume: false,
  readsFrom: (numbers) => given(numbers, 0),
  settlesAfter: (numbers) => given(numbers, 0),
  fault: noFault,
  build: (numbers) =>
    partsOfSeries(bollinger(given(numbers, 0), given(numbers, 1)), [
      (bands) => bands.mid,
      (bands) => bands.upper,
      (bands) => bands.lower,
    ]),
};

const SUPERTREND: ScanFunction = {
  name: 'supertrend',
  aliases: [],
  summary: 'line below the price in an up trend (direction 1), above it in a down trend (direction -1)',
  example: 'supertrend(10, 3).line',
  takes: 'bars',
  needsSource: false,
  numbers: [bars('period', 10), above0('factor', 3)],
  // `turns up` and `turns down` look at the direction, whichever part is written.
  parts: ['line', 'direction'],
  needsVolume: false,
  readsFrom: (numbers) => given(numbers, 0),
  settlesAfter: (numbers) => trendSettles(given(numbers, 0), given(numbers, 1)),
  fault: noFault,
  build: (numbers) =>
    partsOfBars(supertrend(given(numbers, 0), given(numbers, 1)), [(value) => value.line, (value) => value.direction]),
};

const DONCHIAN: ScanFunction = {
  name: 'donchian',
  aliases: [],
  summary: 'highest high and lowest low of the last n bars, this one included; [1] leaves this one out',
  example: 'donchian(20).upper[1]',
  takes: 'bars',
  needsSource: false,
  numbers: [bars('period', 20)],
  parts: ['upper', 'lower', 'mid'],
  needsVolume: false,
  readsFrom: (numbers) => given(numbers, 0),
  settlesAfter: (numbers) => given(numbers, 0),
  fault: noFault,
  build: (numbers) =>
    partsOfBars(donchian(given(numbers, 0)), [
      (channel) => channel.upper,
      (channel) => channel.lower,
      (channel) => channel.mid,
    ]),
};

/** How far prices reach, and bands made of that. */
export const RANGES: readonly ScanFunction[] = [ATR, BOLLINGER, SUPERTREND, DONCHIAN];
