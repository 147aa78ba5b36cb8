import { describe, expect, it } from 'vitest';
import { kite } from '../../../src/main/brokers/kite/index.ts';
import { INFY } from '../../fakes/kite-instruments.ts';
import type { KiteVenue } from '../../fakes/kite-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { ist } from '../../support/ist.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

const never = new AbortController().signal;

/** Another morning's token, got as a person would. */
async function freshFields(venue: KiteVenue, clock = fastClock(1)) {
  const { apiKey, apiSecret } = venue;
  const context = { clock, credentials: { apiKey, apiSecret }, endpoints: { api: venue.apiUrl }, options: {} };
  const query = new URLSearchParams({ request_token: venue.issueRequestToken() });
  return { apiKey, apiSecret, ...(await kite.login?.finish?.(context, query, never)) };
}

describe('a token that dies while everything runs', () => {
  it('stops feed and questions at once, asks nothing more, and after a new one all goes on', async () => {
    const { venue, session, notes, ran, reach, trade, clock } = await startFeed({
      clock: fastClock(10, MARKET_HOURS),
      watched: [key('INFY')],
    });
    await reach('live');
    venue.expireToken();
    await expect(session.quotes?.quotes([key('INFY')], never)).rejects.toMatchObject({ code: 'auth-expired' });
    await ran;
    expect(notes.statuses.filter(({ state }) => state === 'stopped')).toEqual([
      { state: 'stopped', reason: 'auth-expired', message: expect.stringContaining('Log in again') },
    ]);
    const asked = venue.requests.length;
    const upgrades = venue.ticker.upgrades;
    const from = ist('2026-11-20 11:00');
    const bars = { instrument: key('INFY'), timeframe: '5m', from, to: ist('2026-11-20 11:30') } as const;
    for (let turn = 0; turn < 5; turn += 1) {
      await expect(session.quotes?.quotes([key('INFY')], never)).rejects.toMatchObject({ code: 'auth-expired' });
      await expect(session.history?.candles(bars, never)).rejects.toMatchObject({ code: 'auth-expired' });
    }
    const during = new FeedNotes();
    await session.feed.run(during, never);
    expect(during.story).toBe('stopped');
    expect(venue.requests.length, 'no storm').toBe(asked);
    expect(venue.ticker.upgrades).toBe(upgrades);

    await session.renew?.(await freshFields(venue, clock));
    const after = new FeedNotes();
    const stop = new AbortController();
    const running = session.feed.run(after, stop.signal);
    await eventually(() => after.last?.state).toBe('live');
    await trade(INFY.token);
    await eventually(() => after.recent.at(-1)?.ltp).toBe(101);
    expect(await session.quotes?.quotes([key('INFY')], never)).toHaveLength(1);
    expect(await session.history?.candles(bars, never)).toHaveLength(6);
    expect(session.loginUntil?.()).toBe(ist('2026-11-21 06:00'));
    stop.abort();
    await running;
    await reach('stopped');
  });

  it('says when it ends, and when it has ended', async () => {
    const { venue, session, clock } = await startFeed({ clock: fastClock(1, MARKET_HOURS) });
    expect(session.loginUntil?.()).toBe(ist('2026-11-21 06:00'));
    venue.expireToken();
    await expect(session.quotes?.quotes([key('INFY')], never)).rejects.toThrow();
    expect(session.loginUntil?.()).toBeLessThanOrEqual(clock.now());
  });
});

describe('new credentials for a session that runs', () => {
  it('are taken over before the old ones end, by the next run of the feed', async () => {
    const { venue, session, notes, stop, ran, reach } = await startFeed({ watched: [key('INFY')] });
    await reach('live');
    const requestToken = venue.issueRequestToken();
    await session.renew?.({ apiKey: venue.apiKey, apiSecret: venue.apiSecret, requestToken });
    expect(notes.last?.state, 'nothing is cut').toBe('live');
    expect(await session.quotes?.quotes([key('INFY')], never)).toHaveLength(1);
    stop.abort();
    await ran;
    const after = new FeedNotes();
    const end = new AbortController();
    const running = session.feed.run(after, end.signal);
    await eventually(() => after.last?.state).toBe('live');
    end.abort();
    await running;
  });

  it.each([
    ['a dead token', (venue: KiteVenue) => ({ apiKey: venue.apiKey, accessToken: 'yesterdays' }), 'auth-expired'],
    ['a misshapen one', (venue: KiteVenue) => ({ apiKey: venue.apiKey, accessToken: 'a b' }), 'invalid-input'],
    [
      'a used-up request token',
      ({ apiKey, apiSecret }: KiteVenue) => ({ apiKey, apiSecret, requestToken: 'used-up' }),
      'auth-expired',
    ],
    ['nothing', () => ({}), 'auth-expired'],
  ])('are refused with %s, and change nothing', async (_case, fields, code) => {
    const { venue, session, notes, reach, trade } = await startFeed({ watched: [key('INFY')] });
    await reach('live');
    await expect(session.renew?.(fields(venue))).rejects.toMatchObject({ code });
    expect(await session.quotes?.quotes([key('INFY')], never), 'the old one is as good as before').toHaveLength(1);
    await trade(INFY.token);
    await eventually(() => notes.recent.at(-1)?.ltp).toBe(101);
    expect(notes.story).toBe('connecting live');
  });

  it('are taken unchecked while Kite has trouble of its own', async () => {
    const { venue, session, clock } = await startFeed({ clock: fastClock(10, MARKET_HOURS) });
    const fields = await freshFields(venue, clock);
    venue.faults.api = 503;
    await session.renew?.(fields);
    venue.faults.api = undefined;
    expect(await session.quotes?.quotes([key('INFY')], never)).toHaveLength(1);
  });
});
