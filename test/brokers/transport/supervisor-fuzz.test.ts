import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { EndVerdict } from '../../../src/main/brokers/transport/link.ts';
import { Meter } from '../../../src/main/brokers/transport/meter.ts';
import type { SocketEnd } from '../../../src/main/brokers/transport/socket.ts';
import { supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { WakeBell } from '../../../src/main/brokers/transport/wake-bell.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakeLink } from './fake-link.ts';
import { SECOND, settle } from './supervised.ts';

const ends = fc.constantFrom<SocketEnd>(
  { kind: 'lost', reason: 'cut' },
  { kind: 'lost', reason: 'closed', code: 1_011 },
  { kind: 'lost', reason: 'slow down', error: new AppError('rate-limited', 'Slow down.') },
  { kind: 'refused', httpStatus: 502 },
  { kind: 'refused', httpStatus: 429 },
);
const verdicts = fc.constantFrom<EndVerdict | undefined>(
  undefined,
  { kind: 'retry' },
  { kind: 'now' },
  { kind: 'wait', ms: 5_000, reason: 'wait' },
  { kind: 'wait', ms: Number.NaN, reason: 'wait' },
);
const messages = fc.constantFrom('price', 'heartbeat', '');
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.nat(20_000) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('open' as const) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('hear' as const), text: messages, count: fc.nat(50) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('end' as const), end: ends, verdict: verdicts }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('ring' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('market' as const), isOpen: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('ready' as const), isReady: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('bug' as const), isBroken: fc.boolean() }) },
);

/** Notes when attempts were made, and that there is never a second socket beside an open one. */
class WatchedLink extends FakeLink {
  readonly attempts: number[] = [];
  overlaps = 0;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    super();
    this.#clock = clock;
    const connect = this.connect.bind(this);
    this.connect = (listener) => {
      if (this.sockets.some(({ isClosed }) => !isClosed)) this.overlaps += 1;
      this.attempts.push(this.#clock.now());
      return connect(listener);
    };
  }
}

/** Time passes in steps as small as a timer's, with all that promises do in between. */
async function pass(clock: FakeClock, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    await settle();
    clock.advance(Math.min(500, left));
  }
  await settle();
}

describe('a supervised connection, whatever happens', () => {
  it('holds one socket at a time, never storms, and ends when told to', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.boolean(),
        async (steps, jitter, agreesToClose) => {
          const clock = new FakeClock(1_000_000);
          const link = new WatchedLink(clock);
          link.agreesToClose = agreesToClose;
          const bell = new WakeBell();
          const stop = new AbortController();
          const meter = new Meter('fuzz', clock);
          const done = supervise(link, { clock, jitter: () => jitter, bell, meter }, stop.signal);
          let rings = 0;
          for (const each of steps) {
            await settle();
            const { socket } = link;
            if (each.does === 'pass') await pass(clock, each.ms);
            else if (each.does === 'market') link.isMarketOpen = each.isOpen;
            else if (each.does === 'ready') link.isReadyNow = each.isReady;
            else if (each.does === 'bug') link.bomb = each.isBroken ? new Error('a bug') : undefined;
            else if (each.does === 'ring') {
              rings += 1;
              bell.ring();
            } else if (each.does === 'open' && !socket.isOpen && !socket.isClosed) socket.open();
            else if (each.does === 'hear' && socket.isOpen)
              for (let count = 0; count < each.count; count += 1) socket.hear(each.text);
            else if (each.does === 'end' && !socket.isClosed) {
              link.verdict = each.verdict;
              socket.end(each.end);
            }
          }
          await settle();
          const { attempts, statuses } = link;
          const hurries = attempts.filter((at, index) => index > 0 && at - (attempts[index - 1] ?? 0) < 0.8 * SECOND);
          const minutes = (clock.now() - 1_000_000) / 60_000;
          expect(hurries.length, 'at once only when rung for, or once a minute').toBeLessThanOrEqual(
            rings + Math.floor(minutes) + 1,
          );
          expect(link.overlaps, 'the last socket is closed before there is another').toBe(0);
          expect(statuses.some(({ state }) => state === 'stopped')).toBe(false);

          stop.abort();
          await settle();
          clock.advance(SECOND);
          await done;
          expect(link.sockets.every(({ isClosed }) => isClosed)).toBe(true);
          expect(link.last).toEqual({ state: 'stopped', reason: 'by-user' });
          expect(meter.metrics.state).toBe('stopped');
          expect(clock.timers).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ['refuses everybody', (link: FakeLink) => link.socket.end({ kind: 'lost', reason: 'refused' }), 70],
    ['never answers', () => undefined, 65],
    [
      'lets us in, says one price and hangs up',
      (link: FakeLink) => {
        link.socket.open();
        link.socket.hear('price');
        link.socket.end({ kind: 'lost', reason: 'cut' });
      },
      70,
    ],
    [
      'does that and wants us back at once',
      (link: FakeLink) => {
        link.verdict = { kind: 'now' };
        link.socket.open();
        link.socket.hear('price');
        link.socket.end({ kind: 'lost', reason: 'cut' });
      },
      130,
    ],
  ])('asks a server that %s no more than a few times a minute', async (_case, answer, mostInAnHour) => {
    const clock = new FakeClock(1_000_000);
    const link = new WatchedLink(clock);
    const stop = new AbortController();
    const done = supervise(link, { clock, jitter: () => 0.5 }, stop.signal);
    for (let half = 0; half < 7_200; half += 1) {
      await settle();
      if (!link.socket.isClosed) answer(link);
      await settle();
      clock.advance(500);
    }
    expect(link.attempts.length).toBeLessThanOrEqual(mostInAnHour);
    expect(link.attempts.length, 'and does not give up').toBeGreaterThan(40);
    stop.abort();
    await settle();
    clock.advance(SECOND);
    link.socket.terminate();
    await done;
  });

  it('is rung for all day without a storm', async () => {
    const clock = new FakeClock(1_000_000);
    const link = new WatchedLink(clock);
    const bell = new WakeBell();
    const stop = new AbortController();
    const done = supervise(link, { clock, jitter: () => 0.5, bell }, stop.signal);
    for (let half = 0; half < 7_200; half += 1) {
      bell.ring();
      await settle();
      clock.advance(500);
    }
    expect(link.attempts.length, 'once in five seconds').toBeLessThanOrEqual(721);
    stop.abort();
    await settle();
    link.socket.terminate();
    await done;
  });
});
