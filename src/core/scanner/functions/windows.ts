import { highest, lowest } from '../../indicators/extremes.ts';
import type { Indicator } from '../../indicators/indicator.ts';
import { stddev } from '../../indicators/stddev.ts';
import { sum } from '../../indicators/sum.ts';
import type { ScanFunction } from '../scan-function.ts';
import { ofSeries } from './instance.ts';
import { bars, given, noFault } from './numbers.ts';

/** What the last n bars of a series come to, and nothing before them. */
export const WINDOWS: readonly ScanFunction[] = [
  overWindow({
    name: 'max',
    aliases: ['highest', 'hh'],
    summary: 'highest of the last n bars of a series, this one included; [1] leaves this one out',
    example: 'max(high, 20)[1]',
    needsSource: true,
    numbers: [bars('period')],
    make: highest,
  }),
  overWindow({
    name: 'min',
    aliases: ['lowest', 'll'],
    summary: 'lowest of the last n bars of a series, this one included; [1] leaves this one out',
    example: 'min(low, 20)[1]',
    needsSource: true,
    numbers: [bars('period')],
    make: lowest,
  }),
  overWindow({
    name: 'sum',
    aliases: [],
    summary: 'sum of the last n bars of a series',
    example: 'sum(volume, 20)',
    needsSource: true,
    numbers: [bars('period')],
    make: sum,
  }),
  overWindow({
    name: 'stddev',
    aliases: ['stdev', 'deviation'],
    summary: 'standard deviation of the last n bars of a series, of the population',
    example: 'stddev(20)',
    needsSource: false,
    // The deviation of one number is always 0.
    numbers: [bars('period', undefined, 2)],
    make: stddev,
  }),
];

interface OverWindow
  extends Pick<ScanFunction, 'name' | 'aliases' | 'summary' | 'example' | 'needsSource' | 'numbers'> {
  make(period: number): Indicator;
}

function overWindow({ make, ...words }: OverWindow): ScanFunction {
  return {
    ...words,
    takes: 'series',
    parts: [],
    needsVolume: false,
    readsFrom: (numbers) => given(numbers, 0),
    settlesAfter: (numbers) => given(numbers, 0),
    fault: noFault,
    build: (numbers) => ofSeries(make(given(numbers, 0))),
  };
}
