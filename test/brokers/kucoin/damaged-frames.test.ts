import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { decodeRecording } from '../../../src/main/brokers/kucoin/decode.ts';
import { Market } from '../../../src/main/brokers/kucoin/market.ts';
import { readFrame } from '../../../src/main/brokers/kucoin/read-frame.ts';
import { readSymbols } from '../../../src/main/brokers/kucoin/read-symbols.ts';
import { readToken } from '../../../src/main/brokers/kucoin/token.ts';
import { damaged, numbersFrom } from '../../support/damage.ts';
import { describeDamage } from '../../support/damage-contract.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { key } from './open-context.ts';
import { SAMPLE_ANSWERS, SAMPLE_FRAMES } from './sample-frames.ts';

const NOW = 1_729_842_193_000 as EpochMs;
/** How many damaged answers of REST to try. */
const ANSWERS_TRIED = 20_000;

/** The part of the feed that reads; what it tells must make sense, whatever it hears. */
function listen() {
  const notes = new FeedNotes(100);
  const clock = new FakeClock(NOW);
  const keys = new Map<string, InstrumentKey>([['BTC-USDT', key('BTC-USDT')]]);
  const market = new Market({ clock, sink: notes, keys, serverNow: () => NOW });
  market.watch(new Set(keys.values()), new Set(['/market/candles:BTC-USDT_1min', '/spotMarket/level2Depth5:BTC-USDT']));
  let good = 0;
  const rejected = (reason: string, detail: string): void => {
    if (reason === '' || detail.length > 300) throw new Error(`a reject without measure: ${reason}`);
  };
  return {
    notes,
    market,
    clock,
    hear(text: string): void {
      const frame = readFrame(text);
      if ('reject' in frame || frame.type !== 'message') return;
      if (market.take(frame, rejected)) good += 1;
    },
    get good() {
      return good;
    },
  };
}

/** Every number that was told is one, and every time is near. */
function checkTold(notes: FeedNotes): void {
  for (const { ltp, quantity = 1, bid = 1, ask = 1, time } of [...notes.recent, ...notes.pictures]) {
    const isPrice = [ltp, quantity, bid, ask].every((value) => Number.isFinite(value) && value > 0);
    if (!isPrice || !Number.isInteger(time) || time > NOW + 86_400_000) throw new Error('a tick that cannot be');
  }
  for (const { candle } of notes.candles) {
    const { open, high, low, close } = candle;
    if (!(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)))
      throw new Error('a bar that cannot be');
  }
}

describeDamage('kucoin', () => {
  const listener = listen();
  return {
    frames: SAMPLE_FRAMES,
    read(frame) {
      const { notes } = listener;
      const before = listener.good;
      listener.hear(String(frame));
      checkTold(notes);
      notes.forget();
      for (const list of [notes.pictures, notes.candles, notes.rejects]) list.length = 0;
      if (listener.clock.timers > 50) throw new Error('more than one timer a candle topic');
      return listener.good > before;
    },
  };
});

describe('whatever KuCoin sends', () => {
  it('survives every frame cut off at every byte', () => {
    const listener = listen();
    for (const frame of SAMPLE_FRAMES) {
      listener.hear(frame);
      const bytes = Buffer.from(frame);
      for (let length = 0; length < bytes.length; length += 1) {
        const cut = bytes.subarray(0, length).toString('utf8');
        expect(readFrame(cut), cut).toHaveProperty('reject');
        listener.hear(cut);
      }
    }
    expect(listener.good, 'the whole ones made sense').toBe(6);
  });

  it('survives every answer cut off at every byte, in a recording', () => {
    for (const text of [...SAMPLE_ANSWERS, ...SAMPLE_FRAMES])
      for (let length = 2; length < text.length; length += 1) {
        const wrapped = JSON.stringify({ transport: 'http', frameText: text.slice(0, length) });
        for (const recording of [wrapped, `${text}\n${text.slice(0, length)}`])
          expect([...decodeRecording({ bytes: Buffer.from(recording), switches: new Set() })].length).toBeGreaterThan(
            0,
          );
      }
  });

  it('leaves no timer behind', () => {
    const listener = listen();
    for (const frame of SAMPLE_FRAMES) listener.hear(frame);
    expect(listener.clock.timers).toBeGreaterThan(0);
    listener.market.stop();
    expect(listener.clock.timers).toBe(0);
  });

  it('makes sense of damaged answers, or leaves them', () => {
    const next = numbersFrom(7);
    for (let count = 0; count < ANSWERS_TRIED; count += 1) {
      const text = String(damaged(SAMPLE_ANSWERS[count % SAMPLE_ANSWERS.length] ?? '', SAMPLE_ANSWERS, next));
      for (const record of decodeRecording({
        bytes: Buffer.from(JSON.stringify({ frameText: text, transport: 'http' })),
        switches: new Set(),
      }))
        expect(record).toBeTypeOf('object');
      let body: { readonly data?: unknown } = {};
      try {
        body = Object(JSON.parse(text));
      } catch {
        continue;
      }
      for (const { symbol, priceStep } of readSymbols(body.data).symbols)
        expect([symbol.length > 0, Number(priceStep) > 0]).toEqual([true, true]);
      for (const { endpoint, pingIntervalMs } of readToken(body.data)?.servers ?? [])
        expect([endpoint.startsWith('ws'), pingIntervalMs >= 50]).toEqual([true, true]);
    }
  }, 300_000);
});
