import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { Candle } from '../../../src/core/candle.ts';
import type { LaneContext } from '../../../src/core/scanner/lane-context.ts';
import type { ScanLane } from '../../../src/core/scanner/scan-lane.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { ist } from '../../support/ist.ts';
import { barAt, tape, tapeLane } from './tape-lane.ts';

/** What `text` is after each bar. */
function values(
  text: string,
  bars: readonly Candle[],
  context: Partial<LaneContext> = {},
): readonly (number | undefined)[] {
  const lane = tapeLane({ buy: `${text} > 0` }, context);
  return bars.map((bar) => {
    lane.close(bar);
    return reading(lane)?.now;
  });
}

const reading = (lane: ScanLane) => lane.judgements()[0]?.clauses[0]?.operands[0];

/** Answers from these bars, and writes down what was asked. */
function history(bars: Readonly<Partial<Record<Timeframe, readonly Candle[]>>>) {
  const asked: string[] = [];
  const longer: LaneContext['longer'] = (timeframe, from, until) => {
    asked.push(`${timeframe} until ${until}`);
    return (bars[timeframe] ?? []).filter(({ openTime }) => openTime >= from && openTime < until);
  };
  return { asked, longer };
}

const day = (date: string, close: number): Candle =>
  barAt(ist(`${date} 09:15`), close, {
    timeframe: '1d',
    open: close - 1,
    high: close + 2,
    low: close - 3,
    volume: 500,
  });

describe('a longer timeframe within the day', () => {
  it('is known as of its last closed bar, which closes with the bar of the rule that ends it', () => {
    // 09:15 and 09:30 make a bar of 30 minutes, 09:45 and 10:00 the next.
    expect(values('close on 30m', tape([1, 2, 3, 4, 5]))).toEqual([undefined, 2, 2, 4, 4]);
    expect(values('open on 30m', tape([1, 2, 3, 4, 5]))).toEqual([undefined, 1, 1, 3, 3]);
    expect(values('volume on 30m', tape([1, 2, 3, 4, 5]))).toEqual([undefined, 20, 20, 20, 20]);
  });

  it('closes when a later bar comes, where nothing traded in its last part', () => {
    expect(values('close on 30m', tape([1, undefined, 3, undefined, 5]))).toEqual([undefined, 1, 3]);
  });

  it('closes with the session, however short its last bar is', () => {
    // The hours begin at 09:15, so the last one is 15:15 to 15:30.
    expect(values('close on 1h', tape([1, 2, 3, 4, 5], '2026-11-18 14:15'))).toEqual([
      undefined,
      undefined,
      undefined,
      4,
      5,
    ]);
  });

  it('begins with what history tells of the time before the lane, and never with more', () => {
    const before = tape([70, 71], '2026-11-17 15:00').map((bar) => ({ ...bar, timeframe: '30m' as const }));
    const { asked, longer } = history({ '30m': before });
    expect(values('close on 30m', tape([1, 2, 3]), { longer })).toEqual([71, 2, 2]);
    expect(asked).toEqual([`30m until ${ist('2026-11-18 09:15')}`]);
  });

  it('that the lane begins in the middle of is what the lane saw of it', () => {
    const { asked, longer } = history({});
    expect(values('open on 1h', tape([2, 3, 4], '2026-11-18 09:30'), { longer })).toEqual([undefined, undefined, 2]);
    expect(asked).toEqual([`1h until ${ist('2026-11-18 09:15')}`]);
  });

  it('has no volume where one of its bars has none', () => {
    const bars = tape([1, 2, 3, 4]).map((bar, at) => ({ ...bar, volume: at === 1 ? undefined : 7 }));
    expect(values('volume on 30m', bars)).toEqual([undefined, undefined, undefined, 14]);
  });

  it("is in progress only where that is asked for, made of the rule's closed bars", () => {
    expect(values('close on forming 1h', tape([1, 2, 3, 4, 5]))).toEqual([1, 2, 3, 4, 5]);
    expect(values('max(high, 2) on forming 1h', tape([9, 1, 1, 1, 3, 2, 2, 2, 1]))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      9,
      9,
      9,
      9,
      3,
    ]);
    expect(values('volume on forming 1h', tape([1, 2, 3, 4, 5]))).toEqual([10, 20, 30, 40, 10]);
  });

  it('is the plain thing where it is the own one', () => {
    expect(values('close on 15m', tape([1, 2, 3]))).toEqual([1, 2, 3]);
    expect(values('close on forming 15m', tape([1, 2, 3]))).toEqual([1, 2, 3]);
  });

  it('tells the bar it is of', () => {
    const lane = tapeLane({ buy: 'close on 30m > 0' });
    for (const bar of tape([1, 2, 3])) lane.close(bar);
    expect(reading(lane)).toEqual({
      text: 'close on 30m',
      now: 2,
      before: 2,
      isSettled: true,
      timeframe: '30m',
      barTime: ist('2026-11-18 09:15'),
    });
    expect(lane.newestLonger().map(({ timeframe, close }) => [timeframe, close])).toEqual([['30m', 2]]);
  });
});

describe('days, weeks and months', () => {
  const days = { '1d': [day('2026-11-16', 40), day('2026-11-17', 50), day('2026-11-18', 60), day('2026-11-19', 70)] };
  const bars = [...tape([55, 56]), ...tape([65, 66], '2026-11-19 09:15')];

  it('are those that had closed when the date began, and stay so until the next one', () => {
    const { asked, longer } = history(days);
    expect(values('previous day close', bars, { longer })).toEqual([50, 50, 60, 60]);
    expect(asked).toEqual([`1d until ${ist('2026-11-18 09:15')}`, `1d until ${ist('2026-11-19 09:15')}`]);
  });

  it('say what is meant by change and gap', () => {
    const { longer } = history(days);
    expect(values('day change', bars, { longer })).toEqual([10, 12, (100 * 5) / 60, 10]);
    expect(values('gap', bars, { longer })).toEqual([10, 10, (100 * 5) / 60, (100 * 5) / 60]);
    expect(values('day change', bars)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('go on where the days of the week in progress left off, when that is asked for', () => {
    const { longer } = history(days);
    expect(values('high on forming 1w', bars, { longer })).toEqual([55, 56, 65, 66]);
    expect(values('low on forming 1w', bars, { longer })).toEqual([37, 37, 37, 37]);
    expect(values('volume on forming 1w', bars, { longer })).toEqual([1_010, 1_020, 1_510, 1_520]);
    expect(values('open on forming 1mo', bars, { longer })).toEqual([39, 39, 39, 39]);
    expect(values('volume on forming 1d', bars, { longer })).toEqual([10, 20, 10, 20]);
  });

  it('are asked of history once for a bar that is looked at often, and anew when it closes', () => {
    const { asked, longer } = history(days);
    const lane = tapeLane({ buy: 'previous day close > 0' }, { longer });
    const [first] = bars;
    if (first === undefined) throw new Error('no bar');
    for (let look = 0; look < 5; look += 1) lane.preview(first);
    expect(asked.length).toBe(1);
    lane.close(first);
    expect(asked.length).toBe(2);
  });

  it('reach back as far as the rule needs', () => {
    const froms: EpochMs[] = [];
    const longer: LaneContext['longer'] = (_timeframe, from) => {
      froms.push(from);
      return [];
    };
    const lane = tapeLane({ buy: 'close > sma(3, 1d)[1]' }, { longer });
    for (const bar of tape([1])) lane.close(bar);
    // Four days that were over by Wednesday morning; the Saturday and Sunday are none.
    expect(froms).toEqual([ist('2026-11-12 09:15')]);
  });
});

describe('what a day has come to', () => {
  const bars = [...tape([5, 7, 4]), ...tape([6, 6], '2026-11-19 09:15')];

  it.each([
    ['day open', [5, 5, 5, 6, 6]],
    ['day high', [5, 7, 7, 6, 6]],
    ['day low', [5, 5, 4, 6, 6]],
    ['day volume', [10, 20, 30, 10, 20]],
  ])('%s', (text, expected) => {
    expect(values(text, bars)).toEqual(expected);
  });

  it('is unknown of a volume that is unknown of one of its bars', () => {
    const holed = bars.map((bar, at) => (at === 1 ? { ...bar, volume: undefined } : bar));
    expect(values('day volume', holed)).toEqual([10, undefined, undefined, 10, 20]);
  });

  it('of bars of a day is the bar, and the day before is the bar before', () => {
    const lane = tapeLane({ timeframe: '1d', buy: 'previous day high > 0 and day change > 0' });
    for (const bar of [day('2026-11-16', 40), day('2026-11-17', 50)]) lane.close(bar);
    const clauses = lane.judgements()[0]?.clauses ?? [];
    expect(clauses.map(({ operands }) => operands[0]?.now)).toEqual([42, 25]);
  });
});
