import type { Accumulator } from '../../indicators/accumulator.ts';
import { EmaAccumulator, ema } from '../../indicators/ema.ts';
import type { Indicator } from '../../indicators/indicator.ts';
import { RmaAccumulator, rma } from '../../indicators/rma.ts';
import { sma } from '../../indicators/sma.ts';
import type { ScanFunction } from '../scan-function.ts';
import { ofSeries } from './instance.ts';
import { bars, given, noFault } from './numbers.ts';
import { exponentialSettles, wilderSettles } from './settling.ts';

/** Averages of any series. */
export const AVERAGES: readonly ScanFunction[] = [
  average({
    name: 'ema',
    aliases: [],
    summary: 'exponential average of a series; newer bars weigh more',
    example: 'ema(21)',
    make: ema,
    accumulate: (period) => new EmaAccumulator(period),
    settles: exponentialSettles,
  }),
  average({
    name: 'sma',
    aliases: [],
    summary: 'plain average of the last n bars of a series',
    example: 'sma(volume, 20)',
    make: sma,
    settles: (period) => period,
  }),
  average({
    name: 'rma',
    aliases: ['wilder'],
    summary: "Wilder's average of a series, as within RSI and ATR",
    example: 'rma(14)',
    make: rma,
    accumulate: (period) => new RmaAccumulator(period),
    settles: wilderSettles,
  }),
];

interface Average extends Pick<ScanFunction, 'name' | 'aliases' | 'summary' | 'example'> {
  make(period: number): Indicator;
  accumulate?(period: number): Accumulator;
  settles(period: number): number;
}

function average({ make, accumulate, settles, ...words }: Average): ScanFunction {
  return {
    ...words,
    takes: 'series',
    needsSource: false,
    numbers: [bars('period')],
    parts: [],
    needsVolume: false,
    readsFrom: (numbers) => given(numbers, 0),
    settlesAfter: (numbers) => settles(given(numbers, 0)),
    fault: noFault,
    build: (numbers) => ofSeries(make(given(numbers, 0))),
    accumulate: (numbers) => accumulate?.(given(numbers, 0)),
  };
}
