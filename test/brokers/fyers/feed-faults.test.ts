import { describe, expect, it } from 'vitest';
import type { FyersTuning } from '../../../src/main/brokers/fyers/session.ts';
import { answerFrame, dataFrame, loginAnswer, updateRecord } from '../../fakes/fyers-frames.ts';
import { SBIN } from '../../fakes/fyers-symbols.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

const SUNDAY = Date.parse('2026-11-22T12:00:00+05:30');
/** Gives up on missing prices after 20 seconds instead of a minute. */
const IMPATIENT: FyersTuning = { jitter: () => 0.5, patience: { staleMs: 5_000, dataMs: 20_000 } };
const watched = [key('SBIN')];

describe('the Fyers feed, when things go wrong', () => {
  it('leaves a connection that is alive and mute in market hours', async () => {
    const { venue, notes, reach, trade } = await startFeed({
      clock: fastClock(10, MARKET_HOURS),
      tuning: IMPATIENT,
      watched,
    });
    await reach('live');
    venue.faults.mute = true;
    await reach('stale');
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'No price came for 20 seconds in market hours.' });
    venue.faults.mute = false;
    await reach('live');
    await trade(SBIN);
    expect(notes.story).toMatch(/^connecting live stale waiting (connecting )+live$/);
  });

  it('is content with answers to its pings when the market is closed', async () => {
    const { notes, venue, clock, reach, session } = await startFeed({
      clock: fastClock(10, SUNDAY),
      tuning: IMPATIENT,
      watched,
    });
    await reach('live');
    venue.faults.mute = true;
    const began = clock.now();
    await eventually(() => clock.now() - began).toBeGreaterThan(40_000);
    expect(notes.story).toBe('connecting live');
    expect(venue.upgrades.filter((path) => path.startsWith('/hsm'))).toHaveLength(1);
    expect(venue.data.clients[0]?.requests.filter(({ type }) => type === 'ping').length).toBeGreaterThanOrEqual(4);
    const [data, orders] = session.feed.connections?.() ?? [];
    expect(data?.latencyMs).toBeGreaterThanOrEqual(0);
    expect(orders?.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it('stops for good when the data socket refuses the login: one attempt, no storm', async () => {
    const { venue, notes, ran, reach, clock, session } = await startFeed({
      clock: fastClock(10, MARKET_HOURS),
      watched,
    });
    await reach('live');
    venue.faults.dataLogin = 'refuse';
    venue.kill();
    await ran;
    expect(notes.last).toMatchObject({
      state: 'stopped',
      reason: 'auth-expired',
      message: expect.stringContaining('Log in again'),
    });
    const upgrades = venue.upgrades.length;
    const stopped = clock.now();
    await eventually(() => clock.now() - stopped).toBeGreaterThan(20_000);
    expect(venue.upgrades).toHaveLength(upgrades);
    expect(session.feed.connections?.()[0]).toMatchObject({ state: 'stopped' });
  });

  it('stops for good at HTTP 403', async () => {
    const { venue, notes, ran, reach } = await startFeed({ clock: fastClock(10, MARKET_HOURS), watched });
    await reach('live');
    venue.faults.upgrade = 403;
    venue.kill();
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
  });

  it('stops at the minute the token ends', async () => {
    const { notes, ran, reach, session, clock } = await startFeed({
      clock: fastClock(10, MARKET_HOURS),
      watched,
      venueOptions: { tokenSeconds: 30 },
    });
    await reach('live');
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    expect(clock.now()).toBeGreaterThanOrEqual(session.loginUntil?.() ?? Number.POSITIVE_INFINITY);
  });

  it('hangs up on a server that never answers the login', async () => {
    const { venue, notes, reach } = await startFeed({ clock: fastClock(10, MARKET_HOURS), watched });
    await reach('live');
    venue.faults.dataLogin = 'ignore';
    venue.kill();
    await eventually(() => notes.statuses).toContainEqual(
      expect.objectContaining({ reason: 'No answer within 10 seconds.' }),
    );
  });

  it('goes on without the order socket', async () => {
    const { venue, notes, reach, trade, session } = await startFeed({ clock: fastClock(10, MARKET_HOURS), watched });
    await reach('live');
    await eventually(() => venue.orders.clients).toBe(1);
    for (const socket of venue.orders.server.clients) socket.terminate();
    await eventually(() => session.feed.connections?.()[1]?.errors).toBe(1);
    notes.forget();
    await trade(SBIN);
    await eventually(() => notes.recent.length).toBe(1);
    expect(notes.story).toBe('connecting live');
    await eventually(() => venue.orders.clients, 'and comes back').toBe(1);
  });

  it('hears of no orders where nobody wants them', async () => {
    const { venue, reach, session } = await startFeed({ watched, options: { lite: false, orderUpdates: false } });
    await reach('live');
    expect(venue.upgrades).toEqual(['/hsm/v1-5/prod']);
    expect(session.feed.connections?.()).toHaveLength(1);
  });

  it('counts what it refuses, whatever the venue sends, and goes on', async () => {
    const { venue, notes, reach, trade, session } = await startFeed({ watched });
    await reach('live');
    await eventually(() => notes.tickCount).toBe(1);
    const messages: readonly (Uint8Array | string)[] = [
      new Uint8Array(),
      Uint8Array.of(0),
      Uint8Array.of(0, 1, 6),
      dataFrame(7, [updateRecord(999, [1])]),
      dataFrame(8, [updateRecord(1, [-500])]),
      dataFrame(9, [updateRecord(1, [0])]),
      dataFrame(10, [updateRecord(1, [80_000, 1, 0x7fff_ffff, 0x7fff_ffff])]),
      answerFrame(4, false),
      answerFrame(99),
      'not json',
      '[]',
      '{"type":"mystery"}',
      '{"type":"cn","s":"ok","message":"successful","code":200}',
      '{"type":"ful","s":"error","code":12001,"message":"no"}',
    ];
    for (const message of messages) await venue.data.send(message);
    await eventually(() => notes.rejects.length).toBe(12);
    expect(notes.rejects.map(({ reason }) => reason)).toEqual([
      'truncated',
      'truncated',
      'truncated',
      'unknown-topic',
      'bad-price',
      'no-trade',
      'bad-time',
      'venue-error',
      'unreadable-text',
      'unreadable-text',
      'unknown-message',
      'venue-error',
    ]);
    await venue.data.send('{"type":"sub","s":"error","code":11011}');
    await eventually(() => notes.rejects.at(-1)?.detail).toBe('sub refused (code 11011)');
    notes.forget();
    await trade(SBIN);
    await eventually(() => notes.recent.length).toBe(1);
    expect(session.feed.connections?.()[0]?.errors).toBeGreaterThanOrEqual(8);
    expect(notes.story).toBe('connecting live');
  });

  it('takes a second answer to the login for what it is', async () => {
    const { venue, notes, reach, trade } = await startFeed({ watched });
    await reach('live');
    await venue.data.send(loginAnswer(true, 2));
    await trade(SBIN);
    await eventually(() => notes.recent.at(-1)?.ltp).toBe(101);
  });

  it('lets no token into a log or a status', async () => {
    const { venue, notes, ran, logger, reach } = await startFeed({ clock: fastClock(10, MARKET_HOURS), watched });
    await reach('live');
    const token = venue.accessToken;
    venue.faults.dataLogin = 'refuse';
    venue.kill();
    await ran;
    const said = `${logger.lines.join('\n')} ${JSON.stringify(notes.statuses)} ${JSON.stringify(notes.rejects)}`;
    expect(said).not.toContain(token);
    expect(said).not.toContain(venue.login.hsmKey);
  });
});
