import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import { type KiteTuning, openKite } from '../../../src/main/brokers/kite/session.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';
import {
  FAKE_INSTRUMENTS,
  type FakeInstrument,
  INFY,
  instrumentsFor,
  NIFTY,
  RELIANCE,
} from '../../fakes/kite-instruments.ts';
import { frame, packetOf, rawPacket } from '../../fakes/kite-packets.ts';
import { type KiteVenue, type KiteVenueOptions, startKiteVenue } from '../../fakes/kite-venue.ts';
import { describeFeed } from '../../support/feed-contract.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor, key } from './open-context.ts';

const MARKET_HOURS = Date.parse('2026-11-20T12:00:00+05:30');
const SUNDAY = Date.parse('2026-11-22T12:00:00+05:30');
const ANSWER_IN_TIME = { timeout: 15_000, interval: 20 };

let venue: KiteVenue;
let endings: (() => void | Promise<void>)[] = [];

beforeEach(() => {
  endings = [];
});

afterEach(async () => {
  for (const end of endings.reverse()) await end();
});

interface StartOptions {
  readonly clock?: Clock;
  readonly listed?: readonly FakeInstrument[];
  readonly watched?: readonly InstrumentKey[];
  readonly tuning?: KiteTuning;
  readonly venueOptions?: KiteVenueOptions;
}

/** A venue, a session and its feed, on a clock that runs forty times as fast unless another is given. */
async function start({
  clock = fastClock(40, MARKET_HOURS),
  listed = FAKE_INSTRUMENTS,
  ...options
}: StartOptions = {}) {
  // A heartbeat every 20 ms is one every 0.8 s by the fast clock.
  venue = await startKiteVenue({
    instruments: listed,
    now: () => clock.now(),
    heartbeatMs: 20,
    keepsLimits: false,
    ...options.venueOptions,
  });
  endings.push(() => venue.close());
  const context = contextFor(venue, listed, { clock });
  const session = await openKite(context, { jitter: () => 0.5, ...options.tuning });
  const notes = new FeedNotes();
  const stop = new AbortController();
  session.feed.watch(new Set(options.watched ?? session.instruments.map((instrument) => instrument.key)));
  const ran = session.feed.run(notes, stop.signal);
  endings.push(async () => {
    stop.abort();
    await ran;
  });
  const reach = (state: string): Promise<void> => expect.poll(() => notes.last?.state, ANSWER_IN_TIME).toBe(state);
  /** A new trade of each instrument. */
  let trades = 0;
  const trade = (...tokens: readonly number[]): Promise<void> => {
    trades += 1;
    const time = clock.now();
    const base = { dayVolume: 10_000 + trades, lastQuantity: 1, lastTradeTime: time, exchangeTime: time };
    return venue.tick(...tokens.map((token) => ({ ...base, token, ltp: 100 + trades })));
  };
  return { session, notes, stop, ran, reach, trade, clock, logger: context.logger };
}

describe('the Kite feed over real sockets', () => {
  it('asks for full mode and tells ticks as the venue sent them', async () => {
    const { notes, clock, reach } = await start();
    await reach('live');
    const modes = venue.ticker.subscriptions.map((each) => Object.fromEntries(each));
    expect(modes).toEqual([Object.fromEntries(FAKE_INSTRUMENTS.map(({ token }) => [token, 'full']))]);
    const time = Math.floor(clock.now() / 1_000) * 1_000;
    notes.forget();
    await venue.tick(
      {
        token: INFY.token,
        ltp: 1_573.7,
        dayVolume: 1_192_471,
        open: 1_569.15,
        high: 1_575,
        low: 1_561.05,
        close: 1_567.8,
        exchangeTime: time,
      },
      { token: NIFTY.token, ltp: 24_612.35, close: 24_500, exchangeTime: time },
    );
    await expect.poll(() => notes.recent.length).toBe(2);
    expect(notes.recent).toMatchObject([
      { instrument: 'NSE:INFY', ltp: 1_573.7, dayVolume: 1_192_471, dayOpen: 1_569.15, previousClose: 1_567.8, time },
      { instrument: 'NSE:NIFTY 50', ltp: 24_612.35, previousClose: 24_500, time },
    ]);
    expect(notes.bytes).toBeGreaterThan(184);
  });

  it('shows the undated picture it gets on subscribing, and takes it for no trade', async () => {
    const { notes, reach } = await start({ watched: [key('INFY')] });
    await reach('live');
    await expect.poll(() => notes.tickCount).toBe(1);
    // The venue answers "subscribe" in quote mode, and "mode" with the dated packet.
    expect(notes.pictures).toMatchObject([{ instrument: 'NSE:INFY', ltp: INFY.price }]);
    expect(notes.recent).toMatchObject([{ instrument: 'NSE:INFY', ltp: INFY.price }]);
  });

  it('comes back after the connection is cut, and asks for what is wanted by then', async () => {
    const { session, notes, reach, trade } = await start({ watched: [key('INFY')] });
    await reach('live');
    venue.kill();
    await reach('waiting');
    session.feed.watch(new Set([key('INFY'), key('RELIANCE')]));
    await reach('live');
    expect(notes.story).toMatch(/^connecting live waiting connecting live$/);
    const [subscribed] = venue.ticker.subscriptions;
    expect(Object.fromEntries(subscribed ?? [])).toEqual({ [INFY.token]: 'full', [RELIANCE.token]: 'full' });
    notes.forget();
    await trade(INFY.token, RELIANCE.token);
    await expect.poll(() => notes.recent.map(({ instrument }) => instrument)).toEqual(['NSE:INFY', 'NSE:RELIANCE']);
  });

  it('makes no trade of the picture it gets when it comes back', async () => {
    const { notes, reach, trade } = await start({ watched: [key('INFY')] });
    await reach('live');
    await trade(INFY.token);
    await expect.poll(() => notes.recent.at(-1)?.ltp).toBe(101);
    const before = notes.tickCount;
    venue.kill();
    await reach('waiting');
    await reach('live');
    expect(notes.tickCount, 'the venue repeated what we know').toBe(before);
    await trade(INFY.token);
    await expect.poll(() => notes.tickCount).toBe(before + 1);
  });

  it('leaves a connection on which nothing is heard any more', async () => {
    const { notes, reach } = await start();
    await reach('live');
    venue.faults.silent = true;
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'Nothing was heard for 10 seconds.' });
    venue.faults.silent = false;
    await reach('live');
    expect(venue.ticker.clients.size, 'the dead connection is gone').toBe(1);
  });

  it('does not take heartbeats for life in market hours', async () => {
    const { notes, reach, trade } = await start();
    await reach('live');
    venue.faults.heartbeatsOnly = true;
    await reach('stale');
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'No price came for 60 seconds in market hours.' });
    venue.faults.heartbeatsOnly = false;
    await reach('live');
    await trade(INFY.token);
    expect(notes.story).toMatch(/^connecting live stale waiting (connecting )+live$/);
  });

  it('is content with heartbeats when the market is closed', async () => {
    const { notes, clock } = await start({
      clock: fastClock(40, SUNDAY),
      venueOptions: { instruments: [INFY] },
      listed: [INFY],
    });
    venue.faults.heartbeatsOnly = true;
    const began = clock.now();
    await expect.poll(() => clock.now() - began, ANSWER_IN_TIME).toBeGreaterThan(90_000);
    expect(notes.story).toBe('connecting live');
    expect(venue.ticker.upgrades).toBe(1);
  });

  it('stops for good when the login is refused: one attempt, no storm', async () => {
    const { notes, ran, clock, logger } = await start({ tuning: {}, listed: [INFY] });
    await expect.poll(() => notes.last?.state).toBe('live');
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
    await expect.poll(() => clock.now() - stopped, ANSWER_IN_TIME).toBeGreaterThan(30_000);
    expect(venue.ticker.upgrades).toBe(upgrades);
    expect(upgrades, 'the first connection and the refused one').toBe(2);
    expect(logger.lines).toEqual([]);
  });

  it('waits a minute or more when there are too many connections', async () => {
    const { notes, clock } = await start({ venueOptions: { mostConnections: 0 } });
    await expect.poll(() => notes.last?.state).toBe('waiting');
    const [, waiting] = notes.statuses;
    if (waiting?.state !== 'waiting') throw new Error('it should wait');
    expect(waiting.retryAt - clock.now()).toBeGreaterThan(50_000);
    expect(waiting.reason).toContain('429');
    expect(venue.ticker.upgrades).toBe(1);
  });

  it('backs off from a venue that has trouble of its own, and comes back', async () => {
    const { notes, reach } = await start();
    await reach('live');
    venue.faults.upgrade = 502;
    venue.kill();
    await expect.poll(() => venue.ticker.upgrades, ANSWER_IN_TIME).toBe(4);
    venue.faults.upgrade = undefined;
    await reach('live');
    const waits = notes.statuses.filter((status) => status.state === 'waiting');
    expect(waits.slice(1).every(({ reason }) => reason.includes('HTTP 502'))).toBe(true);
  });

  it('counts garbage and goes on', async () => {
    const { notes, reach, trade } = await start();
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
    await expect.poll(() => notes.recent.some(({ ltp }) => ltp === 777)).toBe(true);
    await trade(INFY.token);
    await expect.poll(() => notes.recent.at(-1)?.ltp).toBe(101);
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
    const { notes, reach, logger } = await start();
    await reach('live');
    await venue.send(`{"type":"error","data":"bad token ${venue.accessToken}"}`);
    await venue.send(`{"type":"message","data":"token ${venue.accessToken}"}`);
    venue.faults.upgrade = 500;
    venue.kill();
    await expect.poll(() => venue.ticker.upgrades, ANSWER_IN_TIME).toBeGreaterThan(2);
    const said = JSON.stringify([notes.statuses, notes.rejects, logger.lines]);
    expect(said).toContain('bad token …');
    expect(said).not.toContain(venue.accessToken);
  });

  it('is ended by a request that finds the token dead', async () => {
    const { session, notes, ran, reach } = await start();
    await reach('live');
    venue.expireToken();
    await expect(session.quotes?.quotes([key('INFY')], new AbortController().signal)).rejects.toMatchObject({
      code: 'auth-expired',
    });
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    await expect.poll(() => venue.ticker.clients.size).toBe(0);
  });

  it('asks for a login at six in the morning, not at the next cut', async () => {
    const { notes, ran } = await start({
      clock: fastClock(40, Date.parse('2026-11-20T05:59:30+05:30')),
      listed: [INFY],
    });
    await expect.poll(() => notes.last?.state).toBe('live');
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
  });

  it('divides a long list among three sockets, and no more', async () => {
    const listed = instrumentsFor(['NSE:A', 'NSE:B', 'NSE:C', 'NSE:D', 'NSE:E', 'NSE:F', 'NSE:G']);
    const { notes, trade } = await start({ listed, tuning: { limits: { instrumentsPerSocket: 2, sockets: 3 } } });
    await expect.poll(() => venue.ticker.subscriptions.map(({ size }) => size)).toEqual([2, 2, 2]);
    expect(notes.rejects).toEqual([{ reason: 'too-many-instruments', detail: '1 instruments have no room' }]);
    notes.forget();
    await trade(...listed.map(({ token }) => token));
    await expect.poll(() => new Set(notes.recent.map(({ instrument }) => instrument)).size).toBe(6);
    expect(venue.ticker.upgrades).toBe(3);
  });

  it('is as well as its worst socket, and ends whole', async () => {
    const listed = instrumentsFor(['NSE:A', 'NSE:B', 'NSE:C']);
    const { notes, ran, reach } = await start({ listed, tuning: { limits: { instrumentsPerSocket: 1, sockets: 3 } } });
    await reach('live');
    venue.faults.upgrade = 403;
    [...venue.ticker.clients][1]?.terminate();
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    await expect.poll(() => venue.ticker.clients.size).toBe(0);
  });

  it('takes half a million ticks and loses none', async () => {
    const listed = instrumentsFor(['NSE:NIFTY 50', ...Array.from({ length: 50 }, (_none, index) => `NSE:S${index}`)]);
    const { notes, reach, clock } = await start({ listed });
    await reach('live');
    await expect.poll(() => notes.tickCount).toBe(listed.length);
    const rounds = 10_000;
    for (let round = 1; round <= rounds; round += 1) {
      const time = clock.now();
      await venue.tick(
        ...listed.map(({ token, price }) => ({
          token,
          ltp: price + (round % 100) / 20,
          dayVolume: 1_000 + round,
          exchangeTime: time,
        })),
      );
    }
    await expect.poll(() => notes.tickCount, ANSWER_IN_TIME).toBe((rounds + 1) * listed.length);
    expect(notes.rejects).toEqual([]);
    expect(notes.story).toBe('connecting live');
    expect(
      notes.recent.slice(-51).every(({ dayVolume }) => dayVolume === undefined || dayVolume === 1_000 + rounds),
    ).toBe(true);
  }, 120_000);
});

describeFeed('kite', async () => {
  const here = await startKiteVenue({ heartbeatMs: 50 });
  const session = await openKite(contextFor(here, FAKE_INSTRUMENTS), { jitter: () => 0 });
  let step = 0;
  return {
    feed: session.feed,
    instruments: session.instruments.map((instrument) => instrument.key),
    speak() {
      step += 1;
      const time = Date.now();
      return here.tick(
        ...FAKE_INSTRUMENTS.map(({ token, price }) => ({
          token,
          ltp: price + step / 20,
          dayVolume: step,
          lastTradeTime: time,
          exchangeTime: time,
        })),
      );
    },
    close: () => here.close(),
  };
});
