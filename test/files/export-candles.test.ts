import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { barAt } from '../../src/core/bar-time.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { columnsOf } from '../../src/core/candle-columns.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { type ExportPart, exportCandles } from '../../src/main/files/export-candles.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const calendar = nse();
const LATER = ist('2026-12-01 00:00');

/** Every bar of the days from `first` to `last`. */
function barsOf(first: string, last: string, timeframe: Timeframe): Candle[] {
  const bars: Candle[] = [];
  for (let time: number = ist(`${first} 00:00`); time < ist(`${last} 23:59`); time += 60_000) {
    const bar = barAt(time as EpochMs, timeframe, calendar);
    if (bar?.openTime === time) bars.push(candle(bar.openTime, timeframe));
  }
  return bars;
}

function candle(openTime: EpochMs, timeframe: Timeframe): Candle {
  return {
    instrument: 'NSE:INFY' as InstrumentKey,
    timeframe,
    openTime,
    open: 1,
    high: 2,
    low: 1,
    close: 2,
    volume: 3,
  };
}

interface Asked {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Exports `bars`, and tells what was asked for on the way. */
async function exported(bars: readonly Candle[], dates: Partial<ExportPart> = {}, now = LATER) {
  const asked: Asked[] = [];
  const part: ExportPart = {
    instrument: 'NSE:INFY' as InstrumentKey,
    timeframe: bars[0]?.timeframe ?? '1m',
    calendar,
    from: day('2026-07-28'),
    to: day('2026-08-07'),
    load(from, to) {
      asked.push({ from, to });
      return columnsOf(bars.filter(({ openTime }) => openTime >= from && openTime < to));
    },
    stored: (from) =>
      bars
        .slice(0, 1)
        .filter(({ openTime }) => openTime >= from)
        .map((each) => ({ candle: each, provenance: 'official', marks: [] })),
    ...dates,
  };
  const path = join(tempFolder(), 'bars.csv');
  const result = await exportCandles({ path, format: 'csv' }, [part], now).catch((thrown: unknown) => {
    expect(existsSync(path), 'nothing is left of an export that failed').toBe(false);
    throw thrown;
  });
  return { ...result, asked, lines: readFileSync(path, 'utf8').split('\n').slice(1, -1) };
}

describe('an export', () => {
  it('asks for days bit by bit, and loses no bar between', async () => {
    const bars = barsOf('2026-07-01', '2026-09-30', '1m').concat();
    const {
      lines,
      asked,
      bars: count,
    } = await exported(bars, {
      from: day('2026-01-01'),
      to: day('2026-12-31'),
    });
    expect(asked.length).toBeGreaterThan(2);
    expect(asked[0]?.from).toBe(ist('2026-01-01 00:00'));
    expect(asked.at(-1)?.to).toBe(ist('2027-01-01 00:00'));
    for (const [row, { from }] of asked.entries()) if (row > 0) expect(from).toBe(asked[row - 1]?.to);
    expect(lines.map((line) => Number(line.split(',')[0]) * 1_000)).toEqual(bars.map(({ openTime }) => openTime));
    expect(count).toBe(bars.length);
  });

  it('holds whole dates, both inclusive', async () => {
    const { lines } = await exported(barsOf('2026-07-28', '2026-08-05', '1h'), {
      from: day('2026-07-30'),
      to: day('2026-07-30'),
    });
    expect(lines).toHaveLength(7);
  });

  it('says which bars were stored and which were made', async () => {
    const { lines } = await exported(barsOf('2026-07-30', '2026-07-30', '4h'));
    expect(lines.map((line) => line.split(',')[6])).toEqual(['official', 'made']);
  });

  it('leaves out the bar that has not closed', async () => {
    const bars = barsOf('2026-07-30', '2026-07-30', '1h');
    expect((await exported(bars, {}, ist('2026-07-30 15:29:59'))).lines).toHaveLength(6);
    expect((await exported(bars, {}, ist('2026-07-30 15:30'))).lines).toHaveLength(7);
  });

  it('takes no week or month by half', async () => {
    const week = candle(ist('2026-07-27 09:15'), '1w');
    const { asked } = await exported([week], { from: day('2026-07-29'), to: day('2026-07-30') });
    expect(asked).toEqual([{ from: ist('2026-07-27 00:00'), to: ist('2026-08-03 00:00') }]);
    const month = candle(ist('2026-07-01 09:15'), '1mo');
    const { asked: months } = await exported([month], { from: day('2026-07-29'), to: day('2026-07-31') });
    expect(months).toEqual([{ from: ist('2026-07-01 00:00'), to: ist('2026-08-01 00:00') }]);
  });

  it('of nothing is no file but a sentence', async () => {
    await expect(exported([])).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('nothing was written'),
    });
  });
});
