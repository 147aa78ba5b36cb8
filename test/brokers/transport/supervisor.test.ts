import { describe, expect, it } from 'vitest';
import { supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeLink } from './fake-link.ts';
import { SECOND, settle, startSupervised } from './supervised.ts';

describe('a supervised connection', () => {
  it('connects, subscribes to everything and is live with the first data', async () => {
    const { link } = startSupervised();
    expect(link.last).toEqual({ state: 'connecting', attempt: 1 });
    link.socket.open();
    expect(link.socket.sent).toEqual(['everything']);
    link.socket.hear('heartbeat');
    expect(link.last, 'in market hours a heartbeat proves nothing').toEqual({ state: 'connecting', attempt: 1 });
    link.socket.hear('price');
    expect(link.last).toEqual({ state: 'live', since: 1_000_000 });
  });

  it('is live with the first heartbeat when no prices are due', async () => {
    const { link } = startSupervised((it) => {
      it.isMarketOpen = false;
    });
    link.socket.open();
    link.socket.hear('heartbeat');
    expect(link.last).toEqual({ state: 'live', since: 1_000_000 });
  });

  it('gives an attempt ten seconds', async () => {
    const { link, wait } = startSupervised();
    await wait(9);
    expect(link.last).toEqual({ state: 'connecting', attempt: 1 });
    await wait(1);
    expect(link.socket.isClosed).toBe(true);
    expect(link.last).toMatchObject({ state: 'waiting', reason: 'No answer within 10 seconds.' });
  });

  it('doubles the wait up to a minute, and never holds two sockets', async () => {
    const { clock, link, wait } = startSupervised();
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
    const { clock, link, wait } = startSupervised();
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
    const { link, wait } = startSupervised();
    link.socket.open();
    link.socket.hear('price');
    link.socket.end({ kind: 'lost', reason: 'cut' });
    await wait(1);
    expect(link.sockets).toHaveLength(2);
    link.socket.open();
    expect(link.socket.sent).toEqual(['everything']);
  });

  it.each([401, 403])('stops for good when the login is refused (HTTP %i)', async (httpStatus) => {
    const { link, done, wait } = startSupervised();
    link.socket.end({ kind: 'refused', httpStatus });
    await done;
    await wait(300);
    expect(link.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    expect(link.sockets, 'one attempt, no more').toHaveLength(1);
  });

  it('waits at least a minute after "too many" (HTTP 429)', async () => {
    const { clock, link } = startSupervised();
    link.socket.end({ kind: 'refused', httpStatus: 429 });
    await settle();
    const status = link.last;
    if (status?.state !== 'waiting') throw new Error(`expected to wait, got ${status?.state}`);
    expect(status.retryAt - clock.now()).toBeGreaterThanOrEqual(60 * SECOND);
    expect(status.reason).toContain('429');
  });

  it('says in words what an unexpected answer was', async () => {
    const { link } = startSupervised();
    link.socket.end({ kind: 'refused', httpStatus: 502 });
    await settle();
    expect(link.last).toMatchObject({
      state: 'waiting',
      reason: 'The server answered with HTTP 502 instead of a connection.',
    });
  });

  it('survives a fault in the venue’s own code', async () => {
    const { link } = startSupervised();
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
