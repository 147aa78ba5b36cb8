import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/contract/events.ts';
import { ask, engineAt, kite, snapshotOf, until } from '../support/composed.ts';

/** The environment of a person whose Kite logs in by itself, without a token. */
async function personAtKite() {
  const venue = await kite();
  const { TICKSCOPE_KITE_ACCESS_TOKEN: _none, ...env } = venue.env;
  const person = {
    TICKSCOPE_KITE_LOGIN_URL: venue.loginUrl,
    TICKSCOPE_KITE_API_SECRET: venue.apiSecret,
    TICKSCOPE_KITE_USER_ID: venue.person.userId,
    TICKSCOPE_KITE_PASSWORD: venue.person.password,
    TICKSCOPE_KITE_TOTP_SECRET: venue.person.totpSecret,
  };
  const logins = () => venue.requests.filter(({ path }) => path === '/api/login').length;
  return { venue, env: { ...env, ...person }, logins };
}
const statesOf = (events: readonly EngineEvent[]) =>
  events.flatMap((event) => (event.type === 'feed' ? [event.feed.status.state] : []));

describe('a token that dies in the middle of the day', () => {
  it('is replaced by itself, once, and the feed goes on', async () => {
    const { venue, env, logins } = await personAtKite();
    const { engine, clock, events } = await engineAt('10:00:01', env, { feed: { source: 'kite' } });
    venue.useClock(clock);
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'live');
    expect(logins()).toBe(1);
    // A code works once.
    clock.advance(60_000);
    const before = events.length;
    venue.expireToken();
    venue.kill();
    await until(clock, () => logins() === 2);
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'live');
    const states = statesOf(events.slice(before));
    expect(states).toContain('stopped');
    expect(states.at(-1)).toBe('live');
    expect(
      events.slice(before).some(({ type }) => type === 'reset'),
      'nothing was opened anew',
    ).toBe(false);
    expect(logins()).toBe(2);
    expect((await snapshotOf(engine)).feed.loginUntil).toBe(Date.parse('2026-10-31T06:00:00+05:30'));
  }, 60_000);

  it('asks for the person once, where a login is refused', async () => {
    const { venue, env, logins } = await personAtKite();
    const { engine, clock, logged } = await engineAt('10:00:01', env, { feed: { source: 'kite' } });
    venue.useClock(clock);
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'live');
    clock.advance(60_000);
    venue.faults.login = 'echo';
    venue.expireToken();
    venue.kill();
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'stopped');
    // The clock stands still meanwhile: nobody runs out of patience.
    await expect.poll(() => logged.filter((line) => line.includes('refused user ID')).length).toBe(1);
    expect(logins()).toBe(2);
    clock.advance(45_000);
    for (let click = 0; click < 3; click += 1)
      await expect(ask(engine, 'login.begin', { broker: 'kite' })).rejects.toThrow('refused user ID and password');
    expect(logins(), 'clicks in a row ask nobody').toBe(2);
  }, 60_000);
});
