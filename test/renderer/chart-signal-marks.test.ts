import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { signalMarks } from '../../src/renderer/src/features/chart/signal-marks.ts';
import { sampleAlert } from '../support/sample-alert.ts';

const RELIANCE = 'NSE:RELIANCE' as InstrumentKey;
const later = (sampleAlert().signal.barTime + 300_000) as EpochMs;

describe('signal marks', () => {
  it('marks the alerts of this chart only, oldest first', () => {
    const alerts = [
      sampleAlert({ barTime: later, side: 'sell' }),
      sampleAlert(),
      sampleAlert({ instrument: 'NSE:INFY' as InstrumentKey }),
      sampleAlert({ timeframe: '15m' }),
    ];
    expect(signalMarks(alerts, new Map(), RELIANCE, '5m')).toEqual([
      { id: alerts[1]?.id, openTime: sampleAlert().signal.barTime, side: 'buy', forming: false },
      { id: alerts[0]?.id, openTime: later, side: 'sell', forming: false },
    ]);
  });

  it('marks what a forming bar would signal, hollow', () => {
    const forming = new Map([[RELIANCE, sampleAlert({ barTime: later }).signal]]);
    expect(signalMarks([], forming, RELIANCE, '5m')).toMatchObject([{ openTime: later, forming: true }]);
    expect(signalMarks([], forming, RELIANCE, '15m'), 'of another timeframe').toEqual([]);
  });

  it('shows an alert, not what it was before it was one', () => {
    const alert = sampleAlert();
    const forming = new Map([[RELIANCE, alert.signal]]);
    expect(signalMarks([alert], forming, RELIANCE, '5m')).toMatchObject([{ id: alert.id, forming: false }]);
  });
});
