import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeLink } from './fake-link.ts';

const SECOND = 1_000;

function start(prepare: (link: FakeLink) => void = () => undefined) {
  const clock = new FakeClock(1_000_000);
  const link = new FakeLink();
  prepare(link);
  const stop = new AbortController();
  const done = supervise(link, { clock, jitter: () => 0.5 }, stop.signal);
  onTestFinished(() => {
    stop.abort();
    link.socket.terminate();
    return done;
  });
  /** Lets promises settle, then time pass, one second after another as a real clock would. */
  const wait = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds; passed += 1) {
      await settle();
      clock.advance(SECOND);
    }
    await settle();
  };
  return { clock, link, stop, done, wait };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('a supervised connection', () => {
  it('connects, subscribes to everything and is live with the first data', async () => {
    const { link } = start();
    expect(link.last).toEqual({ state: 'connecting', attempt: 1 });
    link.socket.open();
    expect(link.socket.sent).toEqual(['everything']);
    link.socket.hear('heartbeat');
    expect(link.last, 'in market hours a heartbeat proves nothing').toEqual({ state: 'connecting', attempt: 1 });
    link.socket.hear('price');
    expect(link.last).toEqual({ state: 'live', since: 1_000_000 });
  });

  it('is live with the first heartbeat when no prices are due', async () => {
    const { link } = start((it) => {
      it.isMarketOpen = false;
    });
    link.socket.open();
    link.socket.hear('heartbeat');
    expect(link.last).toEqual({ state: 'live', since: 1_000_000 });
  });

  it('gives an attempt ten seconds', async () => {
    const { link, wait } = start();
    await wait(9);
    expect(link.last).toEqual({ state: 'connecting', attempt: 1 });
    await wait(1);
    expect(link.socket.isClosed).toBe(true);
    expect(link.last).toMatchObject({ state: 'waiting', reason: 'No answer within 10 seconds.' });
  });

  it('doubles the wait up to a minute, and never holds two sockets', async () => {
    const { clock, link, wait } = start();
    const waits: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      link.socket.end({ kind: 'lost', reason: 'The server refused the connection.' });
      await settle();
      const status = link.last;
      if (status?.state !== 'waiting') throw new Error(`expected to wait, got ${status?.state}`);
      waits.push((status.retryAt - clock.now()) / SECOND);
      expect(link.sockets.every(({ isClosed }) => isClosed)).toBe(true);
      await wait(waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(link.last).toEqual({ state: 'connecting', attempt: 10 });
    expect(link.sockets.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
  });

  it('starts the waits over after good data, not after a mere connection', async () => {
    const { clock, link, wait } = start();
    const failAndWait = async (): Promise<number> => {
      link.socket.end({ kind: 'lost', reason: 'cut' });
      await settle();
      const status = link.last;
      if (status?.state !== 'waiting') throw new Error(`expected to wait, got ${status?.state}`);
      const seconds = (status.retryAt - clock.now()) / SECOND;
      await wait(seconds);
      return seconds;
    };
    await failAndWait();
    await failAndWait();
    link.socket.open();
    link.socket.hear('heartbeat');
    expect(await failAndWait(), 'connected, but no data').toBe(4);
    link.socket.open();
    link.socket.hear('price');
    expect(await failAndWait()).toBe(1);
    expect(await failAndWait()).toBe(2);
  });

  it('subscribes anew after each connection', async () => {
    const { link, wait } = start();
    link.socket.open();
    link.socket.hear('price');
    link.socket.end({ kind: 'lost', reason: 'cut' });
    await wait(1);
    expect(link.sockets).toHaveLength(2);
    link.socket.open();
    expect(link.socket.sent).toEqual(['everything']);
  });

  it('calls itself stale on heartbeats alone, and live again with data', async () => {
    const { clock, link, wait } = start();
    link.socket.open();
    link.socket.hear('price');
    const heardAt = clock.now();
    for (let second = 0; second < 15; second += 1) {
      await wait(1);
      link.socket.hear('heartbeat');
    }
    expect(link.last).toEqual({ state: 'stale', lastTickAt: heardAt });
    link.socket.hear('price');
    expect(link.last).toEqual({ state: 'live', since: clock.now() });
  });

  it('connects anew after a minute of heartbeats alone', async () => {
    const { link, wait } = start();
    link.socket.open();
    for (let second = 0; second < 60; second += 1) {
      await wait(1);
      link.socket.hear('heartbeat');
    }
    expect(link.last).toMatchObject({ state: 'waiting', reason: 'No price came for 60 seconds in market hours.' });
    expect(link.sockets[0]?.isClosed).toBe(true);
  });

  it('is not stale while the market is closed, and counts from its opening', async () => {
    const { link, wait } = start((it) => {
      it.isMarketOpen = false;
    });
    const beat = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second += 1) {
        await wait(1);
        link.socket.hear('heartbeat');
      }
    };
    link.socket.open();
    await beat(600);
    expect(link.last).toMatchObject({ state: 'live' });
    link.isMarketOpen = true;
    await beat(14);
    expect(link.last).toMatchObject({ state: 'live' });
    await beat(2);
    expect(link.last).toMatchObject({ state: 'stale' });
    link.isMarketOpen = false;
    await beat(1);
    expect(link.last).toMatchObject({ state: 'live' });
  });

  it('hangs up after ten seconds without any message, market open or not', async () => {
    const { link, wait } = start((it) => {
      it.isMarketOpen = false;
    });
    link.socket.open();
    link.socket.hear('heartbeat');
    await wait(10);
    expect(link.last).toMatchObject({ state: 'waiting', reason: 'Nothing was heard for 10 seconds.' });
  });

  it.each([401, 403])('stops for good when the login is refused (HTTP %i)', async (httpStatus) => {
    const { link, done, wait } = start();
    link.socket.end({ kind: 'refused', httpStatus });
    await done;
    await wait(300);
    expect(link.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    expect(link.sockets, 'one attempt, no more').toHaveLength(1);
  });

  it('waits at least a minute after "too many" (HTTP 429)', async () => {
    const { clock, link } = start();
    link.socket.end({ kind: 'refused', httpStatus: 429 });
    await settle();
    const status = link.last;
    if (status?.state !== 'waiting') throw new Error(`expected to wait, got ${status?.state}`);
    expect(status.retryAt - clock.now()).toBeGreaterThanOrEqual(60 * SECOND);
    expect(status.reason).toContain('429');
  });

  it('says in words what an unexpected answer was', async () => {
    const { link } = start();
    link.socket.end({ kind: 'refused', httpStatus: 502 });
    await settle();
    expect(link.last).toMatchObject({
      state: 'waiting',
      reason: 'The server answered with HTTP 502 instead of a connection.',
    });
  });

  it('says goodbye when told to stop, and ends when the socket is closed', async () => {
    const { link, stop, done } = start();
    link.socket.open();
    link.socket.hear('price');
    stop.abort();
    await done;
    expect(link.socket.isClosed).toBe(true);
    expect(link.last).toEqual({ state: 'stopped', reason: 'by-user' });
  });

  it('hangs up on a server that does not say goodbye', async () => {
    const { link, stop, done, wait } = start((it) => {
      it.agreesToClose = false;
    });
    link.socket.open();
    stop.abort();
    await settle();
    expect(link.socket.isClosed).toBe(false);
    await wait(1);
    await done;
    expect(link.socket.isClosed).toBe(true);
  });

  it('ends at once when stopped while it waits, or before it began', async () => {
    const { link, stop, done } = start();
    link.socket.end({ kind: 'lost', reason: 'cut' });
    await settle();
    stop.abort();
    await done;
    expect(link.sockets).toHaveLength(1);

    const untouched = new FakeLink();
    await supervise(untouched, { clock: new FakeClock(), jitter: () => 0 }, AbortSignal.abort());
    expect(untouched.sockets).toHaveLength(0);
    expect(untouched.statuses).toEqual([{ state: 'stopped', reason: 'by-user' }]);
  });

  it('is stopped by a login that expired elsewhere', async () => {
    const { link, stop, done } = start();
    link.socket.open();
    stop.abort(new AppError('auth-expired', 'Log in again.'));
    await done;
    expect(link.last).toEqual({ state: 'stopped', reason: 'auth-expired', message: 'Log in again.' });
  });

  it('hears nothing after it was told to stop', async () => {
    const { link, stop } = start((it) => {
      it.agreesToClose = false;
    });
    link.socket.open();
    stop.abort();
    const heard = link.statuses.length;
    link.socket.hear('price');
    expect(link.statuses).toHaveLength(heard);
  });

  it('survives a fault in the venue’s own code', async () => {
    const { link } = start();
    link.socket.open();
    link.bomb = new Error('a bug');
    link.socket.hear('price');
    link.bomb = undefined;
    link.socket.hear('price');
    expect(link.faults).toEqual([new Error('a bug')]);
    expect(link.last).toMatchObject({ state: 'live' });
  });

  it('treats a venue that cannot even start as a failed attempt', async () => {
    const clock = new FakeClock();
    const link = new FakeLink();
    const connect = link.connect.bind(link);
    let isBroken = true;
    link.connect = (listener) => {
      if (isBroken) throw new Error('no such thing');
      return connect(listener);
    };
    const stop = new AbortController();
    const done = supervise(link, { clock, jitter: () => 0.5 }, stop.signal);
    await settle();
    expect(link.last).toMatchObject({ state: 'waiting', reason: 'The connection could not be started.' });
    isBroken = false;
    clock.advance(SECOND);
    await settle();
    expect(link.sockets).toHaveLength(1);
    stop.abort();
    await done;
  });
});
