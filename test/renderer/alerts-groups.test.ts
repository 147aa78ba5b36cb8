import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { barHeading, groupByBar } from '../../src/renderer/src/features/alerts/alert-groups.ts';
import { sampleAlert } from '../support/sample-alert.ts';

const at = (text: string): EpochMs => Date.parse(`${text}+05:30`) as EpochMs;
const NOW = at('2026-11-20T10:47:12');

describe('alerts by bar', () => {
  it('puts a heading above the alerts of each bar', () => {
    const lines = groupByBar(
      [
        sampleAlert({ barTime: at('2026-11-20T10:40:00') }),
        sampleAlert({ barTime: at('2026-11-20T10:40:00'), side: 'sell', rule: 'other' }),
        sampleAlert({ barTime: at('2026-11-20T10:25:00') }),
      ],
      NOW,
    );
    expect(lines.map((line) => (line.kind === 'bar' ? line.text : line.alert.signal.side))).toEqual([
      '10:40 bar',
      'buy',
      'sell',
      '10:25 bar',
      'buy',
    ]);
    expect(new Set(lines.map(({ id }) => id)).size, 'every line has its own id').toBe(lines.length);
  });

  it('sorts what was found late to the bar it belongs to', () => {
    const raisedAt = at('2026-11-20T10:46:00');
    const lines = groupByBar(
      [
        sampleAlert({ barTime: at('2026-11-20T09:30:00') }, { raisedAt, late: true }),
        sampleAlert({ barTime: at('2026-11-20T10:40:00') }, { raisedAt: at('2026-11-20T10:45:00') }),
        sampleAlert({ barTime: at('2026-11-20T09:45:00') }, { raisedAt, late: true }),
      ],
      NOW,
    );
    expect(lines.flatMap((line) => (line.kind === 'bar' ? line.text : []))).toEqual([
      '10:40 bar',
      '09:45 bar',
      '09:30 bar',
    ]);
  });

  it('orders bars of several lengths by when they ended', () => {
    const lines = groupByBar(
      [
        sampleAlert({ barTime: at('2026-11-20T10:30:00') }),
        sampleAlert({ barTime: at('2026-11-20T09:15:00'), timeframe: '2h' }),
      ],
      NOW,
    );
    expect(lines[0]).toMatchObject({ text: '09:15 bar' });
  });

  it('names the day where it is not today', () => {
    expect(barHeading(at('2026-11-20T10:45:05'), '5s', NOW)).toBe('10:45:05 bar');
    expect(barHeading(at('2026-11-19T10:45:00'), '5m', NOW)).toBe('19 Nov · 10:45 bar');
    expect(barHeading(at('2026-11-19T09:15:00'), '1d', NOW)).toBe('19 Nov bar');
  });

  it('is empty where there are none', () => {
    expect(groupByBar([], NOW)).toEqual([]);
  });
});
