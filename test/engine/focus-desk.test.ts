import { describe, expect, it } from 'vitest';
import { FocusDesk } from '../../src/main/engine/focus-desk.ts';
import { FakeClock } from '../support/fake-clock.ts';

function deskOf(minutes: number, isScanning = false) {
  const clock = new FakeClock(0);
  const story: string[] = [];
  const wants = { minutes, isScanning };
  const desk = new FocusDesk({
    clock,
    restMinutes: () => wants.minutes,
    isScanning: () => wants.isScanning,
    onRest: () => story.push('rest'),
    onReturn: () => story.push('return'),
  });
  const pass = (passed: number): void => clock.advance(passed * 60_000);
  return { desk, story, pass, wants };
}

describe('a feed that nobody looks at', () => {
  it('rests after the minutes set, and is back with the first look', () => {
    const { desk, story, pass } = deskOf(3);
    desk.look('a', true);
    desk.look('a', false);
    pass(2.9);
    expect(story).toEqual([]);
    pass(0.1);
    expect([story, desk.isResting]).toEqual([['rest'], true]);
    desk.look('a', true);
    expect([story, desk.isResting]).toEqual([['rest', 'return'], false]);
  });

  it('does not rest while one of several windows is seen, nor after a short look away', () => {
    const { desk, story, pass } = deskOf(3);
    desk.look('a', true);
    desk.look('b', true);
    desk.look('a', false);
    pass(60);
    desk.look('b', false);
    pass(2);
    desk.look('b', true);
    pass(60);
    expect(story).toEqual([]);
  });

  it('never rests with 0 minutes, nor while a scan runs', () => {
    for (const { desk, story, pass } of [deskOf(0), deskOf(3, true)]) {
      desk.look('a', false);
      pass(600);
      expect(story).toEqual([]);
    }
  });

  it('is back when a scan begins or the setting is taken away', () => {
    const { desk, story, pass, wants } = deskOf(3);
    desk.look('a', false);
    pass(3);
    wants.isScanning = true;
    desk.follow();
    wants.isScanning = false;
    desk.follow();
    pass(3);
    wants.minutes = 0;
    desk.follow();
    expect(story).toEqual(['rest', 'return', 'rest', 'return']);
  });

  it('is left alone where no window ever spoke, and after the end', () => {
    const first = deskOf(3);
    first.desk.follow();
    first.pass(60);
    expect(first.story).toEqual([]);
    const second = deskOf(3);
    second.desk.look('a', false);
    second.desk.stop();
    second.pass(60);
    expect(second.story).toEqual([]);
  });
});
