import { describe, expect, it } from 'vitest';
import type { FeedStatus } from '../../../src/core/feed-status.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

const EURUSD = key('FX:EURUSD');
const watched = [EURUSD];
const SUNDAY_MORNING = Date.parse('2026-11-22T12:00:00Z');
const quick = () => fastClock(25, MARKET_HOURS);
/** A hundred times: what takes half a minute is over in a fraction of a second. */
const swift = () => fastClock(100, MARKET_HOURS);
const oneRoom = { dayCandles: false };

const reasonsIn = (statuses: readonly FeedStatus[]): readonly string[] =>
  statuses.flatMap((status) => (status.state === 'waiting' ? [status.reason] : []));

describe('the FCS feed, when it is not let in', () => {
  it.each([
    ['HTTP 401', 'http-401'],
    ['an error frame about the key', 'error-frame'],
  ] as const)('stops for good at %s', async (_what, unwelcome) => {
    const { venue, notes, ran, logger } = await startFeed({
      clock: quick(),
      context: { credentials: { accessKey: 'no-such-key' } },
      prepare: ({ faults }) => {
        faults.unwelcome = unwelcome;
        faults.api = 500;
      },
    });
    await ran;
    expect(notes.last).toMatchObject({
      state: 'stopped',
      reason: 'auth-expired',
      message: expect.stringContaining('refused the access key'),
    });
    expect(venue.socket.upgrades).toHaveLength(1);
    expect(JSON.stringify([notes.statuses, notes.rejects, logger.lines])).not.toContain('no-such-key');
  });

  it('says what may be behind it when it is closed before the welcome, twice', async () => {
    const { notes } = await startFeed({
      clock: quick(),
      prepare: ({ faults }) => {
        faults.everyone = true;
        faults.unwelcome = 'close-1008';
      },
    });
    await eventually(() => reasonsIn(notes.statuses).length).toBeGreaterThan(1);
    const [first, second] = reasonsIn(notes.statuses);
    expect(first).toBe('FCS closed the connection unexpectedly (code 1008: "policy").');
    expect(second).toContain('the key, its plan or the address may be refused');
  });

  it('takes an open socket without a welcome for a failed attempt after ten seconds', async () => {
    const { notes, clock, venue } = await startFeed({
      clock: quick(),
      prepare: ({ faults }) => {
        faults.everyone = true;
        faults.unwelcome = 'silence';
      },
    });
    await eventually(() => notes.last?.state).toBe('waiting');
    expect(clock.now() - (venue.socket.upgrades[0] ?? 0)).toBeGreaterThanOrEqual(9_800);
    expect(notes.last).toMatchObject({ reason: 'No answer within 10 seconds.' });
  });

  it('gives up after as many attempts as the settings say, and waits no less than they say', async () => {
    const { venue, notes, ran } = await startFeed({
      clock: swift(),
      context: { options: { reconnectLimit: 5, reconnectDelay: 3_000 } },
      prepare: ({ faults }) => {
        faults.everyone = true;
        faults.unwelcome = 'close-1008';
      },
    });
    await ran;
    expect(notes.last).toMatchObject({
      state: 'stopped',
      reason: 'failed',
      message: expect.stringMatching(/code 1008.*gave up after 5 more attempts.*Reconnect/),
    });
    const { upgrades } = venue.socket;
    expect(upgrades, 'the first one and five more').toHaveLength(6);
    const waits = upgrades.slice(1).map((time, index) => time - (upgrades[index] ?? 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(2_990);
  });

  it('counts attempts anew once it was let in', async () => {
    const { venue, notes, reach, joined } = await startFeed({
      clock: swift(),
      watched,
      context: { options: { reconnectLimit: 2, reconnectDelay: 1_000, ...oneRoom } },
    });
    for (let round = 0; round < 4; round += 1) {
      await joined(1);
      venue.socket.kill(1001, 'moving');
      await reach('waiting');
    }
    await joined(1);
    expect(notes.story).not.toContain('stopped');
    expect(reasonsIn(notes.statuses)[0]).toBe('FCS closed the connection unexpectedly (code 1001: "moving").');
  });

  it('comes back after a goodbye it did not ask for', async () => {
    const { venue, notes, reach, joined } = await startFeed({ clock: quick(), watched, context: { options: oneRoom } });
    await joined(1);
    venue.socket.kill(1000);
    await reach('waiting');
    expect(reasonsIn(notes.statuses)).toEqual(['FCS closed the connection as if all were said (code 1000).']);
    await joined(1);
  });

  it('blots the key out of what the server says', async () => {
    const { venue, notes, joined } = await startFeed({ clock: quick(), watched, context: { options: oneRoom } });
    await joined(1);
    await venue.socket.send(JSON.stringify({ type: 'error', message: `no more for ${venue.accessKey}` }));
    venue.socket.kill(4_000, `bye ${venue.accessKey}`);
    await eventually(() => reasonsIn(notes.statuses)).toEqual([
      'FCS closed the connection unexpectedly (code 4000: "bye …").',
    ]);
    expect(notes.rejects).toEqual([{ reason: 'venue-error', detail: 'no more for …' }]);
  });
});

describe('the FCS feed, when its line goes dead', () => {
  it('leaves a server that answers no ping, though the market is closed', async () => {
    const { venue, notes, reach } = await startFeed({
      clock: fastClock(50, SUNDAY_MORNING),
      watched,
      context: { options: oneRoom },
      prepare: ({ faults }) => {
        faults.deaf = true;
      },
    });
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'Nothing was heard for 35 seconds.' });
    venue.faults.deaf = false;
    await reach('live');
  });

  it('is content with pongs while the market is closed', async () => {
    const { venue, notes, clock } = await startFeed({
      clock: fastClock(100, SUNDAY_MORNING),
      watched,
      context: { options: oneRoom },
    });
    await eventually(() => clock.now() - SUNDAY_MORNING).toBeGreaterThan(200_000);
    expect(notes.story).toBe('connecting live');
    expect(venue.socket.upgrades).toHaveLength(1);
  });

  it('notices in market hours that no price comes', async () => {
    const { notes, reach } = await startFeed({
      clock: fastClock(50, MARKET_HOURS),
      watched,
      context: { options: oneRoom },
    });
    await reach('stale');
    await reach('waiting');
    expect(notes.last).toMatchObject({ reason: 'No price came for 120 seconds in market hours.' });
  });
});

describe('the FCS feed, when joins go wrong', () => {
  const joinsIn = (heard: readonly { readonly type: string }[]): number =>
    heard.filter(({ type }) => type === 'join_symbol').length;

  it('asks twice for a room that does not answer, says so, and asks again on the next connection', async () => {
    const { venue, notes, clock, logger, reach } = await startFeed({
      clock: quick(),
      watched,
      context: { options: oneRoom },
      prepare: ({ faults }) => {
        faults.join = 'silence';
      },
    });
    await eventually(() => notes.rejects).toEqual([{ reason: 'no-answer', detail: 'FX:EURUSD in 1' }]);
    expect(clock.now() - MARKET_HOURS).toBeGreaterThanOrEqual(20_000);
    expect(joinsIn(venue.socket.heard)).toBe(2);
    expect(logger.lines.join()).toContain('may not include the symbol');
    venue.faults.join = undefined;
    venue.socket.kill();
    await reach('waiting');
    await eventually(() => venue.socket.rooms).toEqual([['FX:EURUSD 1']]);
  });

  it.each(['short', 'alias'] as const)('knows an answer that is %s', async (join) => {
    const { venue, notes, clock, joined } = await startFeed({
      clock: quick(),
      context: { options: oneRoom },
      prepare: ({ faults }) => {
        faults.join = join;
      },
    });
    await joined(3);
    await eventually(() => clock.now() - MARKET_HOURS).toBeGreaterThan(15_000);
    expect(joinsIn(venue.socket.heard), 'none was asked for twice').toBe(3);
    expect(notes.rejects).toEqual([]);
  });

  it('does not ask again for a room that is refused', async () => {
    const { venue, notes, clock } = await startFeed({
      clock: quick(),
      watched,
      context: { options: oneRoom },
      prepare: ({ faults }) => {
        faults.join = 'refuse';
      },
    });
    await eventually(() => notes.rejects).toEqual([{ reason: 'venue-error', detail: 'Symbol not allowed' }]);
    await eventually(() => clock.now() - MARKET_HOURS).toBeGreaterThan(15_000);
    expect(joinsIn(venue.socket.heard)).toBe(1);
  });

  it('counts garbage and goes on', async () => {
    const { venue, notes, joined, reach } = await startFeed({ watched, context: { options: oneRoom } });
    await joined(1);
    const room = { symbol: EURUSD, timeframe: '1' };
    const bar = { mode: 'candle', t: MARKET_HOURS / 1_000, o: 1, h: 1, l: 1, c: 1 };
    await venue.socket.send(Uint8Array.of(1, 2, 3));
    await venue.socket.send('<html>no</html>');
    await venue.socket.send('{"type":"price","symbol":"EURUSD","timeframe":"1"}');
    await venue.socket.tell(room, { ...bar, c: 'NaN' });
    await venue.socket.tell(room, { ...bar, h: 0.5 });
    await venue.socket.tell(room, { ...bar, t: 99_999_999_999 });
    await venue.socket.tell(room, { ...bar, t: MARKET_HOURS / 1_000 + 200_000 });
    await venue.socket.tell(room, { mode: 'later' });
    await venue.trade(EURUSD, 1.1745, 10);
    await reach('live');
    await eventually(() => notes.recent.at(-1)?.ltp).toBe(1.1745);
    expect(notes.rejects.map(({ reason }) => reason)).toEqual([
      'binary-message',
      'unreadable-text',
      'unknown-symbol',
      'bad-price',
      'bad-price',
      'bad-time',
      'bad-time',
      'unknown-type',
    ]);
  });
});
