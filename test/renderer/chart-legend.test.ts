import { describe, expect, it } from 'vitest';
import { chartSummary } from '../../src/renderer/src/features/chart/chart-summary.ts';
import { legendReading } from '../../src/renderer/src/features/chart/legend-reading.ts';
import { priceStyleOf } from '../../src/renderer/src/format/price-style.ts';
import { bar, INFY } from './chart-table.ts';

const source = {
  bars: [bar(0, 1_400), bar(1, 1_412.5, { open: 1_401, high: 1_414, low: 1_399.95, volume: 124_000 }), bar(2, 1_405)],
  fast: [undefined, 1_406.254, 1_405.6],
  slow: [undefined, undefined, 1_404],
  rsi: [undefined, 58.34, undefined],
  style: priceStyleOf(undefined),
};

describe('the legend', () => {
  it('reads one bar, with its change from the one before', () => {
    expect(legendReading(source, 1)).toEqual({
      open: '1,401.00',
      high: '1,414.00',
      low: '1,399.95',
      close: '1,412.50',
      change: '+12.50 (+0.89%)',
      direction: 'up',
      volume: '1.24 L',
      fast: '1,406.25',
      slow: '–',
      rsi: '58.3',
      auction: undefined,
    });
  });

  it('says down in figures too, with a true minus sign', () => {
    expect(legendReading(source, 2)).toMatchObject({ change: '\u22127.50 (\u22120.53%)', direction: 'down', rsi: '–' });
  });

  it('counts the first bar from its own open', () => {
    expect(legendReading(source, 0)).toMatchObject({ change: '0.00 (0.00%)', direction: 'flat' });
  });

  it('shows no volume where there is none', () => {
    expect(legendReading({ ...source, bars: [bar(0, 1, { volume: undefined })] }, 0)?.volume).toBe('–');
  });

  it('has nothing to say beside the bars', () => {
    expect(legendReading(source, 3)).toBeUndefined();
    expect(legendReading(source, -1)).toBeUndefined();
  });

  it('is read aloud as one sentence', () => {
    const chart = { instrument: INFY, timeframe: '5m' } as const;
    expect(chartSummary(chart, legendReading(source, 1))).toBe(
      'INFY, 5 minutes: last 1,412.50, +12.50 (+0.89%) from the bar before. RSI 58.3.',
    );
    expect(chartSummary(chart, undefined)).toBe('INFY, 5 minutes: no bars yet.');
  });
});
