import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { handWorld } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY } from '../support/tape.ts';
import { settle } from '../support/world.ts';

const at = (time: string): EpochMs => ist(`2026-11-20 ${time}`);
const iso = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 19);

describe('what was traded in a gap', () => {
  it('belongs to no bar, and what was traded after the first word to its own', async () => {
    const clock = new FakeClock(at('10:00:00'));
    const { venue, store, world } = await handWorld(clock);
    const trade = async (time: string, dayVolume: number): Promise<void> => {
      while (clock.now() < at(time)) clock.advance(SECOND_MS);
      venue.tick(at(time), 100, { dayVolume });
      await settle();
    };
    await trade('10:00:10', 1_000);
    await trade('10:00:20', 1_010);
    venue.lost(clock.now());
    // A new connection may say where the day stands before it is said to be live.
    await trade('10:00:40', 1_500);
    venue.back(clock.now());
    await trade('10:01:01', 1_530);
    await trade('10:01:10', 1_535);
    await trade('10:02:00', 1_535);
    // Whoever looks at the ledger has all on disk.
    world.ledger(null);
    const { openTime, volume } = store.loadCandles(INFY.key, '5s', at('10:00:00'), at('10:02:00'));
    expect([...openTime].map((time, row) => `${iso(time)} ${volume[row]}`)).toEqual([
      '10:00:10 0',
      '10:00:20 10',
      '10:00:40 0',
      '10:01:00 30',
      '10:01:10 5',
    ]);
    await world.close();
  });
});
