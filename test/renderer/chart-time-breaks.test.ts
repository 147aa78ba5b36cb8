import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import type { ChartBar } from '../../src/renderer/src/features/chart/chart-bar.ts';
import { timeBreaks } from '../../src/renderer/src/features/chart/time-breaks.ts';

const at = (text: string): EpochMs => Date.parse(`2026-11-${text}+05:30`) as EpochMs;
const row = (text: string): ChartBar => ({ openTime: at(text), open: 1, high: 1, low: 1, close: 1, volume: 1 });
const auction = (text: string): ChartBar => ({ ...row(text), auction: { kind: 'pre-open', closeTime: at(text) } });
function breaks(timeframe: Timeframe, ...rows: ChartBar[]) {
  return timeBreaks(rows, timeframe, { from: 0, to: rows.length });
}

describe('breaks in time', () => {
  it('are the first rows of days', () => {
    const rows = [row('19T15:10:00'), auction('20T09:00:00'), row('20T09:15:00'), row('20T09:20:00')];
    expect(breaks('5m', ...rows)).toEqual({ days: [at('20T09:00:00')], gaps: [] });
  });

  it('are the bars after a stretch without any', () => {
    const rows = [row('20T09:15:00'), row('20T09:20:00'), row('20T10:00:00'), row('20T10:05:00')];
    expect(breaks('5m', ...rows)).toEqual({ days: [], gaps: [at('20T10:00:00')] });
  });

  it('are not made of the seconds in which nobody traded', () => {
    const rows = [row('20T09:15:00'), row('20T09:15:40'), row('20T09:16:45')];
    expect(breaks('5s', ...rows).gaps, 'a whole minute without').toEqual([at('20T09:16:45')]);
  });

  it('lie not between an auction and the bars beside it', () => {
    const rows = [row('20T15:10:00'), auction('20T15:15:00')];
    expect(breaks('1m', ...rows).gaps).toEqual([]);
    expect(breaks('5m', auction('20T09:00:00'), row('20T09:15:00')).gaps).toEqual([]);
  });

  it('are looked for only in the rows that are drawn, and not among days', () => {
    const rows = [row('18T09:15:00'), row('19T09:15:00'), row('20T09:15:00')];
    expect(timeBreaks(rows, '5m', { from: 2, to: 3 }).days).toEqual([at('20T09:15:00')]);
    expect(breaks('1d', ...rows)).toEqual({ days: [], gaps: [] });
  });
});
