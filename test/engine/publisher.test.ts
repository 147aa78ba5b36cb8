import { describe, expect, it } from 'vitest';
import type { EngineBatch, EngineEvent } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Quote } from '../../src/core/quote.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { INFY } from '../support/tape.ts';

const bar = (close: number, closed: boolean): EngineEvent => ({
  type: 'candle',
  candle: {
    instrument: INFY.key,
    timeframe: '1m',
    openTime: 0 as EpochMs,
    open: 1,
    high: close,
    low: 1,
    close,
    volume: 0,
  },
  closed,
});
const notice = (text: string): EngineEvent => ({ type: 'notice', level: 'info', text });

const quoteOf = (ltp: number): Quote => ({
  instrument: INFY.key,
  ltp,
  previousClose: undefined,
  changePercent: undefined,
  dayVolume: undefined,
  rsi: undefined,
  trend: undefined,
  time: 0 as EpochMs,
  receivedAt: 0 as EpochMs,
});

function listening() {
  const clock = new FakeClock();
  const publisher = new Publisher(clock);
  const batches: EngineBatch[] = [];
  publisher.subscribe((batch) => batches.push(batch));
  return { clock, publisher, batches };
}

describe('Publisher', () => {
  it('sends the newest forming bar and every closed one, once per flush, in the order things last happened', () => {
    const { clock, publisher, batches } = listening();
    for (const event of [bar(1, false), bar(2, true), bar(3, false), notice('a'), bar(4, true), notice('b')])
      publisher.publish(event);
    clock.advance(99);
    expect(batches).toEqual([]);
    clock.advance(1);
    expect(batches).toEqual([
      { seq: 1, events: [bar(2, true), bar(3, false), notice('a'), bar(4, true), notice('b')] },
    ]);
  });

  it('says nothing when nothing happens, and numbers what it says', () => {
    const { clock, publisher, batches } = listening();
    publisher.publish(notice('a'));
    clock.advance(1_000);
    publisher.publish(notice('b'));
    clock.advance(1_000);
    expect(batches.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('can be made to send at once, and then owes nothing', () => {
    const { clock, publisher, batches } = listening();
    publisher.publish(notice('a'));
    publisher.flush();
    expect(publisher.seq).toBe(1);
    clock.advance(1_000);
    expect(batches).toHaveLength(1);
  });

  it('measures how long the oldest price of a batch has waited, and nothing while nobody listens', () => {
    const clock = new FakeClock();
    const waits: number[] = [];
    const publisher = new Publisher(clock, (waitedMs) => waits.push(waitedMs));
    const quote: EngineEvent = { type: 'quote', quote: quoteOf(1) };
    publisher.publish(quote);
    clock.advance(60_000);
    publisher.subscribe(() => undefined);
    publisher.publish(notice('a'));
    clock.advance(30);
    publisher.publish(quote);
    publisher.publish(quote);
    clock.advance(1_000);
    publisher.publish(notice('b'));
    clock.advance(1_000);
    expect(waits).toEqual([70]);
  });

  it('goes on when a screen cannot take a batch, and says what the screen threw', () => {
    const clock = new FakeClock();
    const faults: unknown[] = [];
    const publisher = new Publisher(clock, undefined, (thrown) => faults.push(thrown));
    const heard: EngineBatch[] = [];
    publisher.subscribe(() => {
      throw new Error('The frame is gone.');
    });
    publisher.subscribe((batch) => heard.push(batch));
    publisher.publish(notice('a'));
    clock.advance(100);
    expect(heard).toEqual([{ seq: 1, events: [notice('a')] }]);
    expect(faults).toEqual([new Error('The frame is gone.')]);
  });

  it('forgets a screen that left', () => {
    const clock = new FakeClock();
    const publisher = new Publisher(clock);
    const heard: EngineBatch[] = [];
    const leave = publisher.subscribe((batch) => heard.push(batch));
    leave();
    publisher.publish(notice('a'));
    clock.advance(1_000);
    expect(heard).toEqual([]);
  });

  it('knows the task that goes on, for a screen that comes in the middle of it', () => {
    const publisher = new Publisher(new FakeClock());
    const tell = (task: 'warm-up' | 'poll', done: number): void =>
      publisher.publish({ type: 'progress', progress: { task, done, total: 3 } });
    expect(publisher.progress).toBeUndefined();
    tell('warm-up', 1);
    tell('poll', 0);
    expect(publisher.progress).toEqual({ task: 'poll', done: 0, total: 3 });
    tell('poll', 3);
    expect(publisher.progress).toEqual({ task: 'warm-up', done: 1, total: 3 });
    publisher.publish({ type: 'reset' });
    expect(publisher.progress).toBeUndefined();
  });
});
