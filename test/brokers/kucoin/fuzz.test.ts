import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { decodeRecording } from '../../../src/main/brokers/kucoin/decode.ts';
import { Market } from '../../../src/main/brokers/kucoin/market.ts';
import { readFrame } from '../../../src/main/brokers/kucoin/read-frame.ts';
import { readSymbols } from '../../../src/main/brokers/kucoin/read-symbols.ts';
import { readToken } from '../../../src/main/brokers/kucoin/token.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { key } from './open-context.ts';
import { SAMPLE_ANSWERS, SAMPLE_FRAMES } from './sample-frames.ts';

const NOW = 1_729_842_193_000 as EpochMs;
const MUTANTS = Number(process.env['TICKSCOPE_FUZZ'] ?? 200_000);

/** The part of the feed that reads; what it tells must make sense, whatever it hears. */
function listen() {
  const notes = new FeedNotes(100);
  const clock = new FakeClock(NOW);
  const keys = new Map<string, InstrumentKey>([['BTC-USDT', key('BTC-USDT')]]);
  const market = new Market({ clock, sink: notes, keys, serverNow: () => NOW });
  market.watch(new Set(keys.values()), new Set(['/market/candles:BTC-USDT_1min', '/spotMarket/level2Depth5:BTC-USDT']));
  let good = 0;
  return {
    notes,
    market,
    clock,
    hear(text: string): void {
      const frame = readFrame(text);
      if ('reject' in frame || frame.type !== 'message') return;
      if (market.take(frame, (reason, detail) => expect([typeof reason, typeof detail]).toEqual(['string', 'string'])))
        good += 1;
      if (notes.pictures.length > 200) notes.pictures.splice(0, 100);
      if (notes.candles.length > 200) notes.candles.splice(0, 100);
    },
    get good() {
      return good;
    },
  };
}

/** Every number that was told is one, and every time is near. */
function checkTold(notes: FeedNotes): void {
  for (const { ltp, quantity = 1, bid = 1, ask = 1, time } of [...notes.recent, ...notes.pictures]) {
    for (const value of [ltp, quantity, bid, ask]) expect(Number.isFinite(value) && value > 0).toBe(true);
    expect(Number.isInteger(time) && time <= NOW + 86_400_000).toBe(true);
  }
  for (const { candle } of notes.candles) {
    expect(candle.low).toBeLessThanOrEqual(Math.min(candle.open, candle.close));
    expect(candle.high).toBeGreaterThanOrEqual(Math.max(candle.open, candle.close));
  }
}

/** The same numbers for every run: xorshift. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const PIECES = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  '-1',
  '0',
  '1e999',
  '""',
  '9'.repeat(40),
  'NaN',
  '\u0000',
  '\\',
  '💥',
  '"__proto__":',
  'true',
];

function mutate(text: string, next: () => number): string {
  const at = Math.floor(next() * text.length);
  const length = Math.floor(next() * 4);
  const piece = PIECES[Math.floor(next() * PIECES.length)] ?? '';
  switch (Math.floor(next() * 4)) {
    case 0:
      return text.slice(0, at) + piece + text.slice(at + length);
    case 1:
      return text.slice(0, at) + String.fromCharCode(Math.floor(next() * 128)) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + text.slice(at + length);
    default:
      return text.replace(/\d+/g, (digits) =>
        next() < 0.3 ? `${Math.floor(next() * 10 ** (digits.length % 15))}` : digits,
      );
  }
}

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

  it(`makes sense of ${MUTANTS} damaged frames, or leaves them`, () => {
    const next = random(20_261_121);
    const listener = listen();
    for (let count = 0; count < MUTANTS; count += 1) {
      const sample = SAMPLE_FRAMES[count % SAMPLE_FRAMES.length] ?? '';
      listener.hear(mutate(next() < 0.3 ? mutate(sample, next) : sample, next));
      if (count % 1_000 === 0) checkTold(listener.notes);
    }
    checkTold(listener.notes);
    expect(listener.good, 'some are still good').toBeGreaterThan(MUTANTS / 100);
    expect(listener.clock.timers, 'one timer a candle topic').toBeLessThan(50);
    listener.market.stop();
    expect(listener.clock.timers).toBe(0);
  }, 300_000);

  it('makes sense of damaged answers, or leaves them', () => {
    const next = random(7);
    for (let count = 0; count < MUTANTS / 10; count += 1) {
      const text = mutate(SAMPLE_ANSWERS[count % SAMPLE_ANSWERS.length] ?? '', next);
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
