import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { USUAL_CHANNELS } from '../../src/core/rule.ts';
import { isQuietAt, toldOf } from '../../src/main/engine/quiet-hours.ts';

const ist = (text: string) => Date.parse(`${text}+05:30`) as EpochMs;

describe('quiet hours', () => {
  it.each([
    ['2026-11-20T21:59:59.999', false],
    ['2026-11-20T22:00', true],
    ['2026-11-20T23:59:59.999', true],
    ['2026-11-21T00:00', true],
    ['2026-11-21T05:29:59.999', true],
    ['2026-11-21T05:30', true],
    ['2026-11-21T06:59:59.999', true],
    ['2026-11-21T07:00', false],
    ['2026-11-21T12:00', false],
  ])('from 22:00 to 07:00 span midnight: %s is quiet: %s', (time, quiet) => {
    expect(isQuietAt({ from: '22:00', to: '07:00' }, ist(time))).toBe(quiet);
  });

  it.each([
    ['2026-11-20T11:59:59.999', false],
    ['2026-11-20T12:00', true],
    ['2026-11-20T13:29:59.999', true],
    ['2026-11-20T13:30', false],
    ['2026-11-20T00:00', false],
  ])('within a day: %s is quiet: %s', (time, quiet) => {
    expect(isQuietAt({ from: '12:00', to: '13:30' }, ist(time))).toBe(quiet);
  });

  it('that end when they begin are the whole day, and none are none', () => {
    for (const time of ['2026-11-20T08:59', '2026-11-20T09:00', '2026-11-20T23:00']) {
      expect(isQuietAt({ from: '09:00', to: '09:00' }, ist(time))).toBe(true);
      expect(isQuietAt(null, ist(time))).toBe(false);
    }
  });
});

describe('how a screen tells of an alert', () => {
  const { alerts } = settingsSchema.parse({});
  const now = ist('2026-11-20T10:45');
  const spoken = { ...USUAL_CHANNELS, spoken: true };

  it.each([
    ['as the settings say', spoken, {}, { sound: true, spoken: true, volume: 0.6 }],
    ['as loud as its rule says', { ...spoken, volume: 0.2 }, {}, { sound: true, spoken: true, volume: 0.2 }],
    ['unspoken unless the rule asks', USUAL_CHANNELS, {}, { sound: true, spoken: false, volume: 0.6 }],
    [
      'spoken without a sound, if the rule likes',
      { ...spoken, sound: false },
      {},
      { sound: false, spoken: true, volume: 0.6 },
    ],
    ['not when the sound is off', spoken, { sound: false }, { sound: false, spoken: false, volume: 0.6 }],
    ['not at volume 0', { ...spoken, volume: 0 }, {}, { sound: false, spoken: false, volume: 0 }],
    [
      'not in quiet hours',
      spoken,
      { quiet: { from: '10:00', to: '11:00' } },
      { sound: false, spoken: false, volume: 0.6 },
    ],
  ])('%s', (_case, channels, change, told) => {
    expect(toldOf(channels, { ...alerts, ...change }, now)).toEqual(told);
  });
});
