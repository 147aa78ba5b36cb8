import { describe, expect, it } from 'vitest';
import { CandleCloser } from '../../../src/main/brokers/tinvest/candle-closer.ts';
import { decodeTinvest } from '../../../src/main/brokers/tinvest/decode.ts';
import { EventDesk } from '../../../src/main/brokers/tinvest/event-desk.ts';
import { moscowShare } from '../../../src/main/brokers/tinvest/presets.ts';
import { readFrame } from '../../../src/main/brokers/tinvest/read-frame.ts';
import { recordsOf } from '../../../src/main/brokers/tinvest/records.ts';
import { damaged, numbersFrom } from '../../support/damage.ts';
import { describeDamage } from '../../support/damage-contract.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { calendarOf } from './open-context.ts';
import { EVERY_FRAME, SBER } from './worked-examples.ts';

const NOW = Date.parse('2026-11-20T10:00:05Z');

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

describeDamage('tinvest', () => {
  const { notes, events } = desk();
  // Of one recording: it keeps a candle of every name, and damaged names are many.
  let closer = new CandleCloser();
  let count = 0;
  return {
    frames: EVERY_FRAME,
    read(frame) {
      count += 1;
      if (count % 1_000 === 0) closer = new CandleCloser();
      const read = readFrame(String(frame));
      if ('reject' in read) {
        if (read.reject === '' || read.detail.length > 250) throw new Error('a reject without measure');
        return false;
      }
      const before = notes.tickCount + notes.candles.length + notes.pictures.length;
      events.take(read);
      for (const record of recordsOf(read, closer)) JSON.stringify(record);
      const told = notes.tickCount + notes.candles.length + notes.pictures.length;
      checkTold(notes);
      return told > before;
    },
  };
});

/** What was told since the last look, which is forgotten then. */
function checkTold(notes: FeedNotes): void {
  for (const { ltp, time, quantity = 1 } of [...notes.recent, ...notes.pictures])
    if (!(ltp > 0 && Number.isFinite(ltp) && Number.isInteger(time) && quantity > 0 && time <= NOW + 86_400_000))
      throw new Error('a tick that cannot be');
  for (const { candle } of notes.candles)
    if (!(candle.low > 0 && candle.low <= candle.open && candle.high >= candle.close))
      throw new Error('a bar that cannot be');
  notes.forget();
  for (const list of [notes.pictures, notes.candles, notes.rejects, notes.orders]) list.length = 0;
}

describe('T-Invest’s frames, damaged', () => {
  it('every kind, cut off at every character, reads as a reject', () => {
    for (const text of EVERY_FRAME)
      for (let length = 0; length < text.length; length += 1)
        expect(readFrame(text.slice(0, length)), text.slice(0, length)).toMatchObject({ reject: 'unreadable-text' });
  });

  it('recordings of them decode to records, one after another', () => {
    const next = numbersFrom(7);
    const lines = Array.from({ length: 2_000 }, (_none, index) =>
      String(damaged(EVERY_FRAME[index % EVERY_FRAME.length] ?? '', EVERY_FRAME, next)).replaceAll(/[\r\n]/g, ' '),
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
