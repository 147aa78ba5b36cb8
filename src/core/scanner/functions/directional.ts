import { adx, adxTalib, type DirectionalIndex } from '../../indicators/adx.ts';
import type { ScanFunction } from '../scan-function.ts';
import { type PartReader, partsOfBars } from './instance.ts';
import { bars, given, noFault } from './numbers.ts';
import { wilderSettles } from './settling.ts';

/** Wilder's directional movement system: one function a line, as traders write them. */
export const DIRECTIONAL: readonly ScanFunction[] = [
  directional({
    name: 'adx',
    aliases: [],
    summary: 'average directional index, 0 to 100: how strong a trend is, up or down',
    example: 'adx(14)',
    read: (value) => value.adx,
    readsFrom: (numbers) => 2 * given(numbers, 0),
    settlesAfter: (numbers) => 2 * wilderSettles(given(numbers, 0)),
  }),
  directional({
    name: 'plus_di',
    aliases: ['di_plus'],
    summary: 'movement up in percent of the true range',
    example: 'plus_di(14)',
    read: (value) => value.plusDi,
    readsFrom: (numbers) => given(numbers, 0) + 1,
    settlesAfter: (numbers) => wilderSettles(given(numbers, 0)) + 1,
  }),
  directional({
    name: 'minus_di',
    aliases: ['di_minus'],
    summary: 'movement down in percent of the true range',
    example: 'minus_di(14)',
    read: (value) => value.minusDi,
    readsFrom: (numbers) => given(numbers, 0) + 1,
    settlesAfter: (numbers) => wilderSettles(given(numbers, 0)) + 1,
  }),
];

type Line = Pick<ScanFunction, 'name' | 'aliases' | 'summary' | 'example' | 'readsFrom' | 'settlesAfter'> & {
  readonly read: PartReader<DirectionalIndex>;
};

function directional({ read, ...line }: Line): ScanFunction {
  return {
    ...line,
    takes: 'bars',
    needsSource: false,
    // TA-Lib's form has no answer for a period of 1.
    numbers: [bars('period', 14, 2)],
    parts: [],
    needsVolume: false,
    fault: noFault,
    build: (numbers, { arithmetic }) =>
      partsOfBars((arithmetic === 'ta-lib' ? adxTalib : adx)(given(numbers, 0)), [read]),
  };
}
