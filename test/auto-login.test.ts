import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../src/contract/events.ts';
import { MINUTE_MS, SECOND_MS } from '../src/core/brand.ts';
import { ACCOUNT } from './fakes/fyers-login.ts';
import { startFyersVenue } from './fakes/fyers-venue.ts';
import type { KiteVenue } from './fakes/kite-venue.ts';
import { closers, engineAt, kite, snapshotOf, until } from './support/composed.ts';
import { FRIDAY, kiteDay, onFriday } from './support/kite-day.ts';

/** What a person enters whose Kite logs in by itself. */
function personOf({ loginUrl, person }: KiteVenue) {
  return {
    TICKSCOPE_KITE_LOGIN_URL: loginUrl,
    TICKSCOPE_KITE_API_SECRET: person.apiSecret,
    TICKSCOPE_KITE_USER_ID: person.userId,
    TICKSCOPE_KITE_PASSWORD: person.password,
    TICKSCOPE_KITE_TOTP_SECRET: person.totpSecret,
  };
}
const loginsAt = (venue: KiteVenue): number => venue.requests.filter(({ path }) => path === '/api/login').length;
const errorsOf = (events: readonly EngineEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'notice' && event.level === 'error' ? [event.text] : []));

async function dayOfPerson(start: string) {
  const day = await kiteDay(`${FRIDAY} ${start}`, personOf);
  const { venue, market } = day;
  await market.until('the feed is live', day.isLive);
  return {
    ...day,
    logins: () => loginsAt(venue),
    /** The venue drops us and knows our token no more. */
    expire(): void {
      venue.expireToken();
      venue.kill();
    },
    isStopped: async (): Promise<boolean> => (await day.feed()).status.state === 'stopped',
  };
}

describe('a login by itself', () => {
  it('is made at six, once, in the same world', async () => {
    const day = await dayOfPerson('05:59');
    const { market, venue, logins, events } = day;
    expect(logins(), 'the token of the environment is good until six').toBe(0);
    await market.to(onFriday('05:59:59'));
    venue.expireToken();
    await market.to(onFriday('06:00:02'));
    await market.until('the feed is live again', day.isLive, 10 * SECOND_MS);
    await market.to(onFriday('06:10'));
    expect(logins()).toBe(1);
    expect(await day.feed()).toMatchObject({
      status: { state: 'live' },
      loginUntil: onFriday('06:00') + 1_440 * MINUTE_MS,
    });
    expect(venue.ticker.upgrades, 'one socket before, one after').toBe(2);
    expect(events.some(({ type }) => type === 'reset')).toBe(false);
  });

  it('is not made again within ten minutes', async () => {
    const day = await dayOfPerson('06:30');
    const { market, expire, logins } = day;
    expire();
    await market.until('the first login', () => logins() === 1);
    await market.until('the feed is live again', day.isLive);
    await market.to(onFriday('06:35'));
    expire();
    await market.until('the second refusal', day.isStopped);
    await market.to(onFriday('06:39'));
    expect(logins(), 'a login refused again so soon is a person’s matter').toBe(1);
    expect((await day.feed()).status).toMatchObject({ reason: 'auth-expired' });
  });

  it('is made for each refusal where they are far apart', async () => {
    const day = await dayOfPerson('06:30');
    const { market, expire, logins } = day;
    for (const [count, time] of [
      [1, '06:31'],
      [2, '06:42'],
    ] as const) {
      await market.to(onFriday(time));
      expire();
      await market.until(`login ${count}`, () => logins() === count);
      await market.until('the feed is live again', day.isLive);
    }
  });

  it('that is refused says so once, in a sentence without a secret', async () => {
    const day = await dayOfPerson('06:30');
    const { market, venue, expire, logins, events, logged } = day;
    venue.faults.login = 'echo';
    expire();
    await market.until('it is told', () => errorsOf(events).length > 0);
    await market.to(onFriday('06:45'));
    const told = errorsOf(events);
    expect(told.filter((text) => /refused user ID/.test(text))).toHaveLength(1);
    for (const text of told) expect(text).toMatch(/^[A-Z].*\.$/);
    expect(logins(), 'a wrong password locks accounts').toBe(1);
    const said = JSON.stringify([events, logged]);
    for (const secret of [venue.person.password, venue.person.totpSecret, venue.apiSecret, 'fake-access-token'])
      expect(said).not.toContain(secret);
    expect(await day.isStopped()).toBe(true);
  });

  it('that finds no network, as on waking up, is tried again less and less often until there is one', async () => {
    const day = await dayOfPerson('06:30');
    const { market, venue, expire, logins, events } = day;
    venue.faults.login = 'unreachable';
    expire();
    await market.until('the first try', () => logins() === 1);
    await market.to(onFriday('06:40'));
    const tries = logins();
    expect(tries, 'ten minutes').toBeGreaterThanOrEqual(4);
    expect(tries).toBeLessThanOrEqual(8);
    expect(errorsOf(events).every((text) => /cannot be reached|did not answer/.test(text))).toBe(true);
    venue.faults.login = undefined;
    await market.until('the feed is live again', day.isLive, 6 * MINUTE_MS);
    expect(logins()).toBe(tries + 1);
    await market.to(onFriday('06:50'));
    expect(logins(), 'and no more').toBe(tries + 1);
  });

  it('is left to the person once the feed is another', async () => {
    const day = await dayOfPerson('06:30');
    const { market, venue, expire, logins, engine } = day;
    venue.faults.login = 'unreachable';
    expire();
    await market.until('the first try', () => logins() === 1);
    await engine.close();
    await market.to(onFriday('06:40'));
    expect(logins()).toBe(1);
  });
});

describe('a login of the second venue', () => {
  it('is made by itself as well, while the first tells on', async () => {
    const second = await kite(false);
    let now = (): number => onFriday('10:00:30');
    const first = await startFyersVenue({ now: () => now() });
    closers.push(() => first.close());
    const env = {
      ...second.env,
      ...personOf(second),
      TICKSCOPE_FYERS_API_URL: first.apiUrl,
      TICKSCOPE_FYERS_WS_URL: first.wsUrl,
      TICKSCOPE_FYERS_APP_ID: ACCOUNT.appId,
      TICKSCOPE_FYERS_ACCESS_TOKEN: first.accessToken,
    };
    const lists = { fyers: { instruments: ['NSE:RELIANCE'] } };
    const feed = { source: 'fyers', standby: 'kite', lists } as const;
    const { engine, clock, events } = await engineAt('10:00:30', env, { feed });
    now = () => clock.now();
    const { useClock: followClock } = second;
    followClock(clock);
    const secondIs = async (state: string) => (await snapshotOf(engine)).feed.standby?.status.state === state;
    await until(clock, () => secondIs('live'));
    second.expireToken();
    second.kill();
    await until(clock, () => loginsAt(second) === 1);
    await until(clock, () => secondIs('live'));
    expect(events.some(({ type }) => type === 'reset')).toBe(false);
    expect(loginsAt(second)).toBe(1);
  });
});
