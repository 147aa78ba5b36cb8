import { describe, expect, it } from 'vitest';
import { mergeSettings, type Settings, type SettingsPatch, settingsSchema } from '../../src/contract/settings.ts';
import { ModeDesk } from '../../src/main/engine/mode-desk.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { UneasyClock } from '../support/uneasy-clock.ts';

function deskAt(time: string, patch: SettingsPatch) {
  const clock = new FakeClock(Date.parse(`2026-11-20T${time}+05:30`));
  let settings: Settings = settingsSchema.parse(mergeSettings(settingsSchema.parse({}), patch));
  const boundaries: string[] = [];
  const desk = new ModeDesk({
    clock,
    source: 'kite',
    settings: () => settings,
    onBoundary: () => boundaries.push(desk.running),
  });
  desk.follow();
  const minutes = (count: number): void => clock.advance(count * 60_000);
  const change = (more: SettingsPatch): void => {
    settings = settingsSchema.parse(mergeSettings(settings, more));
    desk.follow();
  };
  return { desk, minutes, change, boundaries };
}

describe('the mode that runs', () => {
  it('is the one chosen, whatever the time', () => {
    const { desk, minutes, boundaries } = deskAt('09:59', { feed: { mode: 'polling' } });
    expect(desk.running).toBe('polling');
    minutes(60 * 24);
    expect(desk.running).toBe('polling');
    expect(boundaries).toEqual([]);
    expect(desk.state).toEqual({ nextMode: undefined, isHeld: false });
  });

  it('goes by the schedule in auto, and says so at each boundary', () => {
    const { desk, minutes, boundaries } = deskAt('09:58', { feed: { mode: 'auto' } });
    expect(desk.running).toBe('streaming');
    minutes(2);
    expect(boundaries).toEqual(['polling']);
    minutes(4 * 60);
    expect(boundaries).toEqual(['polling', 'streaming']);
    minutes(24 * 60);
    expect(boundaries).toEqual(['polling', 'streaming', 'streaming', 'polling', 'streaming']);
  });

  it('held by hand holds until the next boundary, and no longer', () => {
    const { desk, minutes } = deskAt('10:30', { feed: { mode: 'auto' } });
    desk.hold('streaming');
    expect([desk.running, desk.state.isHeld, desk.state.nextMode?.mode]).toEqual(['streaming', true, 'streaming']);
    minutes(3 * 60 + 29);
    expect([desk.running, desk.state.isHeld]).toEqual(['streaming', true]);
    minutes(1);
    expect([desk.running, desk.state.isHeld]).toEqual(['streaming', false]);
    desk.hold('polling');
    minutes(30);
    expect(desk.running).toBe('polling');
    desk.hold(undefined);
    expect([desk.running, desk.state.isHeld]).toEqual(['streaming', false]);
  });

  it('cannot be held outside auto, and a hold ends with auto', () => {
    const { desk, change } = deskAt('10:30', { feed: { mode: 'streaming' } });
    desk.hold('polling');
    expect(desk.running).toBe('streaming');
    change({ feed: { mode: 'auto' } });
    desk.hold('streaming');
    change({ feed: { mode: 'polling' } });
    change({ feed: { mode: 'auto' } });
    expect([desk.running, desk.state.isHeld]).toEqual(['polling', false]);
  });

  it('goes by the schedule of its own list', () => {
    const schedule = [{ from: '10:31', mode: 'polling' as const }];
    const { desk, minutes, boundaries } = deskAt('10:30', { feed: { mode: 'auto', lists: { kite: { schedule } } } });
    expect(desk.running).toBe('polling');
    minutes(1);
    expect(boundaries).toEqual(['polling']);
  });

  it('finds the row of the hour after a sleep, in which timers stood still', () => {
    const clock = new UneasyClock(ist('2026-11-20 09:30'));
    const settings = settingsSchema.parse({ feed: { mode: 'auto' } });
    const boundaries: string[] = [];
    const desk = new ModeDesk({
      clock,
      source: 'kite',
      settings: () => settings,
      onBoundary: () => boundaries.push(desk.running),
    });
    desk.follow();
    desk.hold('polling');
    clock.sleep(31 * 60_000);
    desk.follow();
    expect([desk.running, desk.state.isHeld]).toEqual(['polling', false]);
    clock.sleep(3 * 3_600_000);
    desk.follow();
    clock.advance(59 * 60_000);
    expect(boundaries, 'the next boundary rings when it is there, not a sleep later').toEqual(['streaming']);
  });

  it('held by hand follows a schedule that is changed meanwhile', () => {
    const { desk, minutes, change, boundaries } = deskAt('10:30', { feed: { mode: 'auto' } });
    desk.hold('streaming');
    const schedule = [
      { from: '09:00', mode: 'polling' as const },
      { from: '15:00', mode: 'streaming' as const },
    ];
    change({ feed: { lists: { kite: { schedule } } } });
    minutes(4 * 60);
    expect([desk.running, desk.state.isHeld], 'no mode goes by unannounced').toEqual(['streaming', true]);
    minutes(30);
    expect([boundaries, desk.state.isHeld]).toEqual([['streaming'], false]);
  });

  it('rings no more after the end', () => {
    const { desk, minutes, boundaries } = deskAt('09:59', { feed: { mode: 'auto' } });
    desk.stop();
    minutes(10);
    expect(boundaries).toEqual([]);
  });
});
