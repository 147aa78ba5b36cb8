import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { reportDifferences } from '../../src/core/difference-report.ts';
import type { BarValues, Revision } from '../../src/core/revision.ts';
import { ist } from '../support/ist.ts';

const VALUES = { open: 100, high: 105, low: 99, close: 104, volume: 1_000 };

function revision(symbol: string, clock: string, after: Partial<BarValues>, fields: Partial<Revision> = {}): Revision {
  return {
    instrument: `NSE:${symbol}` as InstrumentKey,
    timeframe: '1m',
    openTime: ist(`2026-08-03 ${clock}`),
    reason: 'history',
    at: ist('2026-08-03 16:00'),
    before: VALUES,
    after: { ...VALUES, ...after },
    ...fields,
  };
}

describe('the difference report', () => {
  it('tells of each instrument and field how many bars differ, the largest and the mean', () => {
    const report = reportDifferences([
      revision('TCS', '09:15', { close: 103 }),
      revision('INFY', '09:15', { close: 101, volume: 1_100 }),
      revision('INFY', '09:16', { close: 103 }),
      revision('INFY', '09:16', { close: 102 }, { reason: 'official' }),
    ]);
    expect(report.rows).toEqual([
      { instrument: 'NSE:INFY', field: 'close', bars: 2, largest: 3, mean: 2.5 },
      { instrument: 'NSE:INFY', field: 'volume', bars: 1, largest: 100, mean: 100 },
      { instrument: 'NSE:TCS', field: 'close', bars: 1, largest: 1, mean: 1 },
    ]);
    expect(report.bars, 'a bar is one bar, however many of its fields and words').toBe(3);
    expect(report.lateTicks.size).toBe(0);
  });

  it('counts what a person imported as it counts history', () => {
    const report = reportDifferences([
      revision('INFY', '09:15', { close: 103 }),
      revision('INFY', '09:15', { close: 100 }, { reason: 'import' }),
      revision('INFY', '09:16', { close: 102 }, { reason: 'import' }),
    ]);
    expect(report).toMatchObject({ bars: 2, rows: [{ field: 'close', bars: 2, largest: 4, mean: 3 }] });
  });

  it('counts bars that ticks changed late apart', () => {
    const late = { reason: 'late-tick', timeframe: '5s' } as const;
    const report = reportDifferences([
      revision('INFY', '09:15', { high: 106 }, late),
      revision('INFY', '09:15', { high: 107 }, late),
      revision('INFY', '09:15:05', { high: 106 }, late),
    ]);
    expect(report).toMatchObject({ rows: [], bars: 0 });
    expect([...report.lateTicks]).toEqual([['NSE:INFY', 2]]);
  });
});
