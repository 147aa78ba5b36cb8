import type { Ledger, LedgerRow } from '../../src/contract/coverage.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../src/core/brand.ts';

export const FAKE_DAY = '2026-11-20' as TradingDate;

/** A time of day in India on the fake day. */
export function onFakeDay(time: string): EpochMs {
  return Date.parse(`${FAKE_DAY}T${time}:00+05:30`) as EpochMs;
}

export function hole(from: string, to: string): { readonly open: EpochMs; readonly close: EpochMs } {
  return { open: onFakeDay(from), close: onFakeDay(to) };
}

/** A morning of 92 minutes of which nothing is missing, unless told otherwise. */
export function ledgerRow(symbol: string, row: Partial<LedgerRow> = {}): LedgerRow {
  return {
    instrument: `NSE:${symbol}` as InstrumentKey,
    date: FAKE_DAY,
    expected: 92,
    received: 92,
    repaired: 0,
    missing: 0,
    holes: [],
    grade: 'green',
    missingBefore: 0,
    differences: [],
    lateRevisions: 0,
    ...row,
  };
}

/** A morning with something of everything; a day without a session where it is another day's. */
export function fakeLedger(instruments: readonly InstrumentKey[], date: TradingDate = FAKE_DAY): Ledger {
  const countedAt = onFakeDay('10:47');
  if (date !== FAKE_DAY && date !== '2026-11-19') return { date, countedAt, rows: [] };
  const rows = instruments.map((key): LedgerRow => {
    const row = SPOILED[key];
    return { ...(row ?? ledgerRow(key.slice(key.indexOf(':') + 1))), date };
  });
  return { date, countedAt, rows };
}

const SPOILED: Readonly<Record<InstrumentKey, LedgerRow>> = Object.fromEntries(
  [
    ledgerRow('CIPLA', {
      grade: 'red',
      received: 84,
      missing: 8,
      missingBefore: 8,
      holes: [hole('09:20', '09:24'), hole('09:50', '09:52'), hole('10:30', '10:32')],
    }),
    ledgerRow('LT', { grade: 'amber', received: 90, missing: 2, missingBefore: 2, holes: [hole('10:45', '10:47')] }),
    ledgerRow('ITC', {
      grade: 'amber',
      received: 51,
      repaired: 40,
      missing: 1,
      missingBefore: 41,
      holes: [hole('10:46', '10:47')],
    }),
    ledgerRow('RELIANCE', {
      received: 51,
      repaired: 41,
      missingBefore: 41,
      differences: [
        { field: 'close', bars: 12, largest: 0.45 },
        { field: 'volume', bars: 3, largest: 124_000 },
      ],
      lateRevisions: 1,
    }),
  ].map((row) => [row.instrument, row]),
);
