import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../src/core/brand.ts';
import { ask, snapshotOf } from './support/composed.ts';
import { FRIDAY, INFY_KEY, KEYS, kiteDay, onFriday, onMonday, rowsOf, truthOf } from './support/kite-day.ts';

async function liveDay(start: string) {
  const day = await kiteDay(`${FRIDAY} ${start}`);
  await day.market.until('the feed is live', day.isLive);
  return day;
}

describe('a computer that sleeps over a boundary of the schedule', () => {
  it('runs the mode of the hour when it wakes up, and the next one in time', async () => {
    const { market, venue, feed, isLive, ledger, table } = await liveDay('09:14');
    await market.to(onFriday('09:40'));
    await market.sleep(onFriday('10:30'));
    await market.until('it polls', async () => (await feed()).mode === 'polling' && (await isLive()), 10 * SECOND_MS);
    expect(venue.ticker.clients.size).toBe(0);
    await market.to(onFriday('10:36'));
    await market.sleep(onFriday('13:59:30'));
    await market.to(onFriday('13:59:59'));
    expect((await feed()).mode).toBe('polling');
    await market.to(onFriday('14:00:02'));
    expect(await feed()).toMatchObject({ mode: 'streaming', status: { state: 'live' } });
    await market.to(onFriday('14:03:05'));
    for (const { received, ...row } of await ledger(FRIDAY)) {
      expect(row).toMatchObject({ expected: 288, repaired: 288 - received, missing: 0, grade: 'green' });
      // A minute at each end may be told in part.
      expect(Math.abs(received - 27)).toBeLessThanOrEqual(1);
    }
    const bars = rowsOf(await table(INFY_KEY, '1m'), FRIDAY);
    expect(bars).toEqual(truthOf(INFY_KEY, FRIDAY, 1, onFriday('14:03')));
  });

  it('does not begin a feed that a person stopped', async () => {
    const { market, venue, engine, feed } = await liveDay('09:50');
    await ask(engine, 'feed.stop', null);
    const { upgrades } = venue.ticker;
    const quotes = () => venue.requests.filter(({ path }) => path === '/quote').length;
    await market.to(onFriday('10:05'));
    await market.sleep(onFriday('14:10'));
    await market.to(onFriday('14:12'));
    expect((await feed()).status).toMatchObject({ state: 'stopped', reason: 'by-user' });
    expect([venue.ticker.upgrades, quotes()]).toEqual([upgrades, 0]);
    await ask(engine, 'feed.reconnect', null);
    await market.until('the feed is begun by hand', async () => (await feed()).status.state === 'live');
  });
});

describe('an afternoon without history', () => {
  it('is missing in the ledger until the next morning tells it', async () => {
    const day = await liveDay('14:59');
    const { market, venue, engine, ledger } = day;
    await market.to(onFriday('15:05:10'));
    venue.faults.api = 503;
    venue.kill();
    await market.to(onFriday('15:05:40'));
    await market.until('the line is back', day.isLive);
    await market.to(onFriday('15:10'));
    const [row] = await ledger(FRIDAY);
    expect(row).toMatchObject({ missing: 1, grade: 'amber' });
    expect(row?.holes).toEqual([{ open: onFriday('15:05'), close: onFriday('15:06') }]);
    await market.to(onFriday('16:20'));
    const evening = await ledger(FRIDAY);
    expect(evening.map(({ missing, grade }) => [missing, grade])).toEqual(KEYS.map(() => [1, 'amber']));
    const { requests } = venue;
    const asked = requests.length;
    await market.to(onFriday('17:20'));
    expect(requests.length - asked, 'asked ever more rarely').toBeLessThan(3 * 4 * 10);

    venue.expireToken();
    await market.sleep(onMonday('08:59'));
    venue.faults.api = undefined;
    await market.until('a login is needed', async () => (await day.feed()).status.state === 'stopped');
    const fields = { apiSecret: venue.apiSecret, requestToken: venue.issueRequestToken() };
    await ask(engine, 'credentials.save', { broker: 'kite', fields });
    await market.until('the feed goes on', day.isLive);
    await market.to(onMonday('09:17'));
    expect((await snapshotOf(engine)).market.phase).toBe('open');
    expect((await ledger(FRIDAY)).map(({ missing, grade }) => [missing, grade])).toEqual(KEYS.map(() => [0, 'green']));
    const bars = rowsOf(await day.table(INFY_KEY, '1m'), FRIDAY);
    expect(bars).toEqual(truthOf(INFY_KEY, FRIDAY, 1, onFriday('15:15')));
  });
});
