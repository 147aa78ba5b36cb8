import type { Alert } from '../../src/core/alert.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Passport } from '../../src/core/passport.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { AlertWrite } from '../../src/main/engine/alert-store-port.ts';
import { sampleAlert } from './sample-alert.ts';

/** A passport that goes with `sampleAlert`; what it says of rule and bars is made up. */
export function samplePassport(alert: Alert = sampleAlert(), other: Partial<Passport> = {}): Passport {
  const { instrument, timeframe, side, barTime, price, values } = alert.signal;
  const barClosed = (barTime + 300_000) as EpochMs;
  return {
    version: 1,
    alert: alert.id,
    instrument,
    segment: 'nse-cas',
    sector: null,
    timeframe,
    side,
    barTime,
    price,
    text: alert.text,
    rule: {
      id: alert.signal.rule,
      name: 'EMA cross',
      buy: 'ema(9) crosses above ema(21) and rsi(14) > 50',
      sell: null,
      timeframe,
      arithmetic: 'trading-view',
      universe: { kind: 'all' },
      policy: '{}',
      hash: 'f'.repeat(64),
    },
    operands: Object.entries(values).map(([text, now]) => {
      return { text, now, before: now - 0.25, isSettled: true, timeframe, barTime };
    }),
    bars: [
      {
        timeframe,
        openTime: barTime,
        open: 1_410,
        high: 1_413.05,
        low: 1_409.9,
        close: price,
        volume: 12_345,
        provenance: 'live',
        marks: ['inferred'],
      },
    ],
    firstBar: (barTime - 200 * 300_000) as EpochMs,
    barCount: 201,
    longer: [],
    actions: [],
    feed: { source: 'kite', label: 'Zerodha', mode: 'streaming', status: 'live' },
    ledger: { inputs: alert.inputs, bar: 'live', late: alert.late },
    times: { exchange: null, received: null, barClosed, judged: barClosed, stored: alert.raisedAt },
    ...other,
  };
}

/** What `EvidenceStore.raise` is given for `sampleAlert`. */
export function sampleWrite(
  signal: Partial<Signal> = {},
  alert: Partial<Alert> = {},
  channels: readonly string[] = [],
): AlertWrite {
  const told = sampleAlert(signal, alert);
  return { signal: told.signal, inputs: told.inputs, alert: told, passport: samplePassport(told), channels };
}
