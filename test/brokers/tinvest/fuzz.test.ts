import { describe, expect, it } from 'vitest';
import { CandleCloser } from '../../../src/main/brokers/tinvest/candle-closer.ts';
import { decodeTinvest } from '../../../src/main/brokers/tinvest/decode.ts';
import { EventDesk } from '../../../src/main/brokers/tinvest/event-desk.ts';
import { moscowShare } from '../../../src/main/brokers/tinvest/presets.ts';
import { readFrame } from '../../../src/main/brokers/tinvest/read-frame.ts';
import { recordsOf } from '../../../src/main/brokers/tinvest/records.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { calendarOf } from './open-context.ts';
import { EVERY_FRAME, SBER } from './worked-examples.ts';

/** Times as many as usual; the nightly run sets 10. */
const SCALE = Number(process.env['TICKSCOPE_FUZZ'] ?? 1);
const ROUNDS = Math.round(200_000 * SCALE);
const NOW = Date.parse('2026-11-20T10:00:05Z');

/** A small generator of its own, so that a failure can be made again. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WORDS = ['null', '{}', '[]', '"-0"', '1e999', '-1', '"9223372036854775807"', '"\\u0000"', 'true', '""', '"x"'];

function mutate(text: string, pick: (below: number) => number): string {
  const at = pick(text.length + 1);
  switch (pick(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(pick(0x250)) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + pick(20));
    case 3: {
      const other = EVERY_FRAME[pick(EVERY_FRAME.length)] ?? '';
      return text.slice(0, at) + other.slice(pick(other.length));
    }
    case 4:
      return text.replace(/("\w+"|\d+|\{[^{}]*\})(?=[,}\]])/g, (value) =>
        pick(8) === 0 ? (WORDS[pick(WORDS.length)] ?? value) : value,
      );
    default:
      return text.replace(/"\w+":/g, (name) => (pick(12) === 0 ? '"other":' : name));
  }
}

function desk() {
  const notes = new FeedNotes(100);
  const instruments = [{ instrument: moscowShare('SBER'), ...SBER, firstMinute: undefined, firstDay: undefined }];
  const events = new EventDesk({
    instruments,
    clock: new FakeClock(NOW),
    sink: notes,
    waitingClose: false,
    isWatched: () => true,
    wantsBooks: () => true,
    wantsCandles: () => true,
    calendarOf,
  });
  return { notes, events };
}

describe('T-Invest’s frames, damaged', () => {
  it('every kind, cut off at every character, reads as a reject', () => {
    for (const text of EVERY_FRAME)
      for (let length = 0; length < text.length; length += 1)
        expect(readFrame(text.slice(0, length)), text.slice(0, length)).toMatchObject({ reject: 'unreadable-text' });
  });

  it(`${ROUNDS} of them: no throw, no price that cannot be, no memory`, () => {
    const pick = seeded(20_261_121);
    const { notes, events } = desk();
    const closer = new CandleCloser();
    let rejects = 0;
    const before = process.memoryUsage().heapUsed;
    for (let round = 0; round < ROUNDS; round += 1) {
      let text = EVERY_FRAME[round % EVERY_FRAME.length] ?? '';
      for (let times = 1 + pick(3); times > 0; times -= 1) text = mutate(text, pick);
      const read = readFrame(text);
      if ('reject' in read) {
        rejects += 1;
        if (read.reject === '' || read.detail.length > 250) throw new Error(`reject without measure: ${text}`);
        continue;
      }
      events.take(read);
      for (const record of recordsOf(read, closer)) JSON.stringify(record);
      if (read.kind === 'trade' && !(read.trade.price > 0 && read.trade.quantity > 0 && read.trade.time > 0))
        throw new Error(text);
    }
    expect(rejects).toBeGreaterThan(ROUNDS / 4);
    expect(notes.tickCount).toBeGreaterThan(ROUNDS / 100);
    for (const { ltp, time, quantity = 0 } of notes.recent) {
      expect(ltp > 0 && Number.isFinite(ltp) && Number.isInteger(time) && quantity > 0).toBe(true);
      expect(time).toBeLessThan(NOW + 86_400_001);
    }
    expect((process.memoryUsage().heapUsed - before) / 2 ** 20, 'megabytes').toBeLessThan(200);
  }, 300_000);

  it('recordings of them decode to records, one after another', () => {
    const pick = seeded(7);
    const lines = Array.from({ length: 2_000 }, (_none, index) =>
      mutate(EVERY_FRAME[index % EVERY_FRAME.length] ?? '', pick).replaceAll(/[\r\n]/g, ' '),
    );
    const bytes = new TextEncoder().encode(lines.join('\n'));
    const records = [...decodeTinvest({ bytes, switches: new Set<string>() })];
    expect(records.length).toBeGreaterThan(1_500);
    for (const record of records) expect(record).toHaveProperty('kind');
  });

  it('a flood of unknown instruments, books and candles leaves nothing behind but counts', () => {
    const { notes, events } = desk();
    const levels = Array.from({ length: 2_000 }, (_none, index) => ({
      price: 100 + index,
      quantity: 1,
      orders: undefined,
    }));
    for (let index = 0; index < 10_000; index += 1) {
      const time = (NOW + index) as never;
      const names = { uid: `nobody ${index}`, figi: '' };
      events.take({
        kind: 'trade',
        trade: { ...names, price: 1, quantity: 1, side: undefined, time, isDealer: false },
      });
    }
    const { uid, figi } = SBER;
    const book = { uid, figi, depth: 50, asks: levels, bids: [], isConsistent: true, isDealer: false } as const;
    events.take({ kind: 'book', book: { ...book, time: NOW as never, limitUp: undefined, limitDown: undefined } });
    expect(notes.rejects).toHaveLength(10_000);
    expect(notes.tickCount).toBe(0);
  });
});
