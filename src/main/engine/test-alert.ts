import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';

/** An alert to try things out with: of no rule, and never stored. */
export function testAlert(now: EpochMs): Alert {
  return {
    id: `test ${now}`,
    raisedAt: now,
    signal: {
      instrument: 'NSE:TEST' as InstrumentKey,
      timeframe: '5m',
      rule: 'test',
      side: 'buy',
      barTime: now,
      price: 100,
      values: {},
    },
    text: 'This is a test alert. Real ones look and sound like this.',
    read: false,
    late: false,
    inputs: 'whole',
  };
}
