import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import { SettingsDesk } from '../../src/main/engine/settings-desk.ts';
import { openStore } from '../../src/main/store/open-store.ts';

describe('SettingsDesk', () => {
  it('starts from defaults that need no answer', () => {
    expect(new SettingsDesk(openStore(':memory:')).current).toMatchObject({
      feed: { source: 'simulator', mode: 'streaming', pollSeconds: 60 },
      rule: { timeframe: '5m', fast: 9, slow: 21, rsi: 14, momentum: 50 },
    });
  });

  it('remembers a change, and leaves the rest alone', () => {
    const store = openStore(':memory:');
    new SettingsDesk(store).update({ rule: { fast: 5 }, feed: { simulator: { speed: 50 } } });
    expect(new SettingsDesk(store).current).toMatchObject({
      rule: { fast: 5, slow: 21 },
      feed: { source: 'simulator', simulator: { speed: 50, seed: 20 } },
    });
  });

  it.each([
    [{ rule: { fast: 30 } }, 'shorter than the slow one'],
    [{ feed: { pollSeconds: 1 } }, 'pollSeconds'],
    [{ feed: { pollSeconds: 601 } }, 'pollSeconds'],
    [{ rule: { timeframe: '7m' } }, 'timeframe'],
    [{ alerts: { volume: 2 } }, 'volume'],
    [{ colour: { theme: 'pink' } }, 'colour'],
  ])('refuses %j and says why', (patch, words) => {
    const desk = new SettingsDesk(openStore(':memory:'));
    const before = desk.current;
    // A screen may send anything.
    expect(() => desk.update(patch as never)).toThrow(words);
    expect(desk.current, 'nothing half done').toBe(before);
  });

  it('keeps what a launch overrides out of the store, until a person decides', () => {
    const store = openStore(':memory:');
    const desk = new SettingsDesk(store, { feed: { source: 'replay', replay: { files: ['a.csv'] } } });
    desk.update({ appearance: { theme: 'light' } });
    expect(desk.current.feed.source).toBe('replay');
    expect(new SettingsDesk(store).current).toMatchObject({
      feed: { source: 'simulator' },
      appearance: { theme: 'light' },
    });
    desk.update({ feed: { source: 'kite' } });
    expect(desk.current.feed.source).toBe('kite');
    expect(new SettingsDesk(store).current.feed.source).toBe('kite');
  });

  it('opens with defaults where what is stored makes no sense any more, and says so', () => {
    const store = openStore(':memory:');
    store.writeDocument('settings', { rule: { timeframe: 'fortnight' } });
    const troubles: string[] = [];
    const desk = new SettingsDesk(store, {}, ({ message }) => troubles.push(message));
    expect(desk.current).toEqual(settingsSchema.parse({}));
    expect(troubles).toEqual([expect.stringContaining('The defaults are used')]);
  });
});
