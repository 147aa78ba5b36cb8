import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { decodeFcs } from '../../../src/main/brokers/fcs/decode.ts';
import { readEnvelope } from '../../../src/main/brokers/fcs/envelope.ts';
import { readHistoryRows } from '../../../src/main/brokers/fcs/history-rows.ts';
import { readLatestRows } from '../../../src/main/brokers/fcs/latest-rows.ts';
import { MinuteTicks } from '../../../src/main/brokers/fcs/minute-ticks.ts';
import { readMessage } from '../../../src/main/brokers/fcs/read-message.ts';
import { RunningCandles } from '../../../src/main/brokers/fcs/running-candles.ts';
import {
  AAPL_CANDLE,
  BTC_ASKBID,
  BTC_CANDLE,
  BTC_INITIAL,
  BTC_JOINED,
  BTC_PROFILE,
  EURUSD_ROLL,
  WELCOME,
} from './frames.ts';
import { key } from './open-context.ts';

const FRAMES: readonly string[] = [
  WELCOME,
  '{"type":"ping"}',
  '{"type":"error","message":"Invalid access_key"}',
  BTC_JOINED,
  BTC_PROFILE,
  BTC_INITIAL,
  BTC_CANDLE,
  BTC_ASKBID,
  AAPL_CANDLE,
  ...EURUSD_ROLL,
];
const ROW = '{"o":"1.1","h":"1.2","l":"1.0","c":"1.1","v":"5","t":1766412000}';
const ANSWERS: readonly string[] = [
  `{"status":true,"code":200,"msg":"ok","response":{"1766412000":${ROW}}}`,
  `{"status":true,"code":200,"msg":"ok","response":[${ROW},[1766412060,1,2,1,2,3]]}`,
  '{"status":true,"response":[{"ticker":"FX:EURUSD","active":{"o":1,"h":2,"l":1,"c":2,"v":3,"t":1766361600,"a":2,"b":1}}]}',
  '{"status":false,"code":101,"msg":"Invalid access_key","response":null}',
];
const NOW = 1_766_412_030_000 as EpochMs;

/** How many damaged frames to try; a longer search is a matter of patience. */
const ROUNDS = Number(process.env['TICKSCOPE_FUZZ'] ?? 200_000);

/** What stands in for a value. */
const VALUES: readonly string[] = [
  'null',
  'true',
  '""',
  '-1',
  '0',
  '1e308',
  '-1e308',
  '1e999',
  '9007199254740993',
  '0.1e-300',
  '"1e5"',
  '"NaN"',
  '"Infinity"',
  '"0x10"',
  '[]',
  '{}',
  '[[[[]]]]',
  '{"t":{}}',
  '"\\u0000\\ud800"',
  `"${'x'.repeat(300)}"`,
];

/** A generator of numbers that is the same in every run (mulberry32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function damage(text: string, next: (below: number) => number): string {
  const place = next(text.length);
  switch (next(5)) {
    case 0:
      return text.slice(0, place);
    case 1:
      return text.slice(0, place) + String.fromCharCode(next(0x300)) + text.slice(place + 1);
    case 2:
      return text.slice(0, place) + text.slice(next(text.length));
    case 3: {
      const values = [...text.matchAll(/:("[^"]*"|[^,:{}[\]"]+)/g)];
      const value = values[next(Math.max(1, values.length))];
      const [index, length] = [value?.index ?? 0, value?.[0].length ?? 0];
      return `${text.slice(0, index)}:${VALUES[next(VALUES.length)]}${text.slice(index + length)}`;
    }
    default:
      return damage(damage(text, next), next);
  }
}

/** Reads a frame as the feed does; what comes out must be sound. */
function createReader() {
  const running = new RunningCandles();
  const minutes = new Map<string, MinuteTicks>();
  return (text: string): string => {
    const message = readMessage(text);
    if (message.kind !== 'initial' && message.kind !== 'candle' && message.kind !== 'askbid') return message.kind;
    const minute = minutes.get(message.symbol) ?? new MinuteTicks(key(message.symbol));
    // Damaged names are many.
    if (minutes.size < 1_000) minutes.set(message.symbol, minute);
    if (message.kind !== 'askbid' && message.bar.openTime > NOW + 86_400_000) return 'ahead';
    const bars = running.take(message).map(({ bar }) => bar);
    for (const { open, high, low, close } of bars) {
      if (
        !(low <= Math.min(open, close) && high >= Math.max(open, close) && low > 0 && high < Number.POSITIVE_INFINITY)
      )
        throw new Error(`a bar that cannot be, from ${text}`);
    }
    const { ticks, quotes } = minute.take(message, NOW);
    for (const { ltp, time, quantity = 0 } of [...ticks, ...quotes])
      if (!(ltp > 0 && Number.isInteger(time) && quantity >= 0 && Number.isFinite(ltp)))
        throw new Error(`a tick that cannot be, from ${text}`);
    return message.kind;
  };
}

describe('damaged frames of FCS', () => {
  it('are refused wherever they are cut off, each by itself', () => {
    let cuts = 0;
    for (const frame of FRAMES) {
      const read = createReader();
      for (let end = 0; end < frame.length; end += 1) {
        expect(read(frame.slice(0, end)), `${frame} cut at ${end}`).toBe('reject');
        cuts += 1;
      }
      expect(read(frame)).not.toBe('reject');
    }
    expect(cuts).toBeGreaterThan(1_000);
  });

  it('never throw, and never make a price that cannot be', () => {
    const next = numbersFrom(7);
    const read = createReader();
    const seen = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const kind = read(damage(FRAMES[next(FRAMES.length)] ?? '', next));
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    // Some are refused, and some damage does no harm.
    for (const kind of ['reject', 'unknown', 'candle', 'askbid', 'initial', 'joined', 'ahead'])
      expect(seen.get(kind), kind).toBeGreaterThan(0);
  }, 120_000);

  it('of every value in every field come to an end that is known', () => {
    for (const frame of FRAMES)
      for (const { index, 0: whole } of frame.matchAll(/:("[^"]*"|[^,:{}[\]"]+)/g))
        for (const value of VALUES)
          expect(typeof createReader()(`${frame.slice(0, index)}:${value}${frame.slice(index + whole.length)}`)).toBe(
            'string',
          );
  });

  it('of REST are refused, row by row', () => {
    const next = numbersFrom(11);
    let readable = 0;
    for (let round = 0; round < ROUNDS / 10; round += 1) {
      let body: unknown;
      try {
        body = JSON.parse(damage(ANSWERS[next(ANSWERS.length)] ?? '', next));
      } catch {
        continue;
      }
      const envelope = readEnvelope(body);
      if (envelope?.kind !== 'data') continue;
      const bars = [
        ...(readHistoryRows(envelope.response)?.bars ?? []),
        ...(readLatestRows(envelope.response)?.rows ?? []).map(({ bar }) => bar),
      ];
      for (const { open, high, low, close } of bars)
        expect(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)).toBe(true);
      readable += bars.length;
    }
    expect(readable).toBeGreaterThan(0);
  }, 60_000);

  it('decode to records, whatever they are', () => {
    const next = numbersFrom(13);
    const lines = Array.from({ length: 2_000 }, () =>
      damage(FRAMES[next(FRAMES.length)] ?? '', next).replaceAll(/[\r\n]/g, ' '),
    );
    const bytes = new TextEncoder().encode([WELCOME, ...lines].join('\n'));
    const records = [...decodeFcs({ bytes, switches: new Set() })];
    expect(records.length).toBeGreaterThan(1_000);
    expect(records.every((record) => 'kind' in record)).toBe(true);
  });
});
