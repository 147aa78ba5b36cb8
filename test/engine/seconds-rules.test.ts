import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';

const at = (time: string) => ist(`2026-11-20 ${time}`);
const hhmmss = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 19);

describe('a rule on bars of seconds', () => {
  it('says that something is missing after a hole of which history has only minutes', async () => {
    const clock = new FakeClock(at('09:10:00'));
    const patch = { rule: { timeframe: '15s', fast: 1, slow: 2, rsi: 2, momentum: 0, forming: false } } as const;
    const hand = await handWorld(clock, { patch });
    const { venue, store, to, world } = hand;
    // A trade each ten seconds, whose price turns with every bar.
    const trade = async (until: string): Promise<void> => {
      for (let turn = 0; clock.now() < at(until); turn += 1) {
        await to(new Date(clock.now() + 10 * SECOND_MS + 330 * MINUTE_MS).toISOString().slice(0, 19));
        if (clock.now() > at('09:15:00')) venue.tick(clock.now(), 100 + ((turn * 7) % 11));
      }
    };
    await trade('09:25:00');
    venue.lost(clock.now());
    venue.told = minutesOf(
      at('09:15:00'),
      Array.from({ length: 60 }, () => 105),
    );
    await to('2026-11-20 09:27:05');
    venue.back(clock.now());
    await trade('09:40:00');
    const inputs = new Map(store.alerts(500).map(({ signal, inputs: said }) => [hhmmss(signal.barTime), said]));
    const between = (from: string, until: string) =>
      new Set([...inputs].filter(([time]) => time >= from && time < until).map(([, said]) => said));
    expect(between('09:16:00', '09:24:30')).toEqual(new Set(['whole']));
    expect(between('09:27:00', '09:27:45')).toEqual(new Set(['incomplete']));
    expect(between('09:30:00', '09:39:00')).toEqual(new Set(['whole']));
    await world.close();
  });
});
