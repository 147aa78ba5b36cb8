import { describe, expect, it } from 'vitest';
import type { SettingsPatch } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Tick } from '../../src/core/tick.ts';
import type { PastTrades, TradeSource } from '../../src/main/engine/ports.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { HandVenue } from '../support/hand-venue.ts';
import { INFY } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const NOW = Date.parse('2026-11-20T11:00:02.500+05:30');
const ago = (ms: number): EpochMs => (NOW - ms) as EpochMs;

function trade(since: number, ltp: number, quantity: number): Tick {
  return { instrument: INFY.key, ltp, quantity, time: ago(since), receivedAt: NOW as EpochMs };
}

/** A world whose venue still has these trades; `wholeAgo` is since when it has them all. */
async function worldWith(trades: readonly Tick[], wholeAgo: number, patch: SettingsPatch = {}) {
  const clock = new FakeClock(NOW);
  const venue = new HandVenue([INFY], clock);
  const asked: { readonly from: EpochMs; readonly to: EpochMs }[] = [];
  const source: TradeSource = {
    async trades({ from, to }): Promise<PastTrades> {
      asked.push({ from, to });
      return { trades, from, to, wholeFrom: ago(wholeAgo), isComplete: ago(wholeAgo) <= from };
    },
  };
  const store = openStore(':memory:');
  const opened = openWorld({ ...venue.session, trades: source }, clock, patch, store);
  await opened.world.start();
  await settle();
  clock.advance(500);
  const bars = (timeframe: '1s' | '5s') => store.storedCandles(INFY.key, timeframe, ago(7_200_000), NOW as EpochMs);
  const whole = () =>
    store
      .covered(INFY.key, ago(7_200_000), NOW as EpochMs)
      .filter(({ timeframe, provenance }) => timeframe === '5s' && provenance === 'history')
      .map(({ open, close }) => ({ open, close }));
  return { ...opened, bars, whole, asked };
}

describe('trades of before the feed began', () => {
  it('make the short bars that history cannot', async () => {
    const trades = [trade(22_500, 100, 1), trade(21_000, 103, 2), trade(16_000, 101, 4), trade(12_000, 99, 8)];
    const { bars, asked } = await worldWith(trades, 60_000);
    expect(asked).toEqual([{ from: ago(3_600_000), to: NOW }]);
    const at = (since: number): number => Math.floor(ago(since) / 5_000) * 5_000;
    expect(
      bars('5s').map(({ candle, provenance }) => [candle.openTime, provenance, candle.close, candle.volume]),
    ).toEqual([
      [at(22_500), 'history', 103, 3],
      [at(16_000), 'history', 101, 4],
      [at(12_000), 'history', 99, 8],
    ]);
    expect(bars('1s')).toEqual([]);
  });

  it('make bars of seconds where those are kept', async () => {
    const { bars } = await worldWith([trade(22_500, 100, 1), trade(22_400, 102, 1)], 60_000, {
      recording: { seconds: true },
    });
    expect(bars('1s').map(({ candle }) => [candle.open, candle.high, candle.volume])).toEqual([[100, 102, 2]]);
  });

  it('say nothing of what the venue does not tell whole', async () => {
    const { bars, whole } = await worldWith([trade(300_000, 90, 1), trade(12_000, 99, 8)], 30_000);
    expect(bars('5s').map(({ candle }) => candle.close)).toEqual([99]);
    expect(whole()).toEqual([{ open: ago(27_500), close: ago(2_500) }]);
    const none = await worldWith([], -1_000);
    expect(none.bars('5s')).toEqual([]);
  });

  it('are asked no more after a refusal, and tell of it', async () => {
    const clock = new FakeClock(NOW);
    const venue = new HandVenue([INFY, { ...INFY, key: 'NSE:TCS' as never }], clock);
    let asked = 0;
    const trades: TradeSource = {
      trades: async () => {
        asked += 1;
        throw new AppError('auth-expired', 'Log in.');
      },
    };
    const { world, troubles } = openWorld({ ...venue.session, trades }, clock);
    await world.start();
    await settle();
    expect([asked, troubles.map(({ message }) => message)]).toEqual([1, ['Log in.']]);
  });
});
