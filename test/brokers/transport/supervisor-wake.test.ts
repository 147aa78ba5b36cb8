import { describe, expect, it, onTestFinished } from 'vitest';
import { supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { WakeBell } from '../../../src/main/brokers/transport/wake-bell.ts';
import { UneasyClock } from '../../support/uneasy-clock.ts';
import { FakeLink } from './fake-link.ts';
import { SECOND, settle, startSupervised } from './supervised.ts';

const CUT = { kind: 'lost', reason: 'cut' } as const;

function startWithBell() {
  const bell = new WakeBell();
  return { bell, ...startSupervised(undefined, { bell }) };
}

describe('a computer that woke up, or changed its network', () => {
  it('does not wait any longer', async () => {
    const { bell, link, wait } = startWithBell();
    for (let failure = 0; failure < 6; failure += 1) {
      link.socket.end(CUT);
      await wait(2 ** failure);
    }
    link.socket.end(CUT);
    await wait(3);
    expect(link.last?.state).toBe('waiting');
    bell.ring();
    await settle();
    expect(link.last).toEqual({ state: 'connecting', attempt: 8 });
  });

  it('makes a silent connection anew, at once, and calls it no failure', async () => {
    const { bell, link, meter, wait } = startWithBell();
    link.socket.open();
    link.socket.hear('price');
    await wait(2);
    bell.ring();
    await settle();
    expect(link.sockets.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(link.last).toEqual({ state: 'connecting', attempt: 1 });
    expect(link.judged, 'it was us').toEqual([]);
    link.socket.open();
    expect(meter.metrics).toMatchObject({ reconnects: 1, errors: 0 });
  });

  it('leaves a connection alone that spoke within the last second', async () => {
    const { bell, link, wait } = startWithBell();
    link.socket.open();
    link.socket.hear('price');
    await wait(1);
    bell.ring();
    await settle();
    expect(link.sockets).toHaveLength(1);
    expect(link.last?.state).toBe('live');
  });

  it('gives up an attempt that began before', async () => {
    const { bell, link, wait } = startWithBell();
    await wait(5);
    bell.ring();
    await settle();
    expect(link.sockets.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  });

  it('answers once in five seconds, and the last ring too', async () => {
    const { bell, clock, link, wait } = startWithBell();
    const tries: number[] = [];
    const begun = clock.now();
    const connect = link.connect.bind(link);
    link.connect = (listener) => {
      tries.push((clock.now() - begun) / SECOND);
      return connect(listener);
    };
    for (let second = 0; second < 23; second += 1) {
      for (let ring = 0; ring < 5; ring += 1) bell.ring();
      await wait(1);
    }
    expect(tries, 'the first attempt had spoken, so to say, a moment ago').toEqual([5, 10, 15, 20]);
    await wait(3);
    expect(tries).toHaveLength(5);
  });

  it('says nothing to a connection that has ended', async () => {
    const { bell, clock, link, stop, done } = startWithBell();
    bell.ring();
    stop.abort();
    await done;
    bell.ring();
    expect(link.sockets).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });
});

describe('a clock that leaps', () => {
  const onUneasyClock = () => {
    const clock = new UneasyClock(Date.parse('2026-11-20T12:00:00+05:30'));
    const link = new FakeLink();
    const stop = new AbortController();
    const done = supervise(link, { clock, jitter: () => 0.5 }, stop.signal);
    onTestFinished(() => {
      stop.abort();
      link.socket.terminate();
      return done;
    });
    const wait = async (seconds: number, speak = true): Promise<void> => {
      for (let passed = 0; passed < seconds; passed += 1) {
        if (speak && link.socket.isOpen) link.socket.hear('price');
        await settle();
        clock.advance(SECOND);
      }
      await settle();
    };
    link.socket.open();
    return { clock, link, wait };
  };

  it.each(['stand still', 'go on'] as const)(
    'notices a sleep without a bell, within seconds (timers %s)',
    async (timers) => {
      const { clock, link, wait } = onUneasyClock();
      await wait(30);
      clock.sleep(8 * 3_600 * SECOND, timers);
      await wait(4, false);
      expect(link.sockets.map(({ isClosed }) => isClosed)[0]).toBe(true);
      await wait(2);
      expect(link.sockets.length).toBeGreaterThanOrEqual(2);
    },
  );

  it('keeps a connection that speaks again after a sleep', async () => {
    const { clock, link, wait } = onUneasyClock();
    await wait(30);
    clock.sleep(300 * SECOND);
    clock.advance(SECOND);
    await wait(60);
    expect(link.sockets).toHaveLength(1);
    expect(link.last?.state).toBe('live');
  });

  it('still notices silence when the clock was set back an hour', async () => {
    const { clock, link, wait } = onUneasyClock();
    await wait(30);
    clock.set(-3_600 * SECOND);
    await wait(12, false);
    expect(link.sockets[0]?.isClosed).toBe(true);
  });

  it('takes a clock set forward for no silence', async () => {
    const { clock, link, wait } = onUneasyClock();
    await wait(30);
    clock.set(3_600 * SECOND);
    await wait(30);
    expect(link.sockets).toHaveLength(1);
  });
});
