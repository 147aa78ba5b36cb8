import { strict as assert } from 'node:assert';
import type { TradingDate } from '../../src/core/brand.ts';
import { addDays } from '../../src/core/calendar-date.ts';
import { type CandleColumns, createColumns } from '../../src/core/candle-columns.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import { INTRADAY_MS } from '../../src/core/timeframe.ts';
import { nse } from '../support/nse.ts';
import type { Entry, Part } from './part.ts';
import { walk } from './prices.ts';

const BARS = 1_000_000;
const FROM = '2025-06-02' as TradingDate;
const LENGTH = INTRADAY_MS['5m'];
const CALENDAR = nse('nse-cash');

interface PlainBar {
  readonly time: number;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** Five-second bars of one session after another, every one of them. */
function fiveSecondBars(): CandleColumns {
  const columns = createColumns(BARS);
  const closes = walk(BARS);
  let row = 0;
  for (let date = FROM; row < BARS; date = addDays(date, 1)) {
    const session = CALENDAR.session(date);
    if (session === undefined) continue;
    for (let time: number = session.open; time < session.close && row < BARS; time += INTRADAY_MS['5s']) {
      const close = closes[row] ?? 0;
      const open = closes[row - 1] ?? close;
      columns.openTime[row] = time;
      columns.open[row] = open;
      columns.high[row] = Math.max(open, close) + 0.05;
      columns.low[row] = Math.min(open, close) - 0.05;
      columns.close[row] = close;
      columns.volume[row] = 100 + (row % 900);
      row += 1;
    }
  }
  return columns;
}

function objectsOf({ openTime, open, high, low, close, volume }: CandleColumns): readonly PlainBar[] {
  return Array.from(openTime, (time, row) => ({
    time,
    open: open[row] ?? 0,
    high: high[row] ?? 0,
    low: low[row] ?? 0,
    close: close[row] ?? 0,
    volume: volume[row] ?? 0,
  }));
}

/** The usual way: a bar a bucket in an object, then its values in order. */
function groupBars(bars: readonly PlainBar[]): readonly PlainBar[] {
  const buckets: Record<number, PlainBar> = {};
  for (const { time, open, high, low, close, volume } of bars) {
    const bucket = Math.floor(time / LENGTH) * LENGTH;
    const group = buckets[bucket];
    if (group === undefined) {
      buckets[bucket] = { time: bucket, open, high, low, close, volume };
    } else {
      group.high = Math.max(group.high, high);
      group.low = Math.min(group.low, low);
      group.close = close;
      group.volume += volume;
    }
  }
  return Object.values(buckets).sort((a, b) => a.time - b.time);
}

/** The same with a list of bars a bucket, put together afterwards. */
function groupLists(bars: readonly PlainBar[]): readonly PlainBar[] {
  const buckets: Record<number, PlainBar[]> = {};
  for (const bar of bars) {
    const bucket = Math.floor(bar.time / LENGTH) * LENGTH;
    buckets[bucket] ??= [];
    buckets[bucket].push(bar);
  }
  return Object.entries(buckets)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([bucket, group]) => ({
      time: Number(bucket),
      open: group[0]?.open ?? 0,
      high: Math.max(...group.map((bar) => bar.high)),
      low: Math.min(...group.map((bar) => bar.low)),
      close: group.at(-1)?.close ?? 0,
      volume: group.reduce((sum, bar) => sum + bar.volume, 0),
    }));
}

function ours(): Entry {
  const prepare: Entry['prepare'] = () => {
    const columns = fiveSecondBars();
    return { operations: BARS, run: () => resampleColumns(columns, '5m', CALENDAR) };
  };
  return { name: 'tickscope', prepare };
}

function grouping(name: string, group: (bars: readonly PlainBar[]) => readonly PlainBar[]): Entry {
  const prepare: Entry['prepare'] = () => {
    const bars = objectsOf(fiveSecondBars());
    return { operations: BARS, run: () => group(bars) };
  };
  return { name, prepare };
}

export const resample: Part = {
  name: 'resample',
  check() {
    const columns = fiveSecondBars();
    const bars = objectsOf(columns);
    const expected = objectsOf(resampleColumns(columns, '5m', CALENDAR));
    assert.deepStrictEqual(groupBars(bars), expected);
    assert.deepStrictEqual(groupLists(bars), expected);
  },
  jobs: [
    {
      title: 'a million five-second bars into 5m',
      unit: 'bars',
      entries: [
        ours(),
        grouping('an object of bars keyed by bucket', groupBars),
        grouping('an object of lists keyed by bucket', groupLists),
      ],
      reference: 'object of bars 20M, of lists 9M, one pass over typed arrays 173M (8.4x and 17-21x)',
    },
  ],
};
