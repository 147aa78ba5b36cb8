import { describe, expect, it } from 'vitest';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../src/core/brand.ts';
import { commonStep, timeframeOfStep } from '../../src/core/tell-timeframe.ts';
import { countWholeSessions, toldSpans } from '../../src/core/told-spans.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const cas = nse();
/** Openings from `open` on, `stepMs` apart, while before `close`. */
function opens(open: string, close: string, stepMs = MINUTE_MS): EpochMs[] {
  const times: EpochMs[] = [];
  for (let time: number = ist(open); time < ist(close); time += stepMs) times.push(time as EpochMs);
  return times;
}
const span = (open: string, close: string) => ({ open: ist(open), close: ist(close) });

describe('what bars tell without a gap', () => {
  const whole = opens('2026-07-30 09:15', '2026-07-30 15:30');

  it('is the whole of a day that lacks none, in any order', () => {
    const told = toldSpans(whole.toReversed(), '1m', cas);
    expect(told).toEqual([span('2026-07-30 09:15', '2026-07-30 15:30')]);
    expect(countWholeSessions(told, whole, cas)).toBe(1);
  });

  it('ends where a bar is absent', () => {
    const holed = whole.filter((time) => time !== ist('2026-07-30 12:05'));
    const told = toldSpans(holed, '1m', cas);
    expect(told).toEqual([span('2026-07-30 09:15', '2026-07-30 12:05'), span('2026-07-30 12:06', '2026-07-30 15:30')]);
    expect(countWholeSessions(told, holed, cas)).toBe(0);
  });

  it('reaches to the close with a last bar that is short, and leaves out the pause of a two-part day', () => {
    expect(toldSpans(opens('2026-07-30 09:15', '2026-07-30 15:30', HOUR_MS), '1h', cas)).toEqual([
      span('2026-07-30 09:15', '2026-07-30 15:30'),
    ]);
    const hours = [ist('2024-03-02 09:15'), ist('2024-03-02 11:15'), ist('2024-03-02 12:15')];
    const told = toldSpans(hours, '1h', cas);
    expect(told).toEqual([span('2024-03-02 09:15', '2024-03-02 10:00'), span('2024-03-02 11:30', '2024-03-02 12:30')]);
    expect(countWholeSessions(told, hours, cas)).toBe(1);
  });

  it('is nothing for seconds that make no minute, and for days', () => {
    expect(toldSpans(opens('2026-07-30 09:15', '2026-07-30 09:15:55', 5_000), '5s', cas)).toEqual([]);
    expect(toldSpans([ist('2026-07-30 09:15')], '1d', cas)).toEqual([]);
  });
});

describe('the timeframe of rows', () => {
  const tell = (times: readonly number[]) => {
    const step = commonStep(times);
    return step === undefined ? undefined : timeframeOfStep(step);
  };

  it('is what most neighbours are apart, whatever their order, gaps and copies', () => {
    const minutes = opens('2026-07-30 09:15', '2026-07-30 10:00');
    expect(tell(minutes)).toBe('1m');
    expect(tell([...minutes.toReversed(), ...minutes, Number.NaN, ist('2026-07-30 09:15:20')])).toBe('1m');
    expect(tell(minutes.filter((_time, row) => row % 7 !== 0))).toBe('1m');
  });

  it.each([
    ['two bars a day', ['2026-07-29 09:15', '2026-07-29 13:15', '2026-07-30 09:15', '2026-07-30 13:15'], '4h'],
    ['days with a weekend', ['2026-07-30 09:15', '2026-07-31 09:15', '2026-08-03 09:15', '2026-08-04 09:15'], '1d'],
    ['an evening session after a day', ['2022-10-24 18:15', '2022-10-25 09:15'], '1d'],
    ['weeks', ['2026-07-20 09:15', '2026-07-27 09:15', '2026-08-03 09:15'], '1w'],
    ['months', ['2026-06-01 09:15', '2026-07-01 09:15', '2026-08-03 09:15'], '1mo'],
    ['a length we do not have', ['2026-07-30 09:15', '2026-07-30 09:22'], undefined],
    ['a single bar', ['2026-07-30 09:15'], undefined],
  ])('of %s', (_case, times, timeframe) => {
    expect(tell(times.map(ist))).toBe(timeframe);
  });
});
