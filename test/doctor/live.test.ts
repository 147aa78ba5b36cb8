import { describe, expect, it } from 'vitest';
import type { ConnectionMetrics } from '../../src/contract/connection.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { FeedStatus } from '../../src/core/feed-status.ts';
import type { RunningFeed } from '../../src/main/doctor/parts.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { INFY, TCS } from '../support/tape.ts';
import { CLOSED, examine, lively, OPEN, type Play } from './made-venue.ts';

const told =
  (status: FeedStatus): Play =>
  (sink) =>
    sink.status(status);
const mute: Play = (sink, clock) => {
  const beat = (): void => {
    sink.heard(1);
    clock.after(1_000, beat);
  };
  beat();
};

describe('the live connection', () => {
  it('that is refused while requests work lacks the entitlement', async () => {
    const { of, problems } = await examine({
      play: told({ state: 'stopped', reason: 'auth-expired', message: 'Refused.' }),
    });
    expect(of('rest').level).toBe('fine');
    expect(of('socket')).toMatchObject({
      level: 'problem',
      text: 'Made Venue accepts the login for requests but refuses the live connection.',
      advice: expect.stringContaining('live data'),
      fix: 'switch-to-polling',
    });
    expect(problems).toEqual(['socket']);
    for (const check of ['subscription', 'first-tick', 'silence'] as const) expect(of(check).level).toBe('unknown');
  });

  it('that is refused while requests tell nothing may lack the login', async () => {
    const { of } = await examine({
      play: told({ state: 'stopped', reason: 'auth-expired', message: 'Refused.' }),
      session: { quotes: { quotes: () => new Promise<never>(() => undefined) } },
    });
    expect(of('rest').level).toBe('warning');
    expect(of('socket')).toMatchObject({ level: 'problem', text: 'Refused.', fix: 'log-in' });
  });

  it('that does not come about says why', async () => {
    const waiting: FeedStatus = {
      state: 'waiting',
      retryAt: OPEN as EpochMs,
      reason: 'The server refused the connection.',
    };
    expect((await examine({ play: told(waiting) })).of('socket')).toMatchObject({
      level: 'problem',
      text: 'The live connection to Made Venue does not come about: The server refused the connection.',
      fix: 'switch-to-polling',
    });
    const { of, tookMs } = await examine({ play: () => undefined });
    expect(of('socket').text).toBe('Made Venue has not let the live connection in within 8 seconds.');
    expect(tookMs).toBeLessThan(10_000);
  });

  it('offers polling only where there is some', async () => {
    const can = { stream: true, quotes: false, history: false, orders: false };
    expect((await examine({ play: () => undefined, manifest: { can } })).of('socket').fix).toBe('reconnect');
  });

  it('that gave up says so', async () => {
    const play = told({ state: 'stopped', reason: 'failed', message: 'The venue speaks another language.' });
    expect((await examine({ play })).of('socket')).toMatchObject({
      level: 'problem',
      text: 'The venue speaks another language.',
    });
    const broken: Play = () => {
      throw new Error('odd');
    };
    expect((await examine({ play: broken })).of('socket')).toMatchObject({ level: 'problem', fix: 'reconnect' });
  });

  it('is not waited on for long when the market is closed', async () => {
    const { of, tookMs } = await examine({ now: CLOSED, play: told({ state: 'live', since: CLOSED as EpochMs }) });
    expect(of('socket').level).toBe('fine');
    expect(of('subscription').level).toBe('fine');
    expect(tookMs).toBeLessThan(2_000);
  });
});

describe('prices', () => {
  it('that do not come over a living connection are its silence', async () => {
    const { of, problems } = await examine({ play: mute });
    expect(problems).toEqual(['first-tick', 'silence']);
    expect(of('socket').level).toBe('fine');
    expect(of('silence')).toMatchObject({
      text: 'Made Venue is connected and says that it lives, but no price has come for 8 seconds in market hours.',
      fix: 'reconnect',
      advice: expect.stringContaining('poll'),
    });
    expect(of('first-tick').text).toBe('None of 2 instruments brought a price within 8 s.');
  });

  it('that are missing for some are named', async () => {
    const half: Play = (sink, clock) => {
      const now = clock.now();
      sink.status({ state: 'live', since: now });
      sink.quotes([{ instrument: INFY.key, ltp: 1, time: now, receivedAt: now }]);
    };
    expect((await examine({ play: half })).of('first-tick')).toMatchObject({
      level: 'warning',
      text: '1 of 2 instruments brought a price within 8 s. Still silent: TCS.',
    });
  });

  it('that all come leave only the rule to blame for no signal', async () => {
    expect((await examine()).of('first-tick').advice).toContain('none of them meets the rule');
    expect((await examine({ settings: { rule: { enabled: false } } })).of('first-tick')).toMatchObject({
      level: 'warning',
      fix: 'open-settings',
      text: expect.stringContaining('the rule is switched off'),
    });
  });
});

const metrics = (changes: Partial<ConnectionMetrics> = {}): ConnectionMetrics => ({
  name: 'ticker 1',
  state: 'live',
  messages: 100,
  bytes: 1_000,
  errors: 0,
  drops: 0,
  reconnects: 0,
  rotations: 0,
  connectedAt: (OPEN - 60_000) as EpochMs,
  lastMessageAt: OPEN as EpochMs,
  lastDataAt: OPEN as EpochMs,
  latencyMs: 12.4,
  subscriptions: 2,
  ...changes,
});

describe('the subscription', () => {
  const with2 = (connections: readonly ConnectionMetrics[], play: Play = lively) => {
    const feed = {
      watch: () => undefined,
      connections: () => connections,
      run: (sink: Parameters<Play>[0], stop: AbortSignal) =>
        new Promise<void>((resolve) => {
          play(sink, clock);
          stop.addEventListener('abort', () => resolve());
        }),
    };
    const clock = new FakeClock(OPEN);
    return examine({ clock, session: { feed } });
  };

  it('is counted where the venue’s connections tell', async () => {
    const { of } = await with2([metrics(), metrics({ name: 'orders', subscriptions: 0 })]);
    expect(of('subscription').text).toBe('2 subscriptions are held on 2 connections.');
    expect(of('silence').text).toBe('Prices come in; the venue is 12 ms away.');
  });

  it('that is not there is a problem', async () => {
    const { of } = await with2([metrics({ subscriptions: 0 })], mute);
    expect(of('subscription')).toMatchObject({ level: 'problem', fix: 'reconnect' });
  });

  it('that is refused is told by the reason', async () => {
    const refusing: Play = (sink, clock) => {
      lively(sink, clock);
      sink.rejected('unknown-symbol', 'NSE:NOPE');
      sink.rejected('unknown-symbol', 'NSE:NIX');
    };
    expect((await examine({ play: refusing })).of('subscription')).toMatchObject({
      level: 'warning',
      text: expect.stringContaining('unknown-symbol (2 times)'),
    });
  });
});

describe('a feed that the app runs', () => {
  const running = (feed: Partial<RunningFeed>) =>
    examine({
      parts: {
        running: () => ({
          status: { state: 'live', since: OPEN as EpochMs },
          connections: [metrics()],
          receivedAt: () => (OPEN - 1_000) as EpochMs,
          ...feed,
        }),
      },
    });

  it('is looked at, and no second connection is made', async () => {
    const { of, ran, problems } = await running({});
    expect(problems).toEqual([]);
    expect(ran.begun).toBe(0);
    expect(of('socket').text).toBe('The live connection to Made Venue stands since Fri 20 Nov, 11:59 IST.');
    expect(of('first-tick').text).toBe('All of 2 instruments brought a price today.');
  });

  it('is mute when no price has come for a while', async () => {
    const before = (OPEN - 40_000) as EpochMs;
    const { of } = await running({ connections: [metrics({ lastDataAt: before })], receivedAt: () => before });
    expect(of('silence')).toMatchObject({ level: 'problem', text: expect.stringContaining('for 40 seconds') });
  });

  it('has had no price today when the newest is of yesterday', async () => {
    const yesterday = (OPEN - 86_400_000) as EpochMs;
    const { of } = await running({ receivedAt: (key) => (key === TCS.key ? yesterday : (OPEN as EpochMs)) });
    expect(of('first-tick').text).toContain('Still silent: TCS.');
  });

  it('may be stopped by hand', async () => {
    const { of } = await running({ status: { state: 'stopped', reason: 'by-user' } });
    expect(of('socket')).toMatchObject({
      level: 'problem',
      fix: 'reconnect',
      text: expect.stringContaining('was stopped'),
    });
  });
});
