import { describe, expect, it } from 'vitest';
import type { Truth } from '../../../src/core/scanner/expression.ts';
import { STOCK } from '../../support/scan-markets.ts';
import { tape, truthsOf } from './tape-lane.ts';

/** t is true, f false, ? unknown: one letter a bar. */
function letters(truths: readonly Truth[]): string {
  return truths.map((truth) => (truth === undefined ? '?' : truth ? 't' : 'f')).join('');
}

/** Volumes of bars that all close at 100; undefined where nobody knows it. */
function ofVolumes(text: string, volumes: readonly (number | undefined)[]): string {
  const bars = tape(volumes.map(() => 100)).map((bar, at) => ({ ...bar, volume: volumes[at] }));
  return letters(truthsOf(text, bars));
}

const ofCloses = (text: string, closes: readonly number[]): string => letters(truthsOf(text, tape(closes)));

/** `volume > 5` is true at 9, false at 1 and unknown at nothing. */
const [T, F, U] = [9, 1, undefined];

describe('what a condition is where operands are unknown', () => {
  it.each([
    ['volume > 5', 'tf?'],
    ['not (volume > 5)', 'ft?'],
    ['volume > 5 and close > 99', 'tf?'],
    ['volume > 5 and close < 99', 'fff'],
    ['volume > 5 or close > 99', 'ttt'],
    ['volume > 5 or close < 99', 'tf?'],
    ['volume between 5 and 10', 'tf?'],
    ['volume between 5 and close / 0', '?f?'],
    ['volume / 0 > 1', '???'],
    ['volume * 0 = 0', 'tt?'],
    ['volume != volume', 'ff?'],
    ['abs(volume - 5) > 1', 'tt?'],
    ['greater(volume, 5) = 9', 'tf?'],
    ['volume[1] > 5', '?tf'],
    ['volume[2] > 5', '??t'],
  ])('%s', (text, expected) => {
    expect(ofVolumes(text, [T, F, U])).toBe(expected);
  });

  it('a crossing is of two known bars', () => {
    expect(ofVolumes('volume crosses above 5', [T, F, T, T, U, T, F, U])).toBe('?ftff?f?');
    expect(ofVolumes('volume crosses above 5', [F, 5, T])).toBe('fft');
    expect(ofVolumes('volume crosses below 5', [F, T, F, F, U, F])).toBe('?ftff?');
  });

  it('a window is as unknown as its bars, unless one of them decides', () => {
    expect(ofVolumes('within 3 bars of volume > 5', [F, F, F, T, F, F, F, U, F, F, F])).toBe('??ftttf???f');
    expect(ofVolumes('volume > 5 for 3 bars', [T, T, T, F, T, T, T, U, T, T, T])).toBe('??tffft???t');
    expect(ofVolumes('within 1 bar of volume > 5', [T, F, U])).toBe('tf?');
  });

  it('a rise is of bars that follow each other', () => {
    expect(ofVolumes('volume rising', [1, 2, 2, 3, U, 4, 5])).toBe('?tft??t');
    expect(ofVolumes('volume rising for 2 bars', [1, 2, 3, 4, 4, 5, 6, U, 7, 8, 9])).toBe('??ttfft???t');
    expect(ofVolumes('volume falling', [3, 2, 2])).toBe('?tf');
    expect(ofVolumes('volume turning up', [3, 2, 3, 4, 3, 4, U, 5, 6])).toBe('?ftfftf??');
  });

  it('an indicator takes no step on a bar of which its series is unknown', () => {
    // Of 2, 4 and 6; the bar between says nothing, and is said nothing of.
    expect(ofVolumes('sma(volume, 2) = 5', [2, 4, U, 6])).toBe('?f?t');
  });
});

describe('conditions of place and time', () => {
  it('know the symbol and the sector of the instrument, whatever their capitals', () => {
    const ofOne = (text: string, sector: string | undefined) => truthsOf(text, tape([1]), { ...STOCK, sector })[0];
    expect(ofOne('symbol is infy', 'IT')).toBe(true);
    expect(ofOne('symbol in (TCS, SBIN)', 'IT')).toBe(false);
    expect(ofOne('sector is it', 'IT')).toBe(true);
    expect(ofOne('sector is banks', 'IT')).toBe(false);
    expect(ofOne('sector is it', undefined)).toBeUndefined();
  });

  it("count a bar by its close, on the market's own clock", () => {
    // Closes at 09:30, 09:45, 10:00, 10:15.
    const closes = [1, 1, 1, 1];
    expect(ofCloses('time after 09:45', closes)).toBe('fttt');
    expect(ofCloses('time before 09:45', closes)).toBe('tfff');
    expect(ofCloses('time between 09:45 and 10:15', closes)).toBe('fttf');
  });
});

describe('supertrend', () => {
  it('turns when its trend does, whatever its line', () => {
    const closes = [10, 10, 10, 14, 18, 22, 26, 20, 12, 6, 2, 2];
    const up = ofCloses('supertrend(2, 1) turning up', closes);
    const down = ofCloses('supertrend(2, 1) turning down', closes);
    const direction = ofCloses('supertrend(2, 1).direction > 0', closes);
    expect(up.split('t').length - 1).toBe(1);
    expect(up.indexOf('t')).toBe(direction.indexOf('t'));
    expect(down.indexOf('t')).toBe(direction.lastIndexOf('t') + 1);
  });
});
