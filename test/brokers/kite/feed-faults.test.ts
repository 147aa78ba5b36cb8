import { describe, expect, it } from 'vitest';
import type { KiteTuning } from '../../../src/main/brokers/kite/session.ts';
import { INFY, instrumentsFor } from '../../fakes/kite-instruments.ts';
import { frame, packetOf, rawPacket } from '../../fakes/kite-packets.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

const SUNDAY = Date.parse('2026-11-22T12:00:00+05:30');
/** Gives up on missing prices after 20 seconds instead of a minute. */
const IMPATIENT: KiteTuning = { jitter: () => 0.5, patience: { staleMs: 5_000, dataMs: 20_000 } };

describe('the Kite feed, when things go wrong', () => {
  it('leaves a connection on which nothing is heard any more', async () => {
    const { venue, notes, reach } = await startFeed({ clock: fastClock(10, MARKET_HOURS) });
    await reach('live');
    venue.faults.silent = true;
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'Nothing was heard for 10 seconds.' });
    venue.faults.silent = false;
    await reach('live');
    expect(venue.ticker.clients.size, 'the dead connection is gone').toBe(1);
  });

  it('does not take heartbeats for life in market hours', async () => {
    const { venue, notes, reach, trade } = await startFeed({ clock: fastClock(10, MARKET_HOURS), tuning: IMPATIENT });
    await reach('live');
    venue.faults.heartbeatsOnly = true;
    await reach('stale');
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'No price came for 20 seconds in market hours.' });
    venue.faults.heartbeatsOnly = false;
    await reach('live');
    await trade(INFY.token);
    expect(notes.story).toMatch(/^connecting live stale waiting (connecting )+live$/);
  });

  it('is content with heartbeats when the market is closed', async () => {
    const { venue, notes, clock } = await startFeed({
      clock: fastClock(10, SUNDAY),
      tuning: IMPATIENT,
      venueOptions: { instruments: [INFY] },
      listed: [INFY],
    });
    venue.faults.heartbeatsOnly = true;
    const began = clock.now();
    await eventually(() => clock.now() - began).toBeGreaterThan(30_000);
    expect(notes.story).toBe('connecting live');
    expect(venue.ticker.upgrades).toBe(1);
  });

  it('stops for good when the login is refused: one attempt, no storm', async () => {
    const { venue, notes, ran, clock, logger } = await startFeed({
      clock: fastClock(10, MARKET_HOURS),
      listed: [INFY],
    });
    await eventually(() => notes.last?.state).toBe('live');
    venue.expireToken();
    venue.kill();
    await ran;
    expect(notes.last).toMatchObject({
      state: 'stopped',
      reason: 'auth-expired',
      message: expect.stringContaining('Log in again'),
    });
    const upgrades = venue.ticker.upgrades;
    const stopped = clock.now();
    await eventually(() => clock.now() - stopped).toBeGreaterThan(20_000);
    expect(venue.ticker.upgrades).toBe(upgrades);
    expect(upgrades, 'the first connection and the refused one').toBe(2);
    expect(logger.lines).toEqual([]);
  });

  it('waits a minute or more when there are too many connections', async () => {
    const { venue, notes, clock } = await startFeed({ venueOptions: { mostConnections: 0 } });
    await eventually(() => notes.last?.state).toBe('waiting');
    const [, waiting] = notes.statuses;
    if (waiting?.state !== 'waiting') throw new Error('it should wait');
    expect(waiting.retryAt - clock.now()).toBeGreaterThan(50_000);
    expect(waiting.reason).toContain('429');
    expect(venue.ticker.upgrades).toBe(1);
  });

  it('backs off from a venue that has trouble of its own, and comes back', async () => {
    const { venue, notes, reach } = await startFeed();
    await reach('live');
    venue.faults.upgrade = 502;
    venue.kill();
    await eventually(() => venue.ticker.upgrades).toBe(4);
    venue.faults.upgrade = undefined;
    await reach('live');
    const waits = notes.statuses.filter((status) => status.state === 'waiting');
    expect(waits.slice(1).every(({ reason }) => reason.includes('HTTP 502'))).toBe(true);
  });

  it('counts garbage and goes on', async () => {
    const { venue, notes, reach, trade } = await startFeed();
    await reach('live');
    const good = packetOf({ token: INFY.token, ltp: 777, dayVolume: 99_999 }, 'quote');
    await venue.send(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 2, 3));
    await venue.send(Uint8Array.from({ length: 5_000 }, (_none, index) => (index * 131) & 0xff));
    await venue.send('<html>no</html>');
    await venue.send('{"type":"something new"}');
    await venue.send(`{"type":"error","data":"bad token ${venue.accessToken}"}`);
    await venue.send(
      frame(rawPacket(9, {}), rawPacket(8, { 0: 1, 4: 100 }), rawPacket(8, { 0: INFY.token, 4: -1 }), good),
    );
    await venue.send(frame(good, good).subarray(0, 50));
    await eventually(() => notes.recent.some(({ ltp }) => ltp === 777)).toBe(true);
    await trade(INFY.token);
    await eventually(() => notes.recent.at(-1)?.ltp).toBe(101);
    const reasons = new Set(notes.rejects.map(({ reason }) => reason));
    for (const reason of [
      'truncated',
      'unreadable-text',
      'venue-error',
      'unknown-length',
      'unknown-instrument',
      'bad-price',
    ])
      expect(reasons).toContain(reason);
    expect(notes.story).toBe('connecting live');
    expect(venue.ticker.upgrades, 'one connection throughout').toBe(1);
  });

  it('says the access token to nobody', async () => {
    const { venue, notes, reach, logger } = await startFeed();
    await reach('live');
    await venue.send(`{"type":"error","data":"bad token ${venue.accessToken}"}`);
    await venue.send(`{"type":"message","data":"token ${venue.accessToken}"}`);
    venue.faults.upgrade = 500;
    venue.kill();
    await eventually(() => venue.ticker.upgrades).toBeGreaterThan(2);
    const said = JSON.stringify([notes.statuses, notes.rejects, logger.lines]);
    expect(said).toContain('bad token …');
    expect(said).not.toContain(venue.accessToken);
  });

  it('is ended by a request that finds the token dead', async () => {
    const { venue, session, notes, ran, reach } = await startFeed();
    await reach('live');
    venue.expireToken();
    await expect(session.quotes?.quotes([key('INFY')], new AbortController().signal)).rejects.toMatchObject({
      code: 'auth-expired',
    });
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    await eventually(() => venue.ticker.clients.size).toBe(0);
  });

  it('asks for a login at six in the morning, not at the next cut', async () => {
    const { notes, ran } = await startFeed({
      clock: fastClock(5, Date.parse('2026-11-20T05:59:55+05:30')),
      listed: [INFY],
    });
    await eventually(() => notes.last?.state).toBe('live');
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
  });
  it('is as well as its worst socket, and ends whole', async () => {
    const listed = instrumentsFor(['NSE:A', 'NSE:B', 'NSE:C']);
    const { venue, notes, ran, reach } = await startFeed({
      listed,
      tuning: { limits: { instrumentsPerSocket: 1, sockets: 3 } },
    });
    await reach('live');
    venue.faults.upgrade = 403;
    [...venue.ticker.clients][1]?.terminate();
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    await eventually(() => venue.ticker.clients.size).toBe(0);
  });
});
