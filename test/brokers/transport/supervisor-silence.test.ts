import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeLink } from './fake-link.ts';
import { settle, startSupervised } from './supervised.ts';

describe('a connection on which little or nothing is heard', () => {
  it('calls itself stale on heartbeats alone, and live again with data', async () => {
    const { clock, link, wait } = startSupervised();
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
    const { link, wait } = startSupervised();
    link.socket.open();
    for (let second = 0; second < 60; second += 1) {
      await wait(1);
      link.socket.hear('heartbeat');
    }
    expect(link.last).toMatchObject({ state: 'waiting', reason: 'No price came for 60 seconds in market hours.' });
    expect(link.sockets[0]?.isClosed).toBe(true);
  });

  it('is not stale while the market is closed, and counts from its opening', async () => {
    const { link, wait } = startSupervised((it) => {
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
    const { link, wait } = startSupervised((it) => {
      it.isMarketOpen = false;
    });
    link.socket.open();
    link.socket.hear('heartbeat');
    await wait(10);
    expect(link.last).toMatchObject({ state: 'waiting', reason: 'Nothing was heard for 10 seconds.' });
  });
});

describe('the end of a supervised connection', () => {
  it('says goodbye when told to stop, and ends when the socket is closed', async () => {
    const { link, stop, done } = startSupervised();
    link.socket.open();
    link.socket.hear('price');
    stop.abort();
    await done;
    expect(link.socket.isClosed).toBe(true);
    expect(link.last).toEqual({ state: 'stopped', reason: 'by-user' });
  });

  it('hangs up on a server that does not say goodbye', async () => {
    const { link, stop, done, wait } = startSupervised((it) => {
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
    const { link, stop, done } = startSupervised();
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
    const { link, stop, done } = startSupervised();
    link.socket.open();
    stop.abort(new AppError('auth-expired', 'Log in again.'));
    await done;
    expect(link.last).toEqual({ state: 'stopped', reason: 'auth-expired', message: 'Log in again.' });
  });

  it('hears nothing after it was told to stop', async () => {
    const { link, stop } = startSupervised((it) => {
      it.agreesToClose = false;
    });
    link.socket.open();
    stop.abort();
    const heard = link.statuses.length;
    link.socket.hear('price');
    expect(link.statuses).toHaveLength(heard);
  });
});
