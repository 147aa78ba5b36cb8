import { describe, expect, it } from 'vitest';
import type { MarketState } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { barEndsAt, formatCountdown } from '../../src/renderer/src/features/chart/countdown.ts';

const at = (time: string): EpochMs => Date.parse(`2026-11-20T${time}+05:30`) as EpochMs;
const open: MarketState = { phase: 'open', until: at('15:15:00'), warning: undefined };

describe('the time a bar has left', () => {
  it('ends with its length', () => {
    expect(barEndsAt(at('10:45:00'), '5m', open)).toBe(at('10:50:00'));
    expect(barEndsAt(at('10:45:10'), '5s', open)).toBe(at('10:45:15'));
  });

  it('ends with the session where that comes first', () => {
    expect(barEndsAt(at('14:15:00'), '4h', open)).toBe(at('15:15:00'));
    expect(barEndsAt(at('09:15:00'), '1d', open)).toBe(at('15:15:00'));
  });

  it.each(['closed', 'closing-auction'] as const)('is not told while the market is in %s', (phase) => {
    expect(barEndsAt(at('10:45:00'), '5m', { ...open, phase })).toBeUndefined();
  });

  it('is not told for weeks and months, nor by a calendar that is silent', () => {
    expect(barEndsAt(at('09:15:00'), '1w', open)).toBeUndefined();
    expect(barEndsAt(at('09:15:00'), '1mo', open)).toBeUndefined();
    expect(barEndsAt(at('09:15:00'), '1d', { phase: 'open', until: undefined, warning: undefined })).toBeUndefined();
    expect(barEndsAt(at('10:45:00'), '5m', undefined)).toBeUndefined();
  });

  it.each([
    [168_000, '02:48'],
    [167_001, '02:48'],
    [999, '00:01'],
    [0, '00:00'],
    [-5_000, '00:00'],
    [3_600_000, '1:00:00'],
    [4 * 3_600_000 + 62_000, '4:01:02'],
  ])('reads %d ms as %s', (left, text) => {
    expect(formatCountdown(left)).toBe(text);
  });
});
