import { describe, expect, it } from 'vitest';
import { GAZP, SBER } from '../../fakes/tinvest-frames.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

const SUNDAY_NIGHT = Date.parse('2026-11-22T03:00:00+03:00');
const watched = [key('SBER')];

describe('the T-Invest feed, when things go wrong', () => {
  it('comes back after a cut, asks for what is wanted by then, and tells the trades it missed', async () => {
    const { venue, session, notes, reach, trade, clock, subscriptions } = await startFeed({ watched });
    await reach('live');
    const tell = (price: number, time: number) => venue.trade({ uid: SBER.uid, price, quantity: 2, side: 'buy', time });
    const at = Math.floor(clock.now());
    tell(250, at);
    tell(250, at);
    await eventually(() => notes.tickCount).toBe(2);
    venue.stream.kill();
    await reach('waiting');
    session.feed.watch(new Set([...watched, key('GAZP')]));
    tell(250, at);
    tell(251, at + 300);
    await reach('live');
    await eventually(() => notes.tickCount).toBe(4);
    expect(notes.recent.map(({ ltp, time }) => [ltp, time - at])).toEqual([
      [250, 0],
      [250, 0],
      [250, 0],
      [251, 300],
    ]);
    await eventually(subscriptions).toContain(`trades ${GAZP.uid}`);
    trade(SBER, GAZP);
    await eventually(() => notes.tickCount).toBe(6);
    expect(notes.story).toMatch(/^connecting live waiting connecting live$/);
  });

  it('leaves a stream on which nothing is heard any more, after 65 seconds', async () => {
    const { venue, notes, reach } = await startFeed({ clock: fastClock(100, MARKET_HOURS), watched });
    await reach('live');
    venue.faults.silent = true;
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'Nothing was heard for 65 seconds.' });
    venue.faults.silent = false;
    await reach('live');
    expect(venue.stream.clients.size, 'the dead one is gone').toBe(1);
  });

  it('says so when pings come and no prices', async () => {
    const { reach, notes, venue } = await startFeed({
      clock: fastClock(10, MARKET_HOURS),
      watched,
      tuning: { patience: { staleMs: 5_000, dataMs: 20_000 } },
    });
    await reach('live');
    await reach('stale');
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'No price came for 20 seconds in market hours.' });
    expect(venue.stream.upgrades).toBe(1);
  });

  it.each([
    ['the night', { clock: fastClock(50, SUNDAY_NIGHT) }, undefined],
    ['a break the venue tells of', { clock: fastClock(50, MARKET_HOURS) }, 'BREAK_IN_TRADING'],
  ])('is content with pings in %s', async (_case, options, word) => {
    const { venue, notes, clock, reach, subscriptions } = await startFeed({ ...options, watched });
    await reach('live');
    await eventually(subscriptions).toHaveLength(3);
    if (word !== undefined) venue.status(SBER.uid, word);
    const began = clock.now();
    await eventually(() => clock.now() - began).toBeGreaterThan(60_000);
    expect(notes.story).toBe('connecting live');
  });

  it.each([
    ['HTTP 401 on opening', 'upgrade'],
    ['close code 4016', 'after'],
  ] as const)('stops for good on %s: one attempt, no storm', async (_case, checksToken) => {
    const { venue, notes, ran, session, reach } = await startFeed({ watched });
    await reach('live');
    venue.faults.checksToken = checksToken;
    venue.expireToken();
    venue.stream.kill();
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    expect(venue.stream.upgrades).toBe(2);
    const calls = venue.calls.length;
    await expect(session.quotes?.quotes(watched, new AbortController().signal)).rejects.toMatchObject({
      code: 'auth-expired',
    });
    expect(venue.calls.length, 'nobody asks with a dead token').toBe(calls);
  });

  it('goes on with another token, without being opened anew', async () => {
    const { venue, session, notes, ran, reach } = await startFeed({ watched });
    await reach('live');
    await expect(session.renew?.({ token: 't.wrong' })).rejects.toMatchObject({ code: 'auth-expired' });
    expect(notes.last?.state, 'a wrong one changes nothing').toBe('live');
    venue.expireToken();
    venue.stream.kill();
    await ran;
    await session.renew?.({ token: venue.newToken() });
    const stop = new AbortController();
    const again = session.feed.run(notes, stop.signal);
    await reach('live');
    stop.abort();
    await again;
  });

  it.each([
    [4_003, 'failed'],
    [3_000, 'auth-expired'],
    [3_003, 'auth-expired'],
  ])('stops on close code %i', async (code, reason) => {
    const { venue, notes, ran, reach } = await startFeed({ watched });
    await reach('live');
    venue.hangUp(code);
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason });
    expect(venue.stream.upgrades).toBe(1);
  });

  it.each([
    ['close code 4008', 60, 4_008],
    ['HTTP 429', 120, 429],
  ])('waits long after %s', async (_case, seconds, code) => {
    const { venue, notes, reach, clock } = await startFeed({ watched });
    await reach('live');
    if (code === 429) {
      venue.faults.upgrade = 429;
      venue.stream.kill();
      await eventually(() => venue.stream.upgrades).toBe(2);
      await eventually(() => JSON.stringify(notes.last)).toContain('HTTP 429');
    } else venue.hangUp(code);
    await reach('waiting');
    const { last } = notes;
    if (last?.state !== 'waiting') throw new Error('it should wait');
    expect(last.retryAt - clock.now()).toBeGreaterThan((seconds - 10) * 1_000);
  });

  it('comes back soon after the venue’s own maintenance', async () => {
    const { venue, reach, notes } = await startFeed({ watched });
    await reach('live');
    for (const code of [4_004, 1_001, 1_012]) {
      venue.hangUp(code);
      await reach('waiting');
      await reach('live');
    }
    expect(notes.statuses.filter(({ state }) => state === 'stopped')).toEqual([]);
  });

  it('counts garbage and goes on', async () => {
    const { venue, notes, reach, trade } = await startFeed({ watched });
    await reach('live');
    for (const text of [
      'not json',
      '{"trade":5}',
      '{"brandNew":{}}',
      '[]',
      '{}',
      '{"trade":{},"candle":{}}',
      '{"trade":{"instrumentUid":"nobody","price":{"units":"1"},"quantity":"1","time":"2026-11-20T09:00:00Z"}}',
      `{"trade":{"instrumentUid":"${SBER.uid}","price":{"units":"1"},"quantity":"1","time":"2096-11-20T09:00:00Z"}}`,
      `{"trade":{"instrumentUid":"${SBER.uid}","price":{"units":"-1"},"quantity":"1","time":"2026-11-20T09:00:00Z"}}`,
    ])
      venue.send(text);
    trade(SBER);
    await eventually(() => notes.tickCount).toBe(1);
    expect(notes.rejects.map(({ reason }) => reason)).toEqual([
      'unreadable-text',
      'unreadable-frame',
      'unknown-kind',
      'unreadable-text',
      'empty-frame',
      'ambiguous-frame',
      'unknown-instrument',
      'bad-time',
      'bad-price',
    ]);
    expect(venue.stream.upgrades, 'one connection throughout').toBe(1);
  });

  it('says the token to nobody', async () => {
    const { venue, notes, reach, logger } = await startFeed({ watched });
    await reach('live');
    venue.send(`{"code":3,"message":"bad token ${venue.token}","details":[]}`);
    venue.send(`{"error":{"code":2,"message":"token ${venue.token}"}}`);
    venue.faults.upgrade = 500;
    venue.stream.kill();
    await eventually(() => venue.stream.upgrades).toBeGreaterThan(1);
    await eventually(() => logger.lines.length).toBeGreaterThanOrEqual(2);
    const said = JSON.stringify([notes.statuses, notes.rejects, logger.lines]);
    expect(said).toContain('bad token …');
    expect(said).not.toContain(venue.token);
  });

  it('ends everything when the stream itself says the token is refused', async () => {
    const { venue, notes, ran, reach } = await startFeed({ watched });
    await reach('live');
    venue.send('{"code":16,"message":"unauthenticated"}');
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
  });
});
