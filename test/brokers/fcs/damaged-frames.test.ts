import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { decodeFcs } from '../../../src/main/brokers/fcs/decode.ts';
import { readEnvelope } from '../../../src/main/brokers/fcs/envelope.ts';
import { readHistoryRows } from '../../../src/main/brokers/fcs/history-rows.ts';
import { readLatestRows } from '../../../src/main/brokers/fcs/latest-rows.ts';
import { createLine } from '../../../src/main/brokers/fcs/line.ts';
import { MinuteTicks } from '../../../src/main/brokers/fcs/minute-ticks.ts';
import { readOptions } from '../../../src/main/brokers/fcs/options.ts';
import type { FcsBar } from '../../../src/main/brokers/fcs/read-fields.ts';
import { readMessage } from '../../../src/main/brokers/fcs/read-message.ts';
import { RunningCandles } from '../../../src/main/brokers/fcs/running-candles.ts';
import { Meter } from '../../../src/main/brokers/transport/meter.ts';
import { damaged, EXTREME_VALUES, numbersFrom } from '../../support/damage.ts';
import { describeDamage } from '../../support/damage-contract.ts';
import { FakeClock } from '../../support/fake-clock.ts';
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
const SYMBOLS = ['BINANCE:BTCUSDT', 'NASDAQ:AAPL', 'FX:EURUSD'];
const ROW = '{"o":"1.1","h":"1.2","l":"1.0","c":"1.1","v":"5","t":1766412000}';
const ANSWERS: readonly string[] = [
  `{"status":true,"code":200,"msg":"ok","response":{"1766412000":${ROW}}}`,
  `{"status":true,"code":200,"msg":"ok","response":[${ROW},[1766412060,1,2,1,2,3]]}`,
  '{"status":true,"response":[{"ticker":"FX:EURUSD","active":{"o":1,"h":2,"l":1,"c":2,"v":3,"t":1766361600,"a":2,"b":1}}]}',
  '{"status":false,"code":101,"msg":"Invalid access_key","response":null}',
];
const NOW = 1_766_412_030_000 as EpochMs;

/** How many damaged answers of REST to try. */
const ANSWERS_TRIED = 20_000;

/** The line as the feed has it, and what the feed makes of its prices; what comes out must be sound. */
function createReader() {
  const clock = new FakeClock(NOW);
  const running = new RunningCandles();
  const minutes = new Map(SYMBOLS.map((symbol) => [symbol, new MinuteTicks(key(symbol))]));
  const line = createLine({
    wsUrl: 'ws://127.0.0.1:1',
    accessKey: 'key-of-somebody',
    options: readOptions({}),
    clock,
    logger: { info() {}, warn() {}, error() {} },
    meter: new Meter('prices', clock),
    tap: undefined,
    isMarketOpen: () => true,
    status: () => undefined,
    heard: () => undefined,
    rejected(reason, detail) {
      if (reason === '' || detail.length > 300) throw new Error(`a reject without measure: ${reason}`);
    },
    joining: () => undefined,
    priced(message) {
      if (message.kind !== 'askbid' && message.bar.openTime > NOW + 86_400_000) return false;
      for (const { bar } of running.take(message)) checkBar(bar);
      const { ticks = [], quotes = [] } = minutes.get(message.symbol)?.take(message, NOW) ?? {};
      for (const { ltp, time, quantity = 0 } of [...ticks, ...quotes])
        if (!(ltp > 0 && Number.isInteger(time) && quantity >= 0 && Number.isFinite(ltp)))
          throw new Error('a tick that cannot be');
      return true;
    },
  });
  line.want(SYMBOLS.flatMap((symbol) => ['1', '5', '1D'].map((timeframe) => ({ symbol, timeframe }))));
  line.link.opened({ send: () => undefined, close: () => undefined, terminate: () => undefined });
  return line.link;
}

function checkBar({ open, high, low, close }: FcsBar): void {
  const isBar = low <= Math.min(open, close) && high >= Math.max(open, close) && low > 0;
  if (!isBar || high === Number.POSITIVE_INFINITY) throw new Error('a bar that cannot be');
}

describeDamage('fcs', () => {
  const link = createReader();
  return { frames: FRAMES, read: (frame) => link.received(frame) };
});

describe('damaged frames of FCS', () => {
  it('are refused wherever they are cut off, each by itself', () => {
    for (const frame of FRAMES)
      for (let end = 0; end < frame.length; end += 1)
        expect(readMessage(frame.slice(0, end)).kind, `${frame} cut at ${end}`).toBe('reject');
  });

  it('of every value in every field come to an end that is known', () => {
    for (const frame of FRAMES)
      for (const { index, 0: whole } of frame.matchAll(/:("[^"]*"|[^,:{}[\]"]+)/g))
        for (const value of EXTREME_VALUES)
          expect(
            typeof createReader().received(`${frame.slice(0, index)}:${value}${frame.slice(index + whole.length)}`),
          ).toBe('boolean');
  });

  it('of REST are refused, row by row', () => {
    const next = numbersFrom(11);
    let readable = 0;
    for (let round = 0; round < ANSWERS_TRIED; round += 1) {
      let body: unknown;
      try {
        body = JSON.parse(String(damaged(ANSWERS[next(ANSWERS.length)] ?? '', ANSWERS, next)));
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
      String(damaged(FRAMES[next(FRAMES.length)] ?? '', FRAMES, next)).replaceAll(/[\r\n]/g, ' '),
    );
    const bytes = new TextEncoder().encode([WELCOME, ...lines].join('\n'));
    const records = [...decodeFcs({ bytes, switches: new Set() })];
    expect(records.length).toBeGreaterThan(1_000);
    expect(records.every((record) => 'kind' in record)).toBe(true);
  });
});
