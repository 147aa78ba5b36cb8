import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../src/core/brand.ts';
import { ACCOUNT } from './fakes/fyers-login.ts';
import { RELIANCE as FYERS_RELIANCE } from './fakes/fyers-symbols.ts';
import { startFyersVenue } from './fakes/fyers-venue.ts';
import { RELIANCE } from './fakes/kite-instruments.ts';
import { closers, engineAt, kite, snapshotOf, until } from './support/composed.ts';

const KEY = 'NSE:RELIANCE' as InstrumentKey;

/** Kite first and Fyers second, both real servers, on one share. */
async function pairAt(time: string) {
  let now = (): number => Date.parse(`2026-10-30T${time}+05:30`);
  const first = await kite();
  const { useClock: followClock } = first;
  const second = await startFyersVenue({ now: () => now() });
  closers.push(() => second.close());
  const env = {
    ...first.env,
    TICKSCOPE_FYERS_API_URL: second.apiUrl,
    TICKSCOPE_FYERS_WS_URL: second.wsUrl,
    TICKSCOPE_FYERS_APP_ID: ACCOUNT.appId,
    TICKSCOPE_FYERS_ACCESS_TOKEN: second.accessToken,
  };
  const lists = { kite: { instruments: [KEY] } };
  const opened = await engineAt(time, env, { feed: { source: 'kite', standby: 'fyers', lists } });
  now = () => opened.clock.now();
  followClock(opened.clock);
  const { engine, clock } = opened;
  let volume = 1_000;
  const traded = (): number => {
    volume += 10;
    return volume;
  };
  const tell = {
    kite: (ltp: number) =>
      first.tick({ token: RELIANCE.token, ltp, dayVolume: traded(), close: 1_390, exchangeTime: clock.now() }),
    fyers: (ltp: number) => {
      const seconds = Math.floor(clock.now() / 1_000);
      return second.tick(FYERS_RELIANCE, { ltp, v: traded(), ltt: seconds, fdtm: seconds, ltq: 10 });
    },
  };
  const ltp = async () => (await snapshotOf(engine)).quotes[0]?.ltp;
  const feed = async () => (await snapshotOf(engine)).feed;
  await until(clock, async () => {
    await tell.kite(1_400);
    await tell.fyers(1_400);
    const { status, standby } = await feed();
    return status.state === 'live' && standby?.status.state === 'live';
  });
  return { first, second, tell, ltp, feed, ...opened };
}

describe('Kite and Fyers side by side', () => {
  it('shows one price, the first one’s', async () => {
    const { tell, ltp, clock, engine } = await pairAt('10:00:30');
    await tell.fyers(1_499);
    await tell.kite(1_410);
    await until(clock, async () => (await ltp()) === 1_410);
    const { connections } = (await snapshotOf(engine)).stats;
    expect(connections.length, 'both are on the list').toBeGreaterThanOrEqual(2);
  });

  it('goes on with the second when the first falls mute, and back with its first word', async () => {
    const { first, tell, ltp, feed, clock } = await pairAt('10:00:30');
    first.faults.heartbeatsOnly = true;
    const mutedAt = clock.now();
    await until(clock, async () => {
      await tell.fyers(1_420);
      return (await feed()).standby?.isCarrying === true;
    });
    expect(clock.now() - mutedAt).toBeLessThanOrEqual(3_000);
    await until(clock, async () => (await ltp()) === 1_420);
    expect((await feed()).status.state).toBe('live');
    first.faults.heartbeatsOnly = false;
    await until(clock, async () => {
      await tell.kite(1_430);
      return (await feed()).standby?.isCarrying === false;
    });
    await until(clock, async () => (await ltp()) === 1_430);
  });

  it('goes on with the second when the login of the first dies, and still asks for that login', async () => {
    const { first, tell, ltp, feed, clock } = await pairAt('10:00:30');
    first.expireToken();
    first.kill();
    await until(clock, async () => {
      await tell.fyers(1_440);
      const { standby } = await feed();
      return standby?.isCarrying === true && standby.first.state === 'stopped';
    });
    expect((await feed()).standby?.first).toMatchObject({ reason: 'auth-expired' });
    await tell.fyers(1_441);
    await until(clock, async () => (await ltp()) === 1_441);
  });
});
