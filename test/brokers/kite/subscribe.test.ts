import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifest } from '../../../src/main/brokers/kite/manifest.ts';
import { planSockets, subscriptionMessages } from '../../../src/main/brokers/kite/subscribe.ts';

const set = (...tokens: readonly number[]): ReadonlySet<number> => new Set(tokens);

describe('subscriptionMessages', () => {
  it('subscribes and asks for full mode, with tokens as numbers', () => {
    expect(subscriptionMessages(set(), set(408_065, 884_737))).toEqual([
      '{"a":"subscribe","v":[408065,884737]}',
      '{"a":"mode","v":["full",[408065,884737]]}',
    ]);
  });

  it('says only what changed', () => {
    expect(subscriptionMessages(set(1, 2), set(2, 3))).toEqual([
      '{"a":"unsubscribe","v":[1]}',
      '{"a":"subscribe","v":[3]}',
      '{"a":"mode","v":["full",[3]]}',
    ]);
    expect(subscriptionMessages(set(1, 2), set(2, 1))).toEqual([]);
  });

  it('divides a long list', () => {
    const wanted = set(...Array.from({ length: 450 }, (_none, index) => index + 1));
    const messages = subscriptionMessages(set(), wanted).map((text) => JSON.parse(text));
    expect(messages.map(({ a, v }) => `${a} ${a === 'mode' ? v[1].length : v.length}`)).toEqual([
      'subscribe 200',
      'mode 200',
      'subscribe 200',
      'mode 200',
      'subscribe 50',
      'mode 50',
    ]);
  });
});

describe('planSockets', () => {
  const limits = { instrumentsPerSocket: 2, sockets: 3 };

  it('uses one socket while one suffices, also for nothing', () => {
    expect(planSockets([], set(), limits)).toEqual({ sockets: [set()], left: [] });
    expect(planSockets([], set(1, 2), limits)).toEqual({ sockets: [set(1, 2)], left: [] });
  });

  it('opens further sockets, and says what has no room', () => {
    expect(planSockets([], set(1, 2, 3), limits).sockets).toEqual([set(1, 2), set(3)]);
    expect(planSockets([], set(1, 2, 3, 4, 5, 6, 7), limits)).toEqual({
      sockets: [set(1, 2), set(3, 4), set(5, 6)],
      left: [7],
    });
  });

  it('carries what Kite allows: three times three thousand', () => {
    const all = new Set(Array.from({ length: 9_001 }, (_none, index) => index + 1));
    const { sockets, left } = planSockets([], all, manifest.limits);
    expect(sockets.map(({ size }) => size)).toEqual([3_000, 3_000, 3_000]);
    expect(left).toEqual([9_001]);
  });

  it('leaves every token where it is', () => {
    expect(planSockets([set(1, 2), set(3)], set(2, 3, 4, 5), limits).sockets).toEqual([set(2, 4), set(3, 5)]);
  });

  it('carries each wanted token exactly once, within the limits, and nothing else', () => {
    const tokens = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 });
    fc.assert(
      fc.property(tokens, tokens, (before, after) => {
        const { sockets } = planSockets([], new Set(before), limits);
        const { sockets: next, left } = planSockets(sockets, new Set(after), limits);
        expect(next.every(({ size }) => size <= 2)).toBe(true);
        expect(next.length).toBeLessThanOrEqual(3);
        const carried = [...next.flatMap((socket) => [...socket]), ...left];
        expect(carried.sort()).toEqual([...after].sort());
        if (left.length > 0) expect(next.flatMap((socket) => [...socket])).toHaveLength(6);
      }),
    );
  });
});
