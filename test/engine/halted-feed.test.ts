import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../src/contract/settings.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { HandVenue } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY } from '../support/tape.ts';
import { MANIFEST, openWorld, settle } from '../support/world.ts';

const RESTS = {
  ...MANIFEST,
  options: [{ kind: 'number', name: 'focusMinutes', label: 'Rest', hint: '', min: 0, max: 60, initial: 3 }] as const,
};
const MINUTE = 60_000;

/** A world of one venue that rests after three minutes; `began` counts how often its feed did. */
async function worldAt(time: string, patch: SettingsPatch = {}, isImmediate = false) {
  const clock = new FakeClock(ist(`2026-11-20T${time}`));
  const venue = new HandVenue([INFY], clock);
  const { feed } = venue.session;
  let running = 0;
  let began = 0;
  const counted: typeof feed = {
    ...feed,
    async run(sink, stop) {
      began += 1;
      running += 1;
      await feed.run(sink, stop);
      running -= 1;
    },
  };
  const renewed: string[] = [];
  const session = {
    ...venue.session,
    feed: counted,
    history: venue.session.history && { ...venue.session.history, isImmediate },
    quotes: { quotes: async () => [] },
    renew: async () => void renewed.push('renewed'),
  };
  const quiet = { rule: { enabled: false }, ...patch } as SettingsPatch;
  const opened = openWorld(session, clock, quiet, undefined, { manifest: RESTS });
  const hide = (isHidden: boolean): void => opened.world.feed.look('window', !isHidden);
  const pass = async (minutes: number): Promise<void> => {
    clock.advance(minutes * MINUTE);
    await settle();
  };
  return { ...opened, clock, venue, hide, pass, running: () => running, began: () => began };
}

describe('a feed stopped by hand', () => {
  it('stays stopped when the window was hidden for long and is seen again', async () => {
    const { world, hide, pass, running } = await worldAt('10:00');
    await world.start();
    hide(false);
    await world.feed.stop();
    hide(true);
    await pass(5);
    hide(false);
    await settle();
    expect([running(), world.feed.state.status.state]).toEqual([0, 'stopped']);
  });

  it('stays stopped when it was stopped while it rested', async () => {
    const { world, hide, pass, running } = await worldAt('10:00');
    await world.start();
    hide(true);
    await pass(5);
    await world.feed.stop();
    hide(false);
    await settle();
    expect(running()).toBe(0);
  });

  it('is not begun by a setting that has nothing to do with it, though the schedule has gone on', async () => {
    const { world, pass, running, change } = await worldAt('09:50', { feed: { mode: 'auto' } });
    await world.start();
    await world.feed.stop();
    await pass(20);
    await change({ appearance: { theme: 'light' } });
    await change({ feed: { pollSeconds: 30 } });
    expect([running(), world.feed.state.status.state]).toEqual([0, 'stopped']);
    await change({ feed: { mode: 'polling' } });
    expect(world.feed.state, 'who chooses a mode wants to see it').toMatchObject({ mode: 'polling' });
    await world.close();
  });
});

describe('a feed that rests', () => {
  it('rests on with new credentials, and goes on when the window is seen', async () => {
    const { world, hide, pass, running } = await worldAt('10:00');
    await world.start();
    hide(true);
    await pass(5);
    expect(running()).toBe(0);
    expect(await world.feed.renew('kite', {})).toBe(true);
    expect(running()).toBe(0);
    hide(false);
    await settle();
    expect(running()).toBe(1);
  });
});

describe('a world that is still warming up', () => {
  it('begins its feed once, though the network changes meanwhile', async () => {
    const auto = { feed: { mode: 'auto' }, rule: { enabled: true } } as const;
    const { world, venue, running, began } = await worldAt('10:30', auto, true);
    let answer = (): void => undefined;
    venue.answersAfter = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const starting = world.start();
    await settle();
    world.feed.wake();
    await settle();
    expect(world.feed.state.status.state, 'nothing runs before the start is through').toBe('idle');
    answer();
    await starting;
    await settle();
    await world.feed.stop();
    expect([began(), running()]).toEqual([0, 0]);
  });
});
