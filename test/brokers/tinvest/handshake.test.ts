import { describe, expect, it } from 'vitest';
import { createHandshake } from '../../../src/main/brokers/tinvest/handshake.ts';
import { SBER } from '../../fakes/tinvest-frames.ts';
import type { FakeHandshake } from '../../fakes/tinvest-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { key } from './open-context.ts';
import { startFeed } from './running-feed.ts';

const start = (handshake: FakeHandshake, chosen: string) =>
  startFeed({
    watched: [key('SBER')],
    options: { handshake: chosen },
    prepare: (venue) => {
      venue.faults.handshake = handshake;
    },
  });

describe('the handshake', () => {
  it('begins with headers, and takes the other way on exactly one failure', () => {
    const handshake = createHandshake('auto');
    expect(handshake.offer('t.x')).toEqual({
      headers: { Authorization: 'Bearer t.x', 'Web-Socket-Protocol': 'json' },
      protocols: [],
    });
    expect(handshake.learn('ECONNRESET')).toBe(false);
    expect(handshake.learn(undefined)).toBe(false);
    expect(handshake.mode).toBe('header');
    expect(handshake.learn('SUBPROTOCOL_NOT_REQUESTED')).toBe(true);
    expect(handshake.offer('t.x')).toEqual({ headers: { Authorization: 'Bearer t.x' }, protocols: ['json'] });
    expect(handshake.learn('SUBPROTOCOL_NOT_REQUESTED'), 'once').toBe(false);
  });

  it('stays as a person set it', () => {
    for (const mode of ['header', 'subprotocol'] as const) {
      const handshake = createHandshake(mode);
      expect(handshake.learn('SUBPROTOCOL_NOT_REQUESTED')).toBe(false);
      expect(handshake.mode).toBe(mode);
    }
  });

  it.each([
    ['header', 'auto', ['header']],
    ['header', 'header', ['header']],
    ['subprotocol', 'subprotocol', ['subprotocol']],
  ] as const)('a server that takes %s is reached with %s', async (server, chosen, expected) => {
    const { venue, reach } = await start(server, chosen);
    await reach('live');
    expect(venue.stream.handshakes).toEqual(expected);
  });

  it('a server that names a subprotocol is reached at once by it, and again after a cut', async () => {
    const { venue, reach, notes, trade } = await start('echo', 'auto');
    await reach('live');
    expect(venue.stream.handshakes).toEqual(['header', 'subprotocol']);
    expect(notes.story, 'without a wait').toBe('connecting connecting live');
    venue.stream.kill();
    await reach('waiting');
    await reach('live');
    expect(venue.stream.handshakes, 'remembered').toEqual(['header', 'subprotocol', 'subprotocol']);
    trade(SBER);
    await eventually(() => notes.tickCount).toBeGreaterThan(0);
  });

  it('says what to set when the forced way does not fit', async () => {
    const { notes } = await start('echo', 'header');
    await eventually(() => notes.last?.state).toBe('waiting');
    expect(notes.last).toMatchObject({ reason: expect.stringContaining('Handshake of T-Invest to Automatic') });
  });
});
