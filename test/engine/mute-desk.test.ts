import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { MuteDesk } from '../../src/main/engine/mute-desk.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { appErrorOf } from '../support/thrown.ts';

const [INFY, TCS] = ['NSE:INFY' as InstrumentKey, 'NSE:TCS' as InstrumentKey];
const MINUTE = 60_000;

function muted() {
  const store = openStore(':memory:');
  const wall = new FakeClock(1_000_000);
  return { store, wall, desk: new MuteDesk({ store, wall }) };
}

describe('a mute', () => {
  it.each<[string, string | null, InstrumentKey | null, readonly boolean[]]>([
    ['of a rule', 'dip', null, [true, true, false, false]],
    ['of a symbol', null, INFY, [true, false, true, false]],
    ['of both', 'dip', INFY, [true, false, false, false]],
  ])('%s covers that and no more', (_case, rule, instrument, expected) => {
    const { desk } = muted();
    desk.mute(rule, instrument, 5);
    const asked = [
      ['dip', INFY],
      ['dip', TCS],
      ['cross', INFY],
      ['cross', TCS],
    ] as const;
    expect(asked.map(([one, other]) => desk.isMuted(one, other))).toEqual(expected);
  });

  it('ends by the clock on the wall', () => {
    const { desk, wall } = muted();
    desk.mute('dip', null, 5);
    wall.advance(5 * MINUTE - 1);
    expect(desk.isMuted('dip', INFY)).toBe(true);
    wall.advance(1);
    expect(desk.isMuted('dip', INFY)).toBe(false);
    expect(desk.mutes).toEqual([]);
  });

  it('is replaced by a newer one of the same, and ended by none', () => {
    const { desk, wall } = muted();
    desk.mute('dip', INFY, 60);
    desk.mute('dip', null, 60);
    desk.mute('dip', INFY, 5);
    expect(desk.mutes.map(({ instrument, until }) => [instrument, until - wall.now()])).toEqual([
      [null, 60 * MINUTE],
      [INFY, 5 * MINUTE],
    ]);
    desk.mute('dip', null, 0);
    wall.advance(6 * MINUTE);
    expect(desk.isMuted('dip', INFY)).toBe(false);
  });

  it('outlasts a restart, and those that are over are forgotten', () => {
    const { desk, store, wall } = muted();
    desk.mute(null, INFY, 5);
    desk.mute('dip', null, 60);
    wall.advance(10 * MINUTE);
    expect(new MuteDesk({ store, wall }).isMuted('dip', TCS)).toBe(true);
    desk.mute(null, TCS, 1);
    expect(store.readDocument('mutes')).toMatchObject([{ rule: 'dip' }, { instrument: TCS }]);
  });

  it('of everything is refused', () => {
    const { desk } = muted();
    expect(appErrorOf(() => desk.mute(null, null, 5)).code).toBe('invalid-input');
  });

  it.each([
    ['no list', { a: 1 }],
    ['entries of another kind', [1, null, { rule: 'dip' }, { rule: 1, instrument: null, until: 9e15 }]],
    ['a mute of everything', [{ rule: null, instrument: null, until: 9e15 }]],
  ])('that cannot be read is left out: %s', (_case, document) => {
    const { store, wall } = muted();
    store.writeDocument('mutes', document);
    const desk = new MuteDesk({ store, wall });
    expect(desk.mutes).toEqual([]);
    expect(desk.isMuted('dip', INFY)).toBe(false);
  });
});
