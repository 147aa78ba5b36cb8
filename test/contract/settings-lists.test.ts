import { describe, expect, it } from 'vitest';
import { mergeSettings, settingsSchema } from '../../src/contract/settings.ts';

describe('the list of a venue', () => {
  const chosen = settingsSchema.parse({ feed: { lists: { kucoin: { instruments: ['KUCOIN:BTC-USDT'] } } } });

  it('is replaced whole, beside its schedule', () => {
    const schedule = [{ from: '09:00', mode: 'polling' as const }];
    const patched = settingsSchema.parse(mergeSettings(chosen, { feed: { lists: { kucoin: { schedule } } } }));
    expect(patched.feed.lists['kucoin']).toEqual({ instruments: ['KUCOIN:BTC-USDT'], schedule });
  });

  it('is the venue’s own again once it is emptied', () => {
    const emptied = settingsSchema.parse(mergeSettings(chosen, { feed: { lists: { kucoin: { instruments: [] } } } }));
    expect(emptied.feed.lists['kucoin']?.instruments).toBeUndefined();
  });
});
