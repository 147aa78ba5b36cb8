import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS } from '../../../src/core/brand.ts';
import { ROUND_THE_CLOCK } from '../../../src/core/calendar.ts';
import type { Candle } from '../../../src/core/candle.ts';
import { type FormingBar, foldPiece } from '../../../src/core/candle-builder.ts';
import type { Tick } from '../../../src/core/tick.ts';
import { MinuteTicks } from '../../../src/main/brokers/fcs/minute-ticks.ts';
import type { FcsBar } from '../../../src/main/brokers/fcs/read-fields.ts';
import type { CandleMessage } from '../../../src/main/brokers/fcs/running-candles.ts';
import { readTimeframe } from '../../../src/main/brokers/fcs/timeframes.ts';
import { key } from './open-context.ts';

const BTC = key('BINANCE:BTCUSDT');
const START = Date.parse('2026-11-21T12:00:00Z');
const minute = readTimeframe('1');
if (minute === undefined) throw new Error('FCS has minutes');
const place = { symbol: BTC, timeframe: minute };

/** One trade of a made-up market, and what becomes of the frame that tells of it. */
const step = fc.record({
  price: fc.integer({ min: 90, max: 110 }),
  quantity: fc.integer({ min: 0, max: 50 }),
  /** Time to the next trade. */
  waitMs: fc.integer({ min: 10, max: 40_000 }),
  fate: fc.constantFrom('told', 'told', 'told', 'lost', 'twice', 'reconnect', 'askbid'),
  /** What our clock is off by, and how long the frame is on the way. */
  lagMs: fc.integer({ min: -3_000, max: 3_000 }),
});

/**
 * The market's own minutes, and the frames that FCS would tell of them. The first trade is told at once, so that nothing is
 * taken for a picture from before we came; the last frame of each minute arrives.
 */
function play(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) {
  const frames: { readonly message: CandleMessage | 'joined'; readonly now: EpochMs }[] = [];
  const bars = new Map<number, FcsBar>();
  let clock = START;
  let untold: FcsBar | undefined;
  const tell = (bar: FcsBar, now: number, kind: 'candle' | 'initial' = 'candle'): void => {
    const message: CandleMessage =
      kind === 'initial'
        ? { kind, ...place, bar: { ...bar, volume: undefined } }
        : { kind, ...place, bar, bid: undefined, ask: undefined };
    frames.push({ message, now: now as EpochMs });
  };
  for (const [index, { price, quantity, waitMs, lagMs, ...rest }] of steps.entries()) {
    const fate = index === 0 ? 'told' : rest.fate;
    const openTime = (Math.floor(clock / MINUTE_MS) * MINUTE_MS) as EpochMs;
    if (untold !== undefined && untold.openTime < openTime) {
      tell(untold, clock);
      untold = undefined;
    }
    const { open, high, low, volume = 0 } = bars.get(openTime) ?? { open: price, high: price, low: price };
    const bar = {
      openTime,
      open,
      high: Math.max(high, price),
      low: Math.min(low, price),
      close: price,
      volume: volume + quantity,
    };
    bars.set(openTime, bar);
    const now = clock + lagMs;
    if (fate === 'reconnect') frames.push({ message: 'joined', now: now as EpochMs });
    if (fate === 'reconnect') tell(bar, now, 'initial');
    if (fate === 'told' || fate === 'twice') tell(bar, now);
    if (fate === 'twice') tell(bar, now + 5);
    if (fate === 'askbid')
      frames.push({
        message: { kind: 'askbid', ...place, time: clock as EpochMs, openTime, close: price, bid: price, ask: price },
        now: now as EpochMs,
      });
    untold = fate === 'told' || fate === 'twice' ? undefined : bar;
    clock += waitMs;
  }
  if (untold !== undefined) tell(untold, clock);
  return { frames, bars };
}

function barsOf(ticks: readonly Tick[]): ReadonlyMap<number, Candle> {
  const kind = { instrument: BTC, timeframe: '1m', calendar: ROUND_THE_CLOCK } as const;
  const bars = new Map<number, FormingBar>();
  for (const { ltp, time, quantity } of ticks) {
    const openTime = Math.floor(time / MINUTE_MS) * MINUTE_MS;
    const piece = { time, open: ltp, high: ltp, low: ltp, close: ltp, volume: quantity };
    const result = foldPiece(bars.get(openTime), piece, kind);
    if (result.kind !== 'updated') throw new Error(`a tick outside its minute: ${result.kind}`);
    bars.set(openTime, result.forming);
  }
  return new Map([...bars].map(([time, { candle }]) => [time, candle]));
}

describe('bars of one minute made of FCS’s ticks', () => {
  it('are the venue’s own, whatever frames are lost, doubled or late', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const { frames, bars } = play(steps);
        const maker = new MinuteTicks(BTC);
        const ticks: Tick[] = [];
        for (const { message, now } of frames) {
          if (message === 'joined') maker.joined();
          else ticks.push(...maker.take(message, now).ticks);
        }
        const made = barsOf(ticks);
        for (const [openTime, { open, high, low, close, volume }] of bars) {
          compared += 1;
          expect(made.get(openTime), new Date(openTime).toISOString()).toMatchObject({
            open,
            high,
            low,
            close,
            volume,
          });
        }
        expect(made.size).toBe(bars.size);
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });
});
