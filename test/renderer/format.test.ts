import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { formatChange, formatNumber, formatPercent, formatPrice } from '../../src/renderer/src/format/price.ts';
import { formatBytes, formatQuantity } from '../../src/renderer/src/format/quantity.ts';
import {
  formatBarTime,
  formatClock,
  formatDateTime,
  formatSpan,
  formatWeekdayTime,
} from '../../src/renderer/src/format/time.ts';
import { timeframeLabel, timeframeName } from '../../src/renderer/src/format/timeframe.ts';

describe('prices', () => {
  it.each([
    [1413.9, 2, '1,413.90'],
    [123456.5, 2, '1,23,456.50'],
    [12345678.901, 2, '1,23,45,678.90'],
    [83.1275, 4, '83.1275'],
    [-0.425, 2, '\u22120.43'],
    [-0.001, 2, '0.00'],
    [undefined, 2, '–'],
    [Number.NaN, 2, '–'],
    [Number.POSITIVE_INFINITY, 2, '–'],
  ])('shows %s with %i decimals as %s', (price, decimals, text) => {
    expect(formatPrice(price, decimals)).toBe(text);
  });

  it.each([
    [0.42, '+0.42%'],
    [-0.77, '\u22120.77%'],
    [0, '0.00%'],
    [0.001, '0.00%'],
    [-0.001, '0.00%'],
    [undefined, '–'],
  ])('shows a change of %s as %s', (percent, text) => {
    expect(formatPercent(percent)).toBe(text);
  });

  it('signs a difference, with a true minus', () => {
    expect([formatChange(1.2), formatChange(-1.2), formatChange(0)]).toEqual(['+1.20', '\u22121.20', '0.00']);
    expect(formatNumber(-1_234_567, 0)).toBe('\u221212,34,567');
  });
});

describe('quantities', () => {
  it.each([
    [0, '0'],
    [8_640, '8,640'],
    [99_999, '99,999'],
    [99_999.6, '1.00 L'],
    [124_000, '1.24 L'],
    [9_999_400, '99.99 L'],
    [9_999_600, '1.00 Cr'],
    [30_512_000, '3.05 Cr'],
    [1_234_567_890_000, '1,23,456.79 Cr'],
    [undefined, '–'],
  ])('shows %s as %s', (quantity, text) => {
    expect(formatQuantity(quantity)).toBe(text);
  });

  it.each([
    [420, '420 B'],
    [4_096, '4 kB'],
    [2_540_000, '2.5 MB'],
    [212_300_000, '212 MB'],
    [1_400_000_000, '1.4 GB'],
  ])('shows %i bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('times', () => {
  // 05:17:12 in Greenwich is 10:47:12 in India, on a Friday.
  const time = Date.parse('2026-11-20T05:17:12Z') as EpochMs;

  it('speaks Indian time whatever the machine speaks', () => {
    expect(formatClock(time)).toBe('10:47:12');
    expect(formatWeekdayTime(time)).toBe('Fri 10:47');
    expect(formatDateTime(time)).toBe('20 Nov 10:47:12');
    expect(formatClock(Date.parse('2026-11-20T18:30:00Z') as EpochMs), 'midnight').toBe('00:00:00');
  });

  it('names a bar as finely as its timeframe needs', () => {
    expect(formatBarTime(time, '5s')).toBe('10:47:12');
    expect(formatBarTime(time, '5m')).toBe('10:47');
    expect(formatBarTime(time, '1d')).toBe('20 Nov');
    expect(formatBarTime(time, '1mo')).toBe('Nov 2026');
  });

  it.each([
    [0, '0.0 s'],
    [-5, '0.0 s'],
    [230, '0.2 s'],
    [9_999, '9.9 s'],
    [12_345, '12 s'],
    [125_000, '2 min'],
    [3 * 3_600_000, '3 h'],
    [4 * 86_400_000, '4 d'],
  ])('says %i ms as %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

describe('timeframes', () => {
  it('have a short face and a full name', () => {
    expect(['5s', '15m', '2h', '1d', '1w', '1mo'].map((one) => timeframeLabel(one as '5s'))).toEqual([
      '5s',
      '15m',
      '2h',
      'D',
      'W',
      'M',
    ]);
    expect([timeframeName('45s'), timeframeName('1h'), timeframeName('1mo')]).toEqual([
      '45 seconds',
      '1 hour',
      '1 month',
    ]);
  });
});
