import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import type { Clause } from '../../../src/core/scanner/finding.ts';
import { signalOf } from '../../../src/core/scanner/finding-signal.ts';
import { ScanLane } from '../../../src/core/scanner/scan-lane.ts';
import { ist } from '../../support/ist.ts';
import { compiled } from './sample-rule.ts';
import { contextOf, tape, tapeLane } from './tape-lane.ts';

/** What the clauses of a sentence are after these closes. */
function clausesOf(buy: string, closes: readonly number[]): readonly Clause[] {
  const lane = tapeLane({ buy });
  for (const bar of tape(closes)) lane.close(bar);
  return lane.judgements()[0]?.clauses ?? [];
}

const distanceOf = (buy: string, closes: readonly number[]) => clausesOf(buy, closes)[0]?.distance;

describe('the judgement of the newest bar', () => {
  it('is there for each side of each rule, once there is a bar', () => {
    const rules = [
      compiled({ id: 'one', buy: 'close > 1', sell: 'close < 1' }),
      compiled({ id: 'two', sell: 'close > 5' }),
    ];
    const lane = new ScanLane(rules, '15m', contextOf());
    expect(lane.judgements()).toEqual([]);
    for (const bar of tape([3])) lane.close(bar);
    expect(lane.judgements().map(({ rule, side, truth }) => [rule.id, side, truth])).toEqual([
      ['one', 'buy', true],
      ['one', 'sell', false],
      ['two', 'sell', false],
    ]);
  });

  it('has the parts of the topmost and as clauses, each with its operands', () => {
    const clauses = clausesOf('close > 2 and (volume > 50 or close[1] > 1) and sma(3) > 1', [1, 3]);
    expect(clauses.map(({ text, truth }) => [text, truth])).toEqual([
      ['close > 2', true],
      ['volume > 50 or close[1] > 1', false],
      ['sma(3) > 1', undefined],
    ]);
    expect(clauses.map(({ operands }) => operands.map(({ text, now, before }) => [text, now, before]))).toEqual([
      [['close', 3, 1]],
      [
        ['volume', 10, 10],
        ['close[1]', 1, undefined],
      ],
      [['sma(3)', undefined, undefined]],
    ]);
  });

  it('names each operand once, whole', () => {
    const [clause] = clausesOf('close > 2 * sma(close - open, 2)[1] + abs(close) - close', [1, 2]);
    expect(clause?.operands.map(({ text }) => text)).toEqual(['close', 'sma(close - open, 2)[1]', 'abs(close)']);
  });

  it('tells the trend too where a supertrend turns', () => {
    const [clause] = clausesOf('supertrend(2, 1) turning up', [1, 2]);
    expect(clause?.operands.length).toBe(2);
    expect(clause?.operands[1]?.text).toContain('direction');
  });
});

describe('the distance of a clause', () => {
  it.each([
    ['close > 4', [5], 0],
    ['close > 10', [8], 0.2],
    ['close < 8', [10], 0.2],
    ['close - 10 > 10', [8], 12 / 10],
    ['close - close > 0', [8], 0],
    // The gap now, whichever way it was crossed before.
    ['close crosses above 10', [7, 8], 0.2],
    ['close crosses above 10', [7, 11], 0],
    ['close crosses above 10', [12, 12.5], 0.2],
    ['close between 10 and 20', [8], 0.2],
    ['close between 10 and 20', [25], 0.2],
    ['close > 10 or close < 4', [8], 0.2],
    ['close > 100 or close < 4', [5], 0.2],
    ['(close > 10 and close > 16) or close > 80', [8], 0.5],
    ['not close > 4', [5], undefined],
    ['not close > 4', [3], 0],
    ['time before 09:00', [5], undefined],
    ['sma(5) > 4', [5], undefined],
    ['close rising', [5, 4], undefined],
    ['sma(5) > 4 or close > 10', [8], undefined],
  ] as const)('%s after closes of %j', (text, closes, expected) => {
    const distance = distanceOf(text, closes);
    if (expected === undefined) expect(distance).toBeUndefined();
    else expect(distance).toBeCloseTo(expected, 12);
  });
});

describe('a finding', () => {
  const lane = tapeLane({ id: 'mine', buy: 'close > 10 and sma(3) > 1' });
  const bars = tape([1, 2, 3, 12]);
  const [finding] = bars.flatMap((bar) => lane.close(bar));

  it('says what fired, where and why', () => {
    expect(finding).toMatchObject({ side: 'buy', barTime: ist('2026-11-18 10:00'), price: 12 });
    expect(finding?.text).toContain('12');
    expect(finding?.operands).toEqual([
      {
        text: 'close',
        now: 12,
        before: 3,
        isSettled: true,
        timeframe: '15m',
        barTime: ist('2026-11-18 10:00'),
      },
      { text: 'sma(3)', now: 17 / 3, before: 2, isSettled: true, timeframe: '15m', barTime: ist('2026-11-18 10:00') },
    ]);
  });

  it('becomes a signal whose values are the operands that are known', () => {
    if (finding === undefined) throw new Error('nothing was found');
    const [close, average] = finding.operands;
    if (close === undefined || average === undefined) throw new Error('operands are missing');
    const partly = { ...finding, operands: [close, { ...average, now: undefined }] };
    const key = 'NSE:INFY' as InstrumentKey;
    expect(signalOf(partly, key, '15m')).toEqual({
      instrument: key,
      timeframe: '15m',
      rule: 'mine',
      side: 'buy',
      barTime: ist('2026-11-18 10:00') as EpochMs,
      price: 12,
      values: { close: 12 },
    });
    expect(Object.keys(signalOf(finding, key, '15m').values)).toEqual(['close', 'sma(3)']);
  });

  it.each([
    ['close > 0', 'tttttt'],
    ['sma(3) > 0', 'fftttt'],
    ['sma(3)[2] > 0', 'fffftt'],
    ['sma(sma(2), 3) > 0', 'fffttt'],
    // Bars of 30 minutes close with every second one.
    ['sma(2, 30m) > 0', 'fffttt'],
    ['sma(sma(1, 30m), 5) > 0', 'fffftt'],
    ['previous day close > 0', 'ffffff'],
  ])('says from which bar on %s is settled', (buy, expected) => {
    const young = tapeLane({ buy });
    const settled = tape([1, 2, 3, 4, 5, 6]).map((bar) => {
      young.close(bar);
      return young.judgements()[0]?.clauses[0]?.operands[0]?.isSettled;
    });
    expect(settled.map((isSettled) => (isSettled ? 't' : 'f')).join('')).toBe(expected);
  });
});
