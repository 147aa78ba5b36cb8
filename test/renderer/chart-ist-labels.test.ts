import { describe, expect, it } from 'vitest';
import type { Timeframe } from '../../src/core/timeframe.ts';
import {
  crosshairLabel,
  isNewDay,
  TICK_WEIGHT,
  tickLabel,
  tickWeight,
} from '../../src/renderer/src/features/chart/ist-labels.ts';

const at = (text: string): number => Date.parse(`${text}+05:30`);

describe('labels of the time axis', () => {
  it.each([
    ['2026-11-20T10:00:00', '2026-11-20T09:55:00', 'hour'],
    ['2026-11-20T12:00:00', '2026-11-20T11:55:00', 'halfDay'],
    ['2026-11-20T10:30:00', '2026-11-20T10:25:00', 'halfHour'],
    ['2026-11-20T10:35:00', '2026-11-20T10:30:00', 'fiveMinutes'],
    ['2026-11-20T10:31:00', '2026-11-20T10:30:00', 'minute'],
    ['2026-11-20T10:30:05', '2026-11-20T10:30:00', 'second'],
    ['2026-11-20T09:15:00', '2026-11-19T15:10:00', 'day'],
    ['2026-12-01T09:15:00', '2026-11-30T15:10:00', 'month'],
    ['2027-01-01T09:15:00', '2026-12-31T15:10:00', 'year'],
  ] as const)('weighs %s after %s by the Indian clock: %s', (time, previous, weight) => {
    expect(tickWeight(at(time), at(previous))).toBe(TICK_WEIGHT[weight]);
  });

  it.each([
    ['2026-11-20T10:45:00', 'hour', '5m', '10:45'],
    ['2026-11-20T10:45:05', 'second', '5s', '10:45:05'],
    ['2026-11-20T10:45:00', 'fiveMinutes', '45s', '10:45:00'],
    ['2026-11-20T09:15:00', 'day', '5m', 'Fri 20'],
    ['2026-11-20T09:15:00', 'day', '1d', '20'],
    ['2026-11-02T09:15:00', 'month', '1d', 'Nov'],
    ['2026-01-01T09:15:00', 'year', '1d', '2026'],
  ] as const)('writes %s of weight %s at %s as %s', (time, weight, timeframe, text) => {
    expect(tickLabel(at(time), TICK_WEIGHT[weight], timeframe)).toBe(text);
  });

  it.each([
    ['5m', 'Fri 20 Nov 10:45'],
    ['30s', 'Fri 20 Nov 10:45:00'],
    ['1d', 'Fri 20 Nov 2026'],
    ['1w', 'Week of 20 Nov 2026'],
    ['1mo', 'Nov 2026'],
  ] satisfies (readonly [Timeframe, string])[])('names the bar under the crosshair at %s', (timeframe, text) => {
    expect(crosshairLabel(at('2026-11-20T10:45:00'), timeframe)).toBe(text);
  });

  it('breaks sessions at Indian midnight, not at the one in Greenwich', () => {
    expect(isNewDay(at('2026-11-20T05:31:00'), at('2026-11-20T05:29:00'))).toBe(false);
    expect(isNewDay(at('2026-11-20T00:01:00'), at('2026-11-19T23:59:00'))).toBe(true);
  });
});
