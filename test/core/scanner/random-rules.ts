import fc from 'fast-check';
import type { Rule } from '../../../src/core/rule.ts';
import { SCAN_FUNCTIONS } from '../../../src/core/scanner/catalogue.ts';
import { formatScan } from '../../../src/core/scanner/format.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { scanConditions } from '../../support/scan-arbitraries.ts';
import { sampleRule } from './sample-rule.ts';

/** A Friday to the Friday after; between them a Tuesday without trading. */
const DAYS = ['2026-11-13', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'];
const WEEKS = [
  ...DAYS,
  '2026-11-23',
  '2026-11-25',
  '2026-11-26',
  '2026-11-27',
  '2026-11-30',
  '2026-12-01',
  '2026-12-02',
];

/** Days of which markets are made, and the timeframes that rules on them may ask for. */
export const MARKETS: Readonly<
  Record<'30m' | '2h' | '1d', { readonly dates: readonly string[]; readonly longer: readonly Timeframe[] }>
> = {
  '30m': { dates: DAYS, longer: ['30m', '1h', '2h', '1d', '1w'] },
  '2h': { dates: WEEKS, longer: ['2h', '4h', '1d', '1w', '1mo'] },
  '1d': { dates: WEEKS, longer: ['1d', '1w', '1mo'] },
};

/** Rules whose numbers lie where the made-up prices do. */
export function rulesOn(timeframe: keyof typeof MARKETS, functions = SCAN_FUNCTIONS): fc.Arbitrary<Rule> {
  const text = scanConditions({
    functions,
    timeframes: MARKETS[timeframe].longer,
    maxPeriod: 4,
    maxReach: 4,
    depth: 2,
    literals: fc.oneof(
      fc.integer({ min: 45, max: 60 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 100 }),
    ),
    symbols: fc.constantFrom('INFY', 'TCS'),
    sectors: fc.constantFrom('it', 'Banks'),
  }).map(formatScan);
  const maybe = fc.option(text, { nil: null });
  return fc
    .record({
      buy: text,
      sell: maybe,
      arithmetic: fc.constantFrom('trading-view', 'ta-lib'),
      rearm: fc.oneof(
        fc.record({ kind: fc.constant('bars' as const), bars: fc.integer({ min: 1, max: 4 }) }),
        fc.record({ kind: fc.constant('condition' as const), buy: maybe, sell: maybe }),
      ),
      cooldownMinutes: fc.constantFrom(0, 0, 45, 120),
      onlyNew: fc.nat(4).map((n) => n === 0),
      activeHours: fc.constantFrom(null, null, { from: '10:00', to: '14:15' }),
      expiresOn: fc.constantFrom(null, null, '2026-11-19' as NonNullable<Rule['expiresOn']>),
    })
    .map((fields) => sampleRule({ ...fields, timeframe }));
}
