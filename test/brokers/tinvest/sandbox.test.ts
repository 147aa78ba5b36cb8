import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

const watched = [key('SBER'), key('GAZP')];

describe('the sandbox', () => {
  it('streams where it has a stream', async () => {
    const { notes, reach, session } = await startFeed({ watched, options: { sandbox: true } });
    await reach('live');
    expect(notes.story).toBe('connecting live');
    expect(session.feed.connections?.()).toMatchObject([{ name: 'stream 1' }]);
  });

  it('says that it has none and polls: prices every two seconds, closed minutes as they end', async () => {
    const { venue, notes, reach, session, logger, clock } = await startFeed({
      clock: fastClock(20, MARKET_HOURS + 30_000),
      watched,
      options: { sandbox: true },
      prepare: (each) => {
        each.faults.upgrade = 404;
      },
    });
    const bars: string[] = [];
    notes.bars = (...[rows, provenance, asked]: readonly unknown[]) => {
      bars.push(JSON.stringify([(rows as readonly unknown[]).length, provenance, asked]));
    };
    await reach('live');
    expect(venue.stream.upgrades).toBe(1);
    expect(notes.story).toBe('connecting waiting live');
    expect(logger.lines.join()).toContain('has no live stream');
    expect(session.feed.connections?.()).toMatchObject([{ name: expect.stringContaining('polling'), state: 'live' }]);
    const began = clock.now();
    await eventually(() => clock.now() - began).toBeGreaterThan(70_000);
    const prices = venue.calls.filter(({ method }) => method === 'MarketDataService/GetLastPrices').length;
    expect(prices).toBeGreaterThan(15);
    expect(venue.calls.length, 'below 300 a minute').toBeLessThan(100);
    expect(notes.tickCount, 'no price looked at is a trade').toBe(0);
    expect(new Set(notes.pictures.map(({ instrument }) => instrument))).toEqual(new Set(watched));
    // Two at the first look, then one a minute, each instrument.
    expect(bars.slice(0, 2).map((row) => JSON.parse(row)[0])).toEqual([2, 2]);
    await eventually(() => bars.length).toBeGreaterThanOrEqual(4);
    expect(bars.slice(2, 4).map((row) => JSON.parse(row).slice(0, 2))).toEqual([
      [1, 'history'],
      [1, 'history'],
    ]);
  });

  it('waits while polling fails, and goes on', async () => {
    const { venue, notes, reach, stop, ran } = await startFeed({
      clock: fastClock(20, MARKET_HOURS),
      watched,
      options: { sandbox: true },
      prepare: (each) => {
        each.faults.upgrade = 404;
      },
    });
    await reach('live');
    venue.faults.api = 503;
    await reach('waiting');
    venue.faults.api = undefined;
    await reach('live');
    stop.abort();
    await ran;
    expect(notes.last).toEqual({ state: 'stopped', reason: 'by-user' });
  });

  it('asks for a token when the sandbox refuses it', async () => {
    const { venue, notes, reach, ran } = await startFeed({
      clock: fastClock(20, MARKET_HOURS),
      watched,
      options: { sandbox: true },
      prepare: (each) => {
        each.faults.upgrade = 404;
      },
    });
    await reach('live');
    venue.expireToken();
    await ran;
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
  });

  it('is not what a wrong address in production is taken for', async () => {
    const { notes, ran } = await startFeed({
      watched,
      prepare: (each) => {
        each.faults.upgrade = 404;
      },
    });
    await ran;
    expect(notes.last).toMatchObject({
      state: 'stopped',
      reason: 'failed',
      message: expect.stringContaining('no stream at this address'),
    });
  });
});
