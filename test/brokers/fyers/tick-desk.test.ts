import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import type { OrderUpdate } from '../../../src/core/order-update.ts';
import { createFrameQueue } from '../../../src/main/brokers/fyers/frame-queue.ts';
import { createOrderNews } from '../../../src/main/brokers/fyers/order-news.ts';
import { createTickDesk } from '../../../src/main/brokers/fyers/tick-desk.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { eventsOf, loggedInReader } from './events-of.ts';
import { bytesOf, DATA } from './worked-examples.ts';

const receivedAt = Date.parse('2026-11-20T12:00:00+05:30') as EpochMs;
const SBIN = 'NSE:SBIN' as InstrumentKey;
const KEYS = new Map<string, InstrumentKey>([
  ['sf|nse_cm|3045', SBIN],
  ['dp|nse_cm|3045', SBIN],
  ['if|nse_cm|Nifty 50', 'NSE:NIFTY 50' as InstrumentKey],
]);

/** Reads frames one after another, each flushed by itself. */
function deskOf(mode: 'full' | 'lite' = 'full') {
  const reader = loggedInReader();
  const desk = createTickDesk({ keys: KEYS, mode });
  const notes = new FeedNotes();
  const hear = (hex: string): void => {
    reader.read(bytesOf(hex), (event) => {
      if (event.type === 'topic') desk.take(event, receivedAt);
    });
    desk.flush(notes);
  };
  return { desk, notes, hear };
}

describe('ticks', () => {
  it('bring what the exchange said, at its time', () => {
    const { notes, hear } = deskOf();
    hear(DATA.snapshot);
    expect(notes.recent).toEqual([
      {
        instrument: SBIN,
        ltp: 606.4,
        dayVolume: 3_045_212,
        bid: 606.4,
        ask: 606.45,
        previousClose: 620.2,
        dayOpen: 609.85,
        dayHigh: 610.5,
        dayLow: 605.85,
        time: 1_690_953_622_000,
        receivedAt,
      },
    ]);
  });

  it('of a snapshot are as old as the last trade, those of an update as the exchange sent them', () => {
    const { notes, hear } = deskOf();
    hear(DATA.snapshot.replace('002e775c 64c9e796 64c9e796', '002e775c 64c9e700 64c9e796'));
    expect(notes.recent.at(-1)?.time).toBe(0x64c9e700 * 1_000);
    hear('0000 06 00000005 0001 55 0201 04 0000ed21 002e77b5 64c9e798 64c9e799');
    expect(notes.recent.at(-1)?.time).toBe(0x64c9e799 * 1_000);
  });

  it('come once: what repeats the last trade, or moves orders alone, is none', () => {
    const { notes, hear } = deskOf();
    for (const hex of [DATA.snapshot, DATA.snapshot, DATA.shortUpdate, DATA.sameAgain]) hear(hex);
    hear('0000 06 00000005 0001 55 0201 07 80000000 80000000 80000000 64c9e799 00000001 00000001 0000ed00');
    expect(notes.recent.map(({ ltp }) => ltp)).toEqual([606.4, 607.05]);
  });

  it('of an index come with every value, and have no volume', () => {
    const { notes, hear } = deskOf();
    hear(DATA.index);
    hear('0000 06 00000005 0001 55 0007 03 0027f5ba 80000000 66f67749');
    expect(notes.recent.map(({ time, dayVolume }) => [time, dayVolume])).toEqual([
      [1_727_428_424_000, undefined],
      [1_727_428_425_000, undefined],
    ]);
  });

  it('bring the newest order book, until it is no longer wanted or the connection is new', () => {
    const { desk, notes, hear } = deskOf();
    let volume = 0x2e_77b5;
    const trade = (): unknown => {
      volume += 1;
      hear(`0000 06 00000005 0001 55 0201 02 0000ed21 00${volume.toString(16)}`);
      return notes.recent.at(-1)?.book?.bids[0]?.price;
    };
    for (const hex of [DATA.snapshot, DATA.book]) hear(hex);
    expect(trade()).toBe(606.25);
    hear(DATA.bookUpdate);
    expect(trade()).toBe(606.3);
    desk.want(new Set(['sf|nse_cm|3045']));
    expect(trade()).toBeUndefined();
    hear(DATA.bookUpdate.replace('0000ecd6', '0000ecd7'));
    expect(trade()).toBe(606.31);
    desk.connected();
    expect(trade()).toBeUndefined();
  });

  it('in lite mode move the screen only, at our time and without a volume', () => {
    const { notes, hear } = deskOf('lite');
    for (const hex of [DATA.snapshot, DATA.index, DATA.lite]) hear(hex);
    expect(notes.tickCount).toBe(0);
    expect(notes.pictures.at(-2)).toMatchObject({
      instrument: SBIN,
      ltp: 607.1,
      time: receivedAt,
      dayVolume: undefined,
    });
  });
});

describe('the reader', () => {
  it('tells topics as they stand at that moment', () => {
    const reader = loggedInReader();
    eventsOf(reader, bytesOf(DATA.snapshot));
    const [event] = eventsOf(reader, bytesOf(DATA.shortUpdate));
    expect(event).toMatchObject({ type: 'topic', how: 'update', isChanged: true });
    expect(event?.type === 'topic' && event.topic.read('no such value')).toBeUndefined();
  });
});

describe('frames to be sent', () => {
  it('go one in a tenth of a second, in order, and none after the end', () => {
    const clock = new FakeClock();
    const sent: number[] = [];
    const queue = createFrameQueue(clock, (frame) => sent.push(frame[0] ?? 0));
    queue.push([Uint8Array.of(1), Uint8Array.of(2)]);
    queue.push([Uint8Array.of(3)]);
    expect(sent).toEqual([1]);
    clock.advance(100);
    expect(sent).toEqual([1, 2]);
    queue.clear();
    clock.advance(1_000);
    expect([sent, clock.timers]).toEqual([[1, 2], 0]);
    queue.push([Uint8Array.of(4)]);
    expect(sent).toEqual([1, 2, 4]);
    clock.advance(100);
    queue.push([Uint8Array.of(5)]);
    expect(sent).toEqual([1, 2, 4, 5]);
  });
});

describe('news of orders', () => {
  const order: OrderUpdate = {
    id: '1',
    instrument: SBIN,
    symbol: 'NSE:SBIN-EQ',
    side: 'buy',
    quantity: 10,
    filledQuantity: 4,
    averagePrice: 606,
    state: 'open',
    message: undefined,
    time: receivedAt,
  };

  it('are told once, and not when they were overtaken', () => {
    const isNews = createOrderNews();
    expect(isNews(order)).toBe(true);
    expect(isNews({ ...order }), 'the same again').toBe(false);
    expect(isNews({ ...order, filledQuantity: 2 }), 'filled less than before').toBe(false);
    expect(isNews({ ...order, filledQuantity: 10, state: 'filled' })).toBe(true);
    expect(isNews({ ...order, filledQuantity: 10, state: 'open' }), 'open after its end').toBe(false);
    expect(isNews({ ...order, id: '2' }), 'another order').toBe(true);
  });

  it('forget the oldest of very many', () => {
    const isNews = createOrderNews();
    for (let id = 0; id < 5_001; id += 1) expect(isNews({ ...order, id: String(id) })).toBe(true);
    expect(isNews({ ...order, id: '0' }), 'forgotten').toBe(true);
    expect(isNews({ ...order, id: '5000' }), 'remembered').toBe(false);
  });
});
