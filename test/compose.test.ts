import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../src/contract/events.ts';
import type { InstrumentKey } from '../src/core/brand.ts';
import { dispatch } from '../src/main/shells/dispatch.ts';
import { instrumentsFor } from './fakes/kite-instruments.ts';
import { ask, closers, engineAt, kite, snapshotOf, until } from './support/composed.ts';
import { tempFolder } from './support/temp-folder.ts';

const INFY = 'NSE:INFY' as InstrumentKey;

describe('the whole engine on Kite', () => {
  it('streams, warms every rule from history within the rate limit, and builds bars', { timeout: 60_000 }, async () => {
    const venue = await kite();
    const { clock, engine } = await engineAt('10:00:30', venue.env, { feed: { source: 'kite' } });
    venue.useClock(clock);
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'live');
    await until(clock, () => venue.requests.filter(({ path }) => path.includes('/historical/')).length >= 51);
    expect((await snapshotOf(engine)).quotes.length).toBe(51);
    await until(clock, async () => (await snapshotOf(engine)).scan.unknown === 0);

    const token = instrumentsFor(['NSE:INFY'])[0]?.token ?? 0;
    await venue.tick({ token, ltp: 1_520, dayVolume: 2_000, close: 1_500, exchangeTime: clock.now() });
    await until(clock, async () =>
      (await snapshotOf(engine)).quotes.some((quote) => quote.instrument === INFY && quote.ltp === 1_520),
    );
    const quote = (await snapshotOf(engine)).quotes.find(({ instrument }) => instrument === INFY);
    expect(quote?.changePercent).toBeCloseTo(1.333, 3);
    const table = await ask(engine, 'candles.load', { instrument: INFY, timeframe: '5m', before: null, limit: 100 });
    expect(table).toMatchObject({ instrument: INFY, forming: { close: 1_520 } });
  });

  it('ends in LOGIN NEEDED, and asks no more, when the token has expired', async () => {
    const venue = await kite();
    venue.expireToken();
    const { clock, engine, logged } = await engineAt('10:00:30', venue.env, { feed: { source: 'kite' } });
    venue.useClock(clock);
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'stopped');
    expect((await snapshotOf(engine)).feed.status).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    const asked = venue.requests.length;
    clock.advance(3_600_000);
    await until(clock, () => true);
    expect(venue.requests.length).toBe(asked);
    expect(logged.join('\n')).not.toContain('fake-access-token');
  });

  it('opens within seconds though the venue never answers', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    closers.push(
      () => silent.closeAllConnections(),
      () => silent.close(),
    );
    // A port that listens has an address with a port.
    const { port } = silent.address() as AddressInfo;
    const env = {
      TICKSCOPE_KITE_API_URL: `http://127.0.0.1:${port}`,
      TICKSCOPE_KITE_API_KEY: 'key',
      TICKSCOPE_KITE_ACCESS_TOKEN: 'token',
    };
    const { clock, engine } = await engineAt('10:00:30', env, { feed: { source: 'kite' } });
    expect(clock.now()).toBeLessThan(Date.parse('2026-10-30T10:00:37+05:30'));
    expect((await snapshotOf(engine)).feed.status).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining('not answered'),
    });
  });

  it('polls all prices in one request', { timeout: 60_000 }, async () => {
    // This clock runs far ahead of the sockets, which the venue would take for haste.
    const venue = await kite(false);
    const { clock, engine } = await engineAt('10:00:30', venue.env, {
      feed: { source: 'kite', mode: 'polling', pollSeconds: 60 },
    });
    venue.useClock(clock);
    const quoteRequests = () => venue.requests.filter(({ path }) => path === '/quote');
    await until(clock, () => quoteRequests().length >= 3);
    const history = venue.requests.filter(({ path }) => path.includes('/historical/'));
    expect(history.length, 'asked once for each to warm up, and no more before a bar has ended').toBe(51);
    const [first] = quoteRequests();
    expect(first?.query.getAll('i')).toHaveLength(51);
    expect(await snapshotOf(engine)).toMatchObject({ feed: { mode: 'polling', status: { state: 'live' } } });
    expect(venue.ticker.clients.size, 'nobody streams meanwhile').toBe(0);
  });

  it('runs without credentials, and says what is missing', async () => {
    const { engine } = await engineAt('10:00:30', {}, { feed: { source: 'kite' } });
    const { feed, instruments } = await snapshotOf(engine);
    expect(feed.status).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    expect(feed.status.state === 'stopped' && feed.status.message).toContain('Settings');
    expect(instruments).toHaveLength(51);
  });

  it('opens by itself once Kite can be reached, though it could not be at the start', { timeout: 60_000 }, async () => {
    const venue = await kite();
    venue.faults.api = 'html';
    const { clock, engine } = await engineAt('10:00:30', venue.env, { feed: { source: 'kite' } });
    const statusOf = async () => (await snapshotOf(engine)).feed.status;
    await expect.poll(statusOf).toMatchObject({ state: 'waiting', reason: expect.stringContaining('web page') });
    const asked = venue.requests.length;
    clock.advance(3_000);
    expect(venue.requests.length, 'it waits before it asks again').toBe(asked);
    venue.faults.api = undefined;
    venue.useClock(clock);
    await until(clock, async () => {
      const reply = await dispatch(engine, 'app.snapshot', null);
      return reply.ok && (reply.value as Snapshot).feed.status.state === 'live';
    });
  });
});

describe('changing settings while running', () => {
  it('takes another feed, and every screen starts afresh', async () => {
    const { engine, events, clock, dir } = await engineAt('10:00:30', {}, {});
    expect((await snapshotOf(engine)).feed.world).toBe('simulated');
    await ask(engine, 'settings.update', { feed: { source: 'replay' } });
    clock.advance(200);
    expect(events.some(({ type }) => type === 'reset')).toBe(true);
    const { feed } = await snapshotOf(engine);
    expect(feed).toMatchObject({ source: 'replay', status: { state: 'stopped', reason: 'failed' } });
    await engine.close();

    const again = await engineAt('10:00:30', {}, {}, dir);
    expect((await snapshotOf(again.engine)).settings.feed.source, 'it is remembered').toBe('replay');
  });

  it.each([
    ['settings.update', { rule: { fast: 50 } }, 'shorter than the slow one'],
    ['settings.update', { feed: { source: 'replay', mode: 'polling' } }, 'can only stream'],
    ['settings.update', { feed: { source: 'nobody' } }, 'no feed named nobody'],
    ['settings.update', { feed: { standby: 'simulator' } }, 'no real prices'],
    ['settings.update', { feed: { options: { kite: { shoeSize: 43 } } } }, 'no option named shoeSize'],
    ['settings.update', { feed: { options: 7 } }, 'options'],
    ['settings.update', { feed: 'kite' }, 'feed'],
    ['credentials.save', { broker: 'kite', fields: { shoeSize: '43' } }, 'shoeSize'],
    ['credentials.save', { broker: 'nobody', fields: {} }, 'nobody'],
    ['candles.load', { instrument: 'INFY', timeframe: '5m', before: null, limit: 10 }, 'EXCHANGE:SYMBOL'],
  ] as const)('refuses %s %j with a sentence', async (name, input, words) => {
    const { engine } = await engineAt('10:00:30', {}, {});
    const before = (await snapshotOf(engine)).settings;
    expect(await dispatch(engine, name, input)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
    expect((await snapshotOf(engine)).settings).toEqual(before);
  });

  it('keeps credentials to itself', async () => {
    const { engine, events, logged } = await engineAt('10:00:30', {}, {});
    await ask(engine, 'credentials.save', {
      broker: 'kite',
      fields: { apiKey: 'public-ish', accessToken: 'very-secret-token' },
    });
    const snapshot = await snapshotOf(engine);
    expect(snapshot.brokers.find(({ manifest }) => manifest.id === 'kite')?.fieldsSet.toSorted()).toEqual([
      'accessToken',
      'apiKey',
    ]);
    expect(JSON.stringify([snapshot, events, logged])).not.toContain('very-secret-token');
  });

  it('makes the rule anew for another timeframe', async () => {
    const { engine, clock } = await engineAt('10:00:30', {}, {});
    await ask(engine, 'settings.update', { rule: { timeframe: '1m', fast: 5, slow: 13 } });
    clock.advance(100);
    const { scan, settings } = await snapshotOf(engine);
    expect(settings.rule).toMatchObject({ timeframe: '1m', fast: 5, slow: 13 });
    expect(scan).toMatchObject({ instruments: 51, unknown: 0 });
  });
});

describe('an engine that cannot start', () => {
  it('says why, and lets go of its files for the next try', async () => {
    const path = tempFolder();
    const override = { feed: { source: 'simulator', pollSeconds: 1 } } as const;
    await expect(engineAt('10:00:00', {}, override, path)).rejects.toThrow('pollSeconds');
    const { engine } = await engineAt('10:00:00', {}, { feed: { source: 'simulator' } }, path);
    expect((await snapshotOf(engine)).feed.source).toBe('simulator');
  });
});
