import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { createHsmReader, type HsmReader } from '../../../src/main/brokers/fyers/hsm-reader.ts';
import { parseOrderMessage } from '../../../src/main/brokers/fyers/order-messages.ts';
import { parseTextMessage } from '../../../src/main/brokers/fyers/system-messages.ts';
import { createTickDesk } from '../../../src/main/brokers/fyers/tick-desk.ts';
import { describeDamage } from '../../support/damage-contract.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { loggedInReader, recordsOf } from './events-of.ts';
import { ALL_ANSWERS, ANSWERS, bytesOf, DATA, MAPPED } from './worked-examples.ts';

const receivedAt = Date.parse('2026-11-20T12:00:00+05:30') as EpochMs;
/** A message of the socket of orders. */
const ORDER = JSON.stringify({
  orders: { id: '1', symbol: 'NSE:SBIN-EQ', qty: 1, qty_filled: 0, tran_side: 1, ord_status: 20, time_oms: '' },
});

/** Frames to begin with, and then the one that is looked at. */
function afterSnapshots() {
  const reader = loggedInReader();
  for (const hex of [DATA.snapshot, DATA.index, DATA.book]) recordsOf(reader, bytesOf(hex));
  return reader;
}

describe('a frame cut off', () => {
  const kinds = Object.entries({ ...ANSWERS, ...DATA });

  it.each(kinds)('at every byte is refused or tells less: %s', (_name, hex) => {
    const whole = bytesOf(hex);
    const full = recordsOf(afterSnapshots(), whole);
    for (let length = 0; length < whole.length; length += 1) {
      const records = recordsOf(afterSnapshots(), whole.subarray(0, length));
      const good = records.filter(({ kind }) => kind !== 'error' && kind !== 'control');
      expect(good, `cut at byte ${length}`).toEqual(
        full.filter(({ kind }) => kind !== 'error' && kind !== 'control').slice(0, good.length),
      );
      const isTold = records.some(({ kind }) => kind === 'error') || records.some(({ type }) => type === 'unknown');
      expect(isTold, `cut at byte ${length} is told`).toBe(true);
    }
  });

  it('at every byte of a mapping keeps to the usual order', () => {
    const whole = bytesOf(MAPPED.login);
    for (let length = 3; length < whole.length; length += 1) {
      const reader = createHsmReader();
      expect(recordsOf(reader, whole.subarray(0, length))).toMatchObject([{ kind: 'error', reject: 'truncated' }]);
    }
  });
});

describe('a record', () => {
  const tell = (reader: HsmReader, hex: string) =>
    recordsOf(reader, bytesOf(hex)).filter(({ type }) => type !== 'acknowledge');
  const read = (hex: string) => tell(afterSnapshots(), hex);

  it('of an unknown kind takes the rest of its frame with it', () => {
    expect(read('0000 06 00000005 0002 55 0201 01 0000ed21 58 0201 01 0000ed22')).toMatchObject([
      { ltp: 607.05 },
      { reject: 'unknown-record' },
    ]);
  });

  it('with bytes after it counts all the same', () => {
    expect(read('0000 06 00000005 0001 55 0201 01 0000ed21 ffff')).toMatchObject([
      { ltp: 607.05 },
      { reject: 'trailing-bytes' },
    ]);
  });

  it.each([
    ['a multiplier of 0', '0000 0000 02'],
    ['a precision of 200', '0000 0001 c8'],
  ])('with %s makes no price, and its topic is not known after that', (_case, scale) => {
    const reader = afterSnapshots();
    const bad = DATA.shortUpdate.replace('0001 55', '0001 53');
    expect(tell(reader, bad)).toMatchObject([{ kind: 'error' }]);
    const snapshot = DATA.snapshot.replace('0000 0001 02 06', `${scale} 06`);
    expect(recordsOf(reader, bytesOf(snapshot))).toContainEqual(expect.objectContaining({ reject: 'bad-scale' }));
    expect(recordsOf(reader, bytesOf(DATA.shortUpdate))).toContainEqual(
      expect.objectContaining({ reject: 'unknown-topic' }),
    );
  });

  it('with more values than are known is read as far as they are', () => {
    const values = 'ff'.padEnd(2) + '0000ed21'.repeat(255);
    expect(read(`0000 06 00000005 0001 55 0007 ${values}`)[0]).toMatchObject({
      symbol: 'NSE:NIFTY50-INDEX',
      ltp: 607.05,
    });
  });

  it('counts a quantity that went over half of its range on, not as negative', () => {
    expect(read('0000 06 00000005 0001 55 0201 02 0000ed21 ffffffff')).toMatchObject([
      { vol_traded_today: 4_294_967_295 },
    ]);
  });

  it('with a topic number used anew is about the new topic', () => {
    const reader = afterSnapshots();
    recordsOf(reader, bytesOf(DATA.index.replace('0007', '0201')));
    expect(tell(reader, '0000 06 00000005 0001 55 0201 01 0027f5bb')).toMatchObject([
      { symbol: 'NSE:NIFTY50-INDEX', ltp: 26_188.11 },
    ]);
  });
});

describeDamage('fyers', () => {
  const keys = new Map<string, InstrumentKey>([
    ['sf|nse_cm|3045', 'NSE:SBIN' as InstrumentKey],
    ['if|nse_cm|Nifty 50', 'NSE:NIFTY 50' as InstrumentKey],
    ['dp|nse_cm|3045', 'NSE:SBIN' as InstrumentKey],
  ]);
  const desk = createTickDesk({ keys, mode: 'full' });
  const notes = new FeedNotes(10);
  let reader = afterSnapshots();
  let count = 0;
  const readBytes = (frame: Uint8Array): boolean => {
    count += 1;
    // A damaged answer may have taken its topics from it.
    if (count % 1_000 === 0) reader = afterSnapshots();
    reader.read(frame, (event) => {
      if (event.type === 'topic') desk.take(event, receivedAt);
    });
    notes.forget();
    notes.rejects.length = 0;
    notes.pictures.length = 0;
    desk.flush(notes);
    for (const { ltp, time, dayVolume = 0, book } of [...notes.recent, ...notes.pictures]) {
      const isPrice = ltp > 0 && Number.isFinite(ltp) && dayVolume >= 0;
      const isTime = Number.isInteger(time) && time > 0 && time <= receivedAt + 86_400_000;
      const isBook = [...(book?.bids ?? []), ...(book?.asks ?? [])].every(
        ({ price, quantity }) => price > 0 && quantity >= 0,
      );
      if (!isPrice || !isTime || !isBook)
        throw new Error(`a tick that cannot be: ${JSON.stringify({ ltp, time, dayVolume })}`);
    }
    return notes.recent.length + notes.pictures.length > 0;
  };
  return {
    frames: [...ALL_ANSWERS, ORDER],
    read(frame) {
      if (typeof frame !== 'string') return readBytes(frame);
      parseTextMessage(frame);
      parseOrderMessage(frame, () => undefined, receivedAt);
      return false;
    },
  };
});
