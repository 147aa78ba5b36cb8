import type { Alert } from '../../src/core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { type Signal, signalId } from '../../src/core/signal.ts';

/** A buy of RELIANCE at 10:45 IST on 2026-11-20, unless told otherwise. */
export function sampleAlert(signal: Partial<Signal> = {}, alert: Partial<Alert> = {}): Alert {
  const whole: Signal = {
    instrument: 'NSE:RELIANCE' as InstrumentKey,
    timeframe: '5m',
    rule: 'ema-cross',
    side: 'buy',
    barTime: Date.UTC(2026, 10, 20, 5, 10) as EpochMs,
    price: 1_412.3,
    values: { 'ema(9)': 1_411.2, 'ema(21)': 1_410.9, 'rsi(14)': 58.3 },
    ...signal,
  };
  return {
    id: signalId(whole),
    raisedAt: Date.UTC(2026, 10, 20, 5, 15) as EpochMs,
    signal: whole,
    text: 'EMA 9 crossed above EMA 21, RSI 58.3',
    read: false,
    late: false,
    inputs: 'whole',
    ...alert,
  };
}
