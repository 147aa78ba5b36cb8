import { describe, expect, it } from 'vitest';
import type { CandleTable } from '../../src/contract/commands.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { createBarSeries } from '../../src/renderer/src/features/chart/bar-series.ts';
import { type BarSource, followBars } from '../../src/renderer/src/features/chart/follow-bars.ts';
import { bar, INFY, table } from './chart-table.ts';

interface Asked {
  readonly before: EpochMs | null;
  readonly limit: number;
  answer(table: CandleTable): Promise<void>;
  refuse(message: string): Promise<void>;
}

/** What hangs on an answer has run: none of it is more than a few promises deep. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** A source that answers when the test says so, and the log of what the chart was told. */
function followed() {
  const asked: Asked[] = [];
  const announced: unknown[] = [];
  const log: unknown[] = [];
  let onCandle: (candle: Candle, closed: boolean) => void = () => undefined;
  let onRevised: () => void = () => undefined;
  let watching = 0;
  const source: BarSource = {
    load: ({ before, limit }) => {
      const { promise, resolve, reject } = Promise.withResolvers<CandleTable>();
      asked.push({
        before,
        limit,
        answer(answer) {
          resolve(answer);
          return settled();
        },
        refuse(message) {
          reject(new Error(message));
          return settled();
        },
      });
      return promise;
    },
    announce: async (chart) => announced.push(chart),
    watch(_chart, listener) {
      onCandle = listener;
      watching += 1;
      return () => {
        watching -= 1;
      };
    },
    onRevised(_instrument, listener) {
      onRevised = listener;
      watching += 1;
      return () => {
        watching -= 1;
      };
    },
  };
  const series = createBarSeries([]);
  const bars = followBars(source, { instrument: INFY, timeframe: '5m' }, series, {
    loaded: (again) => log.push(again ? 'loaded again' : 'loaded'),
    prepended: (count) => log.push(`prepended ${count}`),
    changed: (from) => log.push(`changed ${from}`),
    corrected: () => log.push('corrected'),
    failed: (message) => log.push(`failed: ${message}`),
  });
  return {
    bars,
    series,
    asked,
    announced,
    log,
    closes: () => series.bars.map(({ close }) => close),
    candle: (candle: Candle, closed: boolean) => onCandle(candle, closed),
    revise: () => onRevised(),
    watching: () => watching,
  };
}

describe('following bars', () => {
  it('announces the chart, loads it and follows it', async () => {
    const { asked, announced, log, candle, closes } = followed();
    expect(announced).toEqual([{ instrument: INFY, timeframe: '5m' }]);
    expect(asked).toMatchObject([{ before: null, limit: 600 }]);
    await asked[0]?.answer(table([1, 2], { forming: bar(2, 3) }));
    candle(bar(2, 4), false);
    expect(log).toEqual(['loaded', 'changed 2']);
    expect(closes()).toEqual([1, 2, 4]);
  });

  it('keeps closed bars that come before the answer, and drops forming ones, which are older than it', async () => {
    const { asked, candle, closes } = followed();
    candle(bar(2, 3), true);
    candle(bar(3, 99), false);
    await asked[0]?.answer(table([1, 2], { forming: bar(2, 2.5) }));
    expect(closes()).toEqual([1, 2, 3]);
  });

  it('asks for older bars once at a time, and stops when there are none', async () => {
    const { bars, asked, log } = followed();
    bars.older();
    expect(asked, 'not before the first answer').toHaveLength(1);
    await asked[0]?.answer(table([3], { first: 2, more: true }));
    bars.older();
    bars.older();
    expect(asked).toHaveLength(2);
    expect(asked[1]?.before).toBe(bar(2, 0).openTime);
    await asked[1]?.answer(table([1, 2]));
    expect(log).toEqual(['loaded', 'prepended 2']);
    bars.older();
    expect(asked, 'the page was the last').toHaveLength(2);
  });

  it('loads again when history was revised, as many bars as it has', async () => {
    const { asked, log, revise, closes } = followed();
    await asked[0]?.answer(table(Array.from({ length: 700 }, (_one, index) => index)));
    revise();
    expect(asked[1]).toMatchObject({ before: null, limit: 700 });
    await asked[1]?.answer(table([7, 8]));
    expect(log).toEqual(['loaded', 'loaded again']);
    expect(closes()).toEqual([7, 8]);
  });

  it('makes one more question of many revisions', async () => {
    const { asked, revise } = followed();
    revise();
    revise();
    revise();
    await asked[0]?.answer(table([1]));
    expect(asked).toHaveLength(2);
    await asked[1]?.answer(table([1]));
    expect(asked).toHaveLength(2);
  });

  it('says why it failed, and tries again when told to', async () => {
    const { bars, asked, log } = followed();
    await asked[0]?.refuse('The database is locked. Close the other Tickscope.');
    expect(log).toEqual(['failed: The database is locked. Close the other Tickscope.']);
    bars.reload();
    await asked[1]?.answer(table([1]));
    expect(log.at(-1)).toBe('loaded');
  });

  it('goes on following when a later question fails', async () => {
    const { asked, log, revise, candle, closes } = followed();
    await asked[0]?.answer(table([1], { forming: bar(1, 2) }));
    revise();
    candle(bar(1, 5), true);
    await asked[1]?.refuse('No.');
    candle(bar(2, 6), false);
    expect(closes(), 'the bar that closed meanwhile is not lost').toEqual([1, 5, 6]);
    expect(log).toContain('failed: No.');
  });

  it('corrects the past without asking', async () => {
    const { asked, log, candle } = followed();
    await asked[0]?.answer(table([1, 2, 3]));
    candle(bar(1, 9), true);
    expect(log).toEqual(['loaded', 'corrected']);
  });

  it('is silent once stopped', async () => {
    const { bars, asked, log, watching } = followed();
    bars.stop();
    await asked[0]?.answer(table([1]));
    expect(log).toEqual([]);
    expect(watching()).toBe(0);
  });
});
