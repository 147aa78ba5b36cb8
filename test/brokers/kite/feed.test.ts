import { describe, expect, it } from 'vitest';
import { openKite } from '../../../src/main/brokers/kite/session.ts';
import { FAKE_INSTRUMENTS, INFY, instrumentsFor, NIFTY, RELIANCE } from '../../fakes/kite-instruments.ts';
import { startKiteVenue } from '../../fakes/kite-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { describeFeed } from '../../support/feed-contract.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor, key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

describe('the Kite feed over real sockets', () => {
  it('asks for full mode and tells ticks as the venue sent them', async () => {
    const { venue, notes, clock, reach } = await startFeed();
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
    await eventually(() => notes.recent.length).toBe(2);
    expect(notes.recent).toMatchObject([
      { instrument: 'NSE:INFY', ltp: 1_573.7, dayVolume: 1_192_471, dayOpen: 1_569.15, previousClose: 1_567.8, time },
      { instrument: 'NSE:NIFTY 50', ltp: 24_612.35, previousClose: 24_500, time },
    ]);
    expect(notes.bytes).toBeGreaterThan(184);
  });

  it('brings the order book with each tick while it is wanted, and not before or after', async () => {
    const { venue, session, notes, reach, clock } = await startFeed({ watched: [key('INFY')] });
    await reach('live');
    await eventually(() => notes.tickCount).toBe(1);
    const buy = [{ price: 99.95, quantity: 10, orders: 2 }];
    let volume = 10_000;
    const bookOfNext = async (): Promise<unknown> => {
      volume += 1;
      notes.forget();
      await venue.tick({ token: INFY.token, ltp: 100, dayVolume: volume, buy, exchangeTime: clock.now() });
      await eventually(() => notes.recent.length).toBe(1);
      return notes.recent[0]?.book;
    };
    expect(await bookOfNext()).toBeUndefined();
    session.feed.books?.(true);
    expect(await bookOfNext()).toEqual({ bids: buy, asks: [] });
    session.feed.books?.(false);
    expect(await bookOfNext()).toBeUndefined();
  });

  it('shows the undated picture it gets on subscribing, and takes it for no trade', async () => {
    const { notes, reach } = await startFeed({ watched: [key('INFY')] });
    await reach('live');
    await eventually(() => notes.tickCount).toBe(1);
    // The venue answers "subscribe" in quote mode, and "mode" with the dated packet.
    expect(notes.pictures).toMatchObject([{ instrument: 'NSE:INFY', ltp: INFY.price }]);
    expect(notes.recent).toMatchObject([{ instrument: 'NSE:INFY', ltp: INFY.price }]);
  });

  it('comes back after the connection is cut, and asks for what is wanted by then', async () => {
    const { venue, session, notes, reach, trade } = await startFeed({ watched: [key('INFY')] });
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
    await eventually(() => notes.recent.map(({ instrument }) => instrument)).toEqual(['NSE:INFY', 'NSE:RELIANCE']);
  });

  it('makes no trade of the picture it gets when it comes back', async () => {
    const { venue, notes, reach, trade } = await startFeed({ watched: [key('INFY')] });
    await reach('live');
    await trade(INFY.token);
    await eventually(() => notes.recent.at(-1)?.ltp).toBe(101);
    const before = notes.tickCount;
    venue.kill();
    await reach('waiting');
    await reach('live');
    expect(notes.tickCount, 'the venue repeated what we know').toBe(before);
    await trade(INFY.token);
    await eventually(() => notes.tickCount).toBe(before + 1);
  });

  it('divides a long list among three sockets, and no more', async () => {
    const listed = instrumentsFor(['NSE:A', 'NSE:B', 'NSE:C', 'NSE:D', 'NSE:E', 'NSE:F', 'NSE:G']);
    const { venue, notes, trade } = await startFeed({
      listed,
      tuning: { limits: { instrumentsPerSocket: 2, sockets: 3 } },
    });
    await eventually(() => venue.ticker.subscriptions.map(({ size }) => size)).toEqual([2, 2, 2]);
    expect(notes.rejects).toEqual([{ reason: 'too-many-instruments', detail: '1 instruments have no room' }]);
    notes.forget();
    await trade(...listed.map(({ token }) => token));
    await eventually(() => new Set(notes.recent.map(({ instrument }) => instrument)).size).toBe(6);
    expect(venue.ticker.upgrades).toBe(3);
  });
  it('takes half a million ticks and loses none', async () => {
    const listed = instrumentsFor(['NSE:NIFTY 50', ...Array.from({ length: 50 }, (_none, index) => `NSE:S${index}`)]);
    const { venue, notes, reach, clock } = await startFeed({ listed, clock: fastClock(1, MARKET_HOURS) });
    await reach('live');
    await eventually(() => notes.tickCount).toBe(listed.length);
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
    await eventually(() => notes.tickCount).toBe((rounds + 1) * listed.length);
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
