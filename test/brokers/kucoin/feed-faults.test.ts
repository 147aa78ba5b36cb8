import { describe, expect, it, onTestFinished } from 'vitest';
import { SECOND_MS } from '../../../src/core/brand.ts';
import { bookPush } from '../../fakes/kucoin-messages.ts';
import { type KucoinVenue, startKucoinVenue } from '../../fakes/kucoin-venue.ts';
import { fastClock } from '../../support/real-clock.ts';
import { JumpingClock } from './jumping-clock.ts';
import { eventually, startFeed, tradeOn } from './running-feed.ts';

const EXPIRED = '{"id":"660fd6c84d0eab582c237b51","type":"error","code":401,"data":"token is expired"}';
/** A heartbeat that a clock twenty times as fast can keep. */
const SLOW_HEART = { pingIntervalMs: 18_000, pingTimeoutMs: 10_000 };

describe('the KuCoin feed in trouble', () => {
  it('gets a new token at once when the one it had is refused', async () => {
    const { venue, live, notes } = await startFeed({
      prepare: (before) => {
        before.faults.deadTokens = 1;
      },
    });
    await live();
    expect(venue.tokens).toHaveLength(2);
    expect(notes.story).toBe('connecting connecting live');
    expect(JSON.stringify(notes)).not.toContain('fakeToken');
  });

  it('does the same when its token expires while it runs', async () => {
    const { venue, live, notes } = await startFeed();
    await live();
    venue.expireTokens();
    await venue.send(EXPIRED);
    await eventually(() => venue.clients.length).toBe(2);
    await live();
    expect(venue.tokens).toHaveLength(2);
    expect(notes.story).toBe('connecting live connecting live');
  });

  it('does not storm when every token is refused', async () => {
    const { venue, reach, notes } = await startFeed({
      prepare: (before) => {
        before.faults.deadTokens = 1_000;
      },
    });
    await reach('waiting');
    expect(venue.tokens).toHaveLength(2);
    expect(notes.last).toMatchObject({ reason: expect.stringContaining('token') });
  });

  it.each([
    ['is cut', (venue: KucoinVenue) => venue.clients[0]?.drop()],
    ['is closed with 1011', (venue: KucoinVenue) => venue.clients[0]?.close(1011)],
    ['is closed politely', (venue: KucoinVenue) => venue.clients[0]?.close(1000)],
  ])('comes back with a new token when the connection %s, and asks for everything again', async (_case, end) => {
    const { venue, live, notes, reach, carries } = await startFeed({
      context: { clock: fastClock(20) },
      venue: SLOW_HEART,
    });
    await live();
    end(venue);
    await reach('waiting');
    await carries('/market/match:BTC-USDT');
    await live();
    expect(venue.tokens).toHaveLength(2);
    expect(notes.story).toBe('connecting live waiting connecting live');
    await eventually(() => venue.clients[1]?.topics.size).toBe(6);
  });

  it('stays connected by its own pings, beyond the time a silent client is given', async () => {
    const { venue, live } = await startFeed({ venue: { pingIntervalMs: 50, pingTimeoutMs: 1_000 } });
    await live();
    await eventually(() => venue.clients[0]?.pings).toBeGreaterThan(8);
    expect(venue.clients).toHaveLength(1);
    const ids = venue.frames.map(({ frame }) => frame.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('hangs up on a venue that no longer answers pings, and comes back', async () => {
    const { venue, live, notes, reach } = await startFeed({ venue: { pingIntervalMs: 60, pingTimeoutMs: 60 } });
    await live();
    venue.faults.pongs = false;
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: expect.stringContaining('did not answer a ping') });
    venue.faults.pongs = true;
    await eventually(() => venue.clients.length).toBe(2);
  });

  it('takes prices for a sign of life where pongs are missing', async () => {
    const { venue, live, notes } = await startFeed({ venue: { pingIntervalMs: 400, pingTimeoutMs: 12_000 } });
    await live();
    const stopTrading = tradeOn(venue);
    venue.faults.pongs = false;
    await eventually(() => venue.clients[0]?.pings).toBeGreaterThan(45);
    stopTrading();
    expect(notes.story).toBe('connecting live');
  });

  it('hangs up when there is no welcome within ten seconds', async () => {
    const clock = new JumpingClock();
    const { venue, reach, notes, live } = await startFeed({
      context: { clock },
      venue: SLOW_HEART,
      prepare: (before) => {
        before.faults.welcomeMs = undefined;
      },
    });
    await eventually(() => venue.clients.length).toBe(1);
    await venue.send('{"type":"notice"}');
    await eventually(() => notes.messages).toBe(1);
    clock.jump(10 * SECOND_MS);
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'KuCoin did not say welcome within 10 seconds.' });
    expect(venue.frames).toEqual([]);
    venue.faults.welcomeMs = 0;
    clock.jump(2 * SECOND_MS);
    await live();
  });

  it('tries the next server the token names when one does not answer', async () => {
    const { venue, live } = await startFeed({
      context: { clock: fastClock(20) },
      venue: { ...SLOW_HEART, deadServers: 1 },
    });
    await live();
    expect(venue.tokens).toHaveLength(2);
  });

  it('connects where the person says, whatever servers the token names', async () => {
    const elsewhere = await startKucoinVenue();
    onTestFinished(() => elsewhere.close());
    const { venue } = await startFeed({
      context: { endpoints: { api: `${elsewhere.apiUrl}/`, ws: elsewhere.wsUrl } },
    });
    await eventually(() => elsewhere.clients[0]?.topics.size).toBe(6);
    expect([venue.clients.length, venue.requests.length, elsewhere.tokens.length]).toEqual([0, 0, 1]);
  });

  it.each([
    ['a web page', 'html', /web page/],
    ['rubbish', 'rubbish', /cannot be read/],
    ['a redirect to elsewhere', 'redirect', /HTTP 302/],
    ['an error of its own', 500, /trouble of its own/],
    ['an error code in a good answer', { code: '400100', msg: 'Invalid Parameter.' }, /Invalid Parameter/],
  ] as const)('says so when the token request brings %s, and goes on trying', async (_case, fault, words) => {
    const { venue, live, reach, notes } = await startFeed({
      context: { clock: fastClock(20) },
      venue: SLOW_HEART,
      prepare: (before) => {
        before.faults.tokenOnce = fault;
      },
    });
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: expect.stringMatching(words) });
    await live();
    expect(venue.tokens).toHaveLength(1);
  });

  it('waits as long as the venue says after "too many"', async () => {
    const clock = new JumpingClock();
    const { venue, reach, notes, live } = await startFeed({
      context: { clock },
      venue: SLOW_HEART,
      prepare: (before) => {
        before.faults.api = 429;
        before.faults.resetMs = 45 * SECOND_MS;
      },
    });
    await reach('waiting');
    const waiting = notes.last;
    expect(waiting?.state === 'waiting' && waiting.retryAt - clock.now()).toBeGreaterThan(40 * SECOND_MS);
    venue.faults.api = undefined;
    clock.jump(46 * SECOND_MS);
    await live();
  });

  it('does not give up on an upgrade that is forbidden: nobody logs in here', async () => {
    const { venue, reach, live } = await startFeed({
      context: { clock: fastClock(20) },
      venue: SLOW_HEART,
      prepare: (before) => {
        before.faults.upgrade = 403;
      },
    });
    await reach('waiting');
    venue.faults.upgrade = undefined;
    await live();
  });

  it('quotes what the server says without the token', async () => {
    const { venue, live, notes } = await startFeed();
    await live();
    const [token = ''] = venue.tokens;
    await venue.send(JSON.stringify({ type: 'error', code: 415, data: `${token} of ${encodeURIComponent(token)}` }));
    await eventually(() => notes.rejects).toEqual([{ reason: 'venue-error', detail: '415 … of …' }]);
  });

  it.each([
    ['text that is no JSON', 'rubbish', 'unreadable'],
    ['bytes', Uint8Array.of(1, 2, 3), 'binary-message'],
    ['a list', '[1,2]', 'unreadable'],
    ['an error nobody asked for', '{"type":"error","code":415,"data":"type is not supported"}', 'venue-error'],
    [
      'a topic nobody knows',
      '{"type":"message","topic":"/market/new:BTC-USDT","subject":"x","data":{}}',
      'unknown-topic',
    ],
    [
      'an instrument nobody knows',
      '{"type":"message","topic":"/market/ticker:NO-USDT","subject":"trade.ticker","data":{"price":"1","time":1729757723612}}',
      'unknown-instrument',
    ],
    [
      'a price of zero',
      '{"type":"message","topic":"/market/ticker:BTC-USDT","subject":"trade.ticker","data":{"price":"0"}}',
      'bad-price',
    ],
    [
      'a trade of another instrument than its topic',
      '{"type":"message","topic":"/market/match:BTC-USDT","subject":"trade.l3match","data":{"symbol":"ETH-USDT"}}',
      'contradiction',
    ],
    ['a trade of the year 2018', tradeAt('1520000000000000000'), 'bad-time'],
    ['a trade of the year 2090', tradeAt('3800000000000000000'), 'bad-time'],
  ])('counts %s, and goes on', async (_case, message, reason) => {
    const { venue, feed, live, notes } = await startFeed();
    await live();
    await venue.send(message);
    await eventually(() => notes.rejects.map((reject) => reject.reason)).toEqual([reason]);
    expect(feed.connections?.()[0]?.errors).toBe(1);
    notes.forget();
    await venue.trade('BTC-USDT');
    await eventually(() => notes.recent.length).toBe(1);
    expect(notes.story).toBe('connecting live');
  });

  it('counts a book whose buyers bid more than its sellers ask', async () => {
    const { venue, feed, live, notes, carries } = await startFeed();
    await live();
    feed.books?.(true);
    await carries('/spotMarket/level2Depth5:BTC-USDT');
    const crossed = { bids: [['101', '1']], asks: [['100', '1']], timestamp: Date.now() } as const;
    await venue.push(bookPush({ symbol: 'BTC-USDT', ...crossed }));
    await eventually(() => notes.rejects).toEqual([{ reason: 'crossed-book', detail: 'BTC-USDT' }]);
  });
});

function tradeAt(time: string): string {
  const data = { symbol: 'BTC-USDT', side: 'buy', price: '1', size: '1', tradeId: '1', time };
  return JSON.stringify({ type: 'message', topic: '/market/match:BTC-USDT', subject: 'trade.l3match', data });
}
