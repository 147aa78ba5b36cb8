import { describe, expect, it } from 'vitest';
import { settle, startSupervised } from './supervised.ts';

describe('a venue that has to let us in', () => {
  it('has ten seconds for it, open socket or not', async () => {
    const { link, meter, wait } = startSupervised((it) => {
      it.isReadyNow = false;
    });
    await wait(4);
    link.socket.open();
    for (let second = 0; second < 5; second += 1) {
      link.socket.hear('heartbeat');
      await wait(1);
    }
    expect(link.last).toEqual({ state: 'connecting', attempt: 1 });
    await wait(1);
    expect(link.last).toMatchObject({ state: 'waiting', reason: 'No answer within 10 seconds.' });
    expect(meter.metrics.connectedAt).toBeUndefined();
  });

  it('is not live with a message before it did', async () => {
    const { clock, link, meter } = startSupervised((it) => {
      it.isReadyNow = false;
      it.isMarketOpen = false;
    });
    link.socket.open();
    link.socket.hear('heartbeat');
    expect(link.last?.state).toBe('connecting');
    link.isReadyNow = true;
    link.socket.hear('heartbeat');
    expect(link.last).toEqual({ state: 'live', since: clock.now() });
    expect(meter.metrics.connectedAt).toBe(clock.now());
  });
});

describe('heartbeats', () => {
  it('go out as often as the venue wants, the first at once, and stop with the connection', async () => {
    const { link, wait } = startSupervised((it) => {
      it.isReadyNow = false;
      it.isMarketOpen = false;
      it.beat = { everyMs: 3_000, message: 'one' };
    });
    link.socket.open();
    await wait(2);
    expect(link.socket.sent, 'none before we are let in').toEqual(['everything']);
    link.isReadyNow = true;
    link.socket.hear('welcome');
    expect(link.socket.sent).toEqual(['everything', 'one']);
    link.beat = { everyMs: 2_000, message: Uint8Array.of(2), control: true };
    await wait(2);
    expect(link.socket.sent).toHaveLength(2);
    await wait(1);
    expect(link.socket.sent.slice(2)).toEqual([Uint8Array.of(2), '(control)']);
    link.beat = undefined;
    await wait(2);
    expect(link.socket.sent).toHaveLength(4);
    link.beat = { everyMs: 2_000, message: 'again' };
    await wait(1);
    expect(link.socket.sent.at(-1)).toBe('again');
    const first = link.socket;
    first.end({ kind: 'lost', reason: 'cut' });
    const sent = first.sent.length;
    await wait(20);
    expect(first.sent).toHaveLength(sent);
  });

  it.each([0, -1, Number.NaN, 1e-9])('never go out more than once a second, even if told to (%d)', async (everyMs) => {
    const { link, wait } = startSupervised((it) => {
      it.isMarketOpen = false;
      it.beat = { everyMs, message: 'beat' };
    });
    link.socket.open();
    await wait(5);
    expect(link.socket.sent.filter((message) => message === 'beat')).toHaveLength(6);
  });

  it('that cannot be made or sent end nothing', async () => {
    const { link, wait } = startSupervised((it) => {
      it.isMarketOpen = false;
      it.heartbeat = () => {
        throw new Error('a bug');
      };
    });
    link.socket.open();
    await wait(3);
    link.beat = { everyMs: 1_000, message: 'beat' };
    link.heartbeat = () => link.beat;
    link.socket.send = () => {
      throw new Error('no way out');
    };
    await wait(2);
    link.socket.hear('price');
    expect(link.last?.state).toBe('live');
    expect(link.faults.map(String)).toContain('Error: no way out');
    expect(link.faults.map(String)).toContain('Error: a bug');
  });

  it('do not go out once we say goodbye', async () => {
    const { link, stop, wait } = startSupervised((it) => {
      it.agreesToClose = false;
      it.beat = { everyMs: 1_000, message: 'beat' };
    });
    link.socket.open();
    stop.abort();
    await settle();
    const sent = link.socket.sent.length;
    await wait(1);
    expect(link.socket.sent).toHaveLength(sent);
  });
});
