import { describe, expect, it } from 'vitest';
import { SCREEN_TIMEFRAMES } from '../../src/core/timeframe.ts';
import { timeframeKeys, typeTimeframe } from '../../src/renderer/src/features/top-bar/timeframe-keys.ts';

/** Types the keys one after another; the last timeframe they name. */
function type(...keys: readonly string[]): string | undefined {
  let typed = '';
  let named: string | undefined;
  for (const key of keys) {
    const next = typeTimeframe(typed, key);
    typed = next.typed;
    named = next.timeframe ?? named;
  }
  return named;
}

describe('timeframes by keyboard', () => {
  it('reaches every button', () => {
    for (const timeframe of SCREEN_TIMEFRAMES) {
      expect(type(...timeframeKeys(timeframe).split(' ')), timeframe).toBe(timeframe);
    }
  });

  it('takes a unit alone for one of it', () => {
    expect([type('h'), type('d'), type('w'), type('m')]).toEqual(['1h', '1d', '1w', '1mo']);
    expect(type('H'), 'capitals too').toBe('1h');
  });

  it('names nothing that has no button', () => {
    expect([type('s'), type('7', 'm'), type('1', 's'), type('9', '9', 'h'), type('x')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('forgets digits at any other key, and starts anew after two', () => {
    expect(type('1', 'x', '5', 'm')).toBe('5m');
    expect(type('4', '5', '5', 's')).toBe('5s');
  });
});
