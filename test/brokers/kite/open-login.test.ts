import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kite } from '../../../src/main/brokers/kite/index.ts';
import { INFY } from '../../fakes/kite-instruments.ts';
import { type KiteVenue, startKiteVenue } from '../../fakes/kite-venue.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';

let venue: KiteVenue;
let clock: ReturnType<typeof fastClock>;

beforeEach(async () => {
  // A code has just begun, on a clock whose waits are short.
  clock = fastClock(5, Date.parse('2026-11-23T08:30:01+05:30'));
  venue = await startKiteVenue({ now: () => clock.now(), keepsLimits: false });
});
afterEach(() => venue.close());

const open = (credentials: Readonly<Record<string, string>>) => {
  const context = contextFor(venue, [INFY], { clock, credentials });
  return { context, session: kite.open(context) };
};
const count = (path: string) => venue.requests.filter((request) => request.path === path).length;

describe('opening Kite with the means to log in', () => {
  it('logs in when there is no token, and keeps the one it gets', async () => {
    const { context, session } = open(venue.person);
    expect((await session).instruments).toHaveLength(1);
    expect(context.saved).toEqual([{ accessToken: venue.accessToken, requestToken: '' }]);
    expect(count('/api/login')).toBe(1);
  });

  it('logs in when the token of yesterday has died', async () => {
    const { context, session } = open({ ...venue.person, accessToken: 'yesterdays' });
    expect((await session).instruments).toHaveLength(1);
    expect(context.saved).toEqual([{ accessToken: venue.accessToken, requestToken: '' }]);
    expect(count('/user/profile')).toBe(2);
  });

  it('logs in when the request token was used up', async () => {
    const { context, session } = open({ ...venue.person, requestToken: 'used-up' });
    await session;
    expect(context.saved).toEqual([{ requestToken: '' }, { accessToken: venue.accessToken, requestToken: '' }]);
  });

  it('does not log in while the token works', async () => {
    const { context, session } = open({ ...venue.person, accessToken: venue.accessToken });
    await session;
    expect(context.saved).toEqual([]);
    expect(count('/api/login')).toBe(0);
  });

  it('tries once, and says what was refused', async () => {
    const { context, session } = open({ ...venue.person, password: 'wrong one', accessToken: 'yesterdays' });
    await expect(session).rejects.toMatchObject({
      code: 'auth-expired',
      retryable: false,
      message: expect.stringContaining('refused user ID and password'),
    });
    expect(count('/api/login')).toBe(1);
    expect(context.saved).toEqual([]);
    expect(context.logger.lines.join('\n')).not.toContain('wrong one');
    await expect(open({ ...venue.person, password: 'wrong one' }).session).rejects.toThrow('refused user ID');
    expect(count('/api/login'), 'nor when it is opened again').toBe(1);
  });

  it('does not try again by itself when Kite says "too many logins"', async () => {
    venue.faults.login = 'locked';
    await expect(open(venue.person).session).rejects.toMatchObject({
      code: 'auth-expired',
      retryable: false,
      message: expect.stringContaining('Wait some minutes'),
    });
    expect(count('/api/login')).toBe(1);
  });

  it('tries again later when Kite cannot be reached', async () => {
    await venue.close();
    const failed = open(venue.person).session;
    await expect(failed).rejects.toMatchObject({ code: 'network', retryable: true });
    venue = await startKiteVenue();
  });
});
