import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { type CandleColumns, sliceColumns } from '../../src/core/candle-columns.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { readReplayFile } from '../../src/main/brokers/replay/index.ts';
import type { MarketFile } from '../../src/main/brokers/replay/market-file.ts';
import { instrumentOf, keyOfSymbol, type ReplayFile } from '../../src/main/brokers/replay/replay-file.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { onTheWall } from '../support/bar-table.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { sessionOf } from '../support/golden-tape.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { replayWorld } from '../support/replay.ts';
import { settle } from '../support/world.ts';

const MARKET = '../shared/market-data';
const index = nse('nse-index');

/** Recorded stretches of the NIFTY 50, and the days in them whose bars are looked at. */
const RECORDINGS = [
  {
    file: '1m/NIFTY50_2026-07-28_2026-08-11.csv',
    reference: 'NIFTY50_2026-07-30_2026-08-05',
    from: '2026-07-30',
    to: '2026-08-05',
    days: ['2026-07-31', '2026-08-03'],
    timeframes: ['3m', '5m', '10m', '15m', '30m', '1h', '2h'],
  },
  {
    file: '1m/NIFTY50_2024-01-01_2024-04-30.csv',
    reference: 'NIFTY50_2024-02-28_2024-03-07',
    from: '2024-02-28',
    to: '2024-03-07',
    days: ['2024-03-01', '2024-03-02'],
    timeframes: ['3m', '5m', '10m', '15m', '30m', '1h', '2h', '4h', '1d'],
  },
  {
    file: '1m/NIFTY50_2022-08-01_2022-10-31.csv',
    reference: 'NIFTY50_2022-10-20_2022-10-28',
    from: '2022-10-20',
    to: '2022-10-28',
    days: ['2022-10-24', '2022-10-25'],
    timeframes: ['3m', '5m', '10m', '15m', '30m', '1h', '2h', '4h', '1d'],
  },
  {
    file: '1s/NIFTY50_2022-10-25.csv',
    reference: 'NIFTY50s_2022-10-25_gaps',
    from: '2022-10-25',
    to: '2022-10-25',
    days: ['2022-10-25'],
    timeframes: ['5s', '30s', '1m', '5m'],
  },
] as const;

/** The file's rows of these days alone. */
function within({ file, ...rest }: ReplayFile, from: string, to: string): ReplayFile {
  const [first, after] = [ist(`${from}T00:00`), ist(`${to}T23:59`)];
  const cut = (times: Float64Array) => {
    const [start, end] = [times.findIndex((time) => time >= first), times.findIndex((time) => time > after)];
    return [start, end < 0 ? times.length : end] as const;
  };
  if (file.kind === 'bars')
    return { ...rest, file: { ...file, columns: sliceColumns(file.columns, ...cut(file.columns.openTime)) } };
  const [start, end] = cut(file.time);
  const prices: MarketFile = { ...file, time: file.time.slice(start, end), price: file.price.slice(start, end) };
  return { ...rest, file: prices };
}

/** An engine plays the recording; what it keeps is then read as a chart would. */
async function keep(file: ReplayFile) {
  const clock = new FakeClock();
  const { world, store } = replayWorld([file], 0, clock, '5m');
  await world.start();
  let isOver = false;
  void world.finished().then(() => {
    isOver = true;
  });
  for (let step = 0; step < 100_000 && !isOver; step += 1) {
    clock.advance(10);
    await settle();
  }
  expect(isOver, 'the recording comes to its end').toBe(true);
  await world.close();
  const { key } = instrumentOf(keyOfSymbol(file.symbol), []);
  const archive = new Archive(store, () => undefined);
  return (timeframe: Timeframe, date: string) => {
    const { open, close, closingAuction = { close } } = sessionOf(index, date);
    const end = (timeframe === '1d' ? closingAuction : { close }).close;
    return { bars: archive.load(key, timeframe, index, open, end), open, close };
  };
}

/** `time open high low close` of each bar: an index has no volume. */
function rowsOf({ openTime, open, high, low, close }: CandleColumns): readonly string[] {
  return Array.from(openTime, (time, row) => [onTheWall(time), open[row], high[row], low[row], close[row]].join(' '));
}

/** The reference's bars that open in `[from, to)`. */
function referenceRows(name: string, from: EpochMs, to: EpochMs): readonly string[] {
  const lines = readFileSync(`${MARKET}/resample-reference/${name}.csv`, 'utf8').trim().split('\n').slice(1);
  return lines.flatMap((line) => {
    const [seconds = 0, ...prices] = line.split(',').slice(0, 5).map(Number);
    const time = seconds * 1_000;
    return time >= from && time < to ? [[onTheWall(time), ...prices].join(' ')] : [];
  });
}

describe.skipIf(!existsSync(MARKET)).each(RECORDINGS)(
  'an engine that plays $reference (skipped where ../shared is absent)',
  ({ file, reference, from, to, days, timeframes }) => {
    it('keeps the bars of the reference', async () => {
      const load = await keep(within(await readReplayFile(`${MARKET}/${file}`), from, to));
      for (const timeframe of timeframes) {
        for (const date of days) {
          const { bars, open, close } = load(timeframe, date);
          const expected = referenceRows(`${reference}_${timeframe}`, open, close);
          expect(expected.length, `${date} ${timeframe}`).toBeGreaterThan(0);
          expect(rowsOf(bars), `${date} ${timeframe}`).toEqual(expected);
        }
      }
    });
  },
);

describe.skipIf(!existsSync(MARKET))(
  'the first closing auction as it was recorded (skipped where ../shared is absent)',
  () => {
    it('ends continuous trading at 15:15, and the day with the value of the auction', async () => {
      const [{ file }] = RECORDINGS;
      const load = await keep(within(await readReplayFile(`${MARKET}/${file}`), '2026-07-30', '2026-08-05'));
      // The index stood at 24,573.55 from 15:15 on and leapt by 200.75 points at 15:28.
      expect(rowsOf(load('1h', '2026-08-03').bars).at(-1)).toBe(
        '2026-08-03T14:15:00 24594.5 24602.75 24554.2 24573.55',
      );
      expect(rowsOf(load('4h', '2026-08-03').bars).at(-1)).toMatch(/^2026-08-03T13:15:00 .* 24573\.55$/);
      expect(rowsOf(load('1d', '2026-08-03').bars)).toEqual(['2026-08-03T09:15:00 24568 24774.3 24515.5 24774.3']);
    });
  },
);
