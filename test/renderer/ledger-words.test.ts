import { describe, expect, it } from 'vitest';
import type { TradingDate } from '../../src/core/brand.ts';
import {
  dateWords,
  dayMissingWords,
  differenceLines,
  emptyLedger,
  gradeCounts,
  holesInShort,
  lateWords,
  missingWords,
  worstFirst,
} from '../../src/renderer/src/features/ledger/ledger-words.ts';
import { FAKE_DAY, hole, ledgerRow, onFakeDay } from './fake-ledger.ts';

const day = (...rows: ReturnType<typeof ledgerRow>[]) => ({ date: FAKE_DAY, countedAt: onFakeDay('10:47'), rows });

describe('the order of the ledger', () => {
  it('begins with the worst: grade, then what is missing, then what was', () => {
    const rows = [
      ledgerRow('GREEN'),
      ledgerRow('REPAIRED', { missingBefore: 9, repaired: 9 }),
      ledgerRow('AMBER2', { grade: 'amber', missing: 2 }),
      ledgerRow('AMBER30', { grade: 'amber', missing: 30 }),
      ledgerRow('RED1', { grade: 'red', missing: 1 }),
    ];
    const order = ['RED1', 'AMBER30', 'AMBER2', 'REPAIRED', 'GREEN'];
    expect(worstFirst(rows).map(({ instrument }) => instrument)).toEqual(order.map((symbol) => `NSE:${symbol}`));
  });

  it('leaves equals as the engine told them, and the engine’s list alone', () => {
    const rows = [ledgerRow('B'), ledgerRow('A'), ledgerRow('C')];
    expect(worstFirst(rows)).toEqual(rows);
    expect(worstFirst(rows)).not.toBe(rows);
  });

  it('counts grades, the best first, also those nobody has', () => {
    expect(gradeCounts([ledgerRow('A'), ledgerRow('B'), ledgerRow('C', { grade: 'red' })])).toEqual([
      ['green', 2],
      ['amber', 0],
      ['red', 1],
    ]);
  });
});

describe('the words of the ledger', () => {
  it('say what was missing before and after repair', () => {
    expect(missingWords({ missing: 0, missingBefore: 41 })).toBe('41 missing, 0 after repair');
    expect(missingWords({ missing: 1, missingBefore: 41 })).toBe('41 missing, 1 after repair');
    expect(missingWords({ missing: 3, missingBefore: 3 })).toBe('3 missing');
    expect(missingWords({ missing: 0, missingBefore: 0 })).toBeUndefined();
  });

  it('sum up a day', () => {
    const rows = [
      ledgerRow('A', { missingBefore: 41, repaired: 41 }),
      ledgerRow('B', { missing: 2, missingBefore: 2 }),
    ];
    expect(dayMissingWords(rows)).toBe('43 minutes were missing, all instruments together. After repair 2 still are.');
    expect(dayMissingWords(rows.slice(0, 1))).toBe('41 minutes were missing. All have been repaired.');
    expect(dayMissingWords(rows.slice(1))).toBe('2 minutes are missing.');
    expect(dayMissingWords([ledgerRow('A', { missing: 1, missingBefore: 1 })])).toBe('1 minute is missing.');
    expect(dayMissingWords([ledgerRow('A')])).toBeUndefined();
  });

  it('name holes by Indian time, the first of many', () => {
    const holes = [hole('11:02', '11:43'), hole('13:10', '13:12'), hole('14:00', '14:01')];
    expect(holesInShort(holes, 2)).toBe('11:02–11:43, 13:10–13:12 and 1 more');
    expect(holesInShort(holes, 3)).toBe('11:02–11:43, 13:10–13:12, 14:00–14:01');
    expect(holesInShort([], 2)).toBe('');
  });

  it('tell differences field by field, prices as prices and quantities as quantities', () => {
    const differences = [
      { field: 'close', bars: 12, largest: 0.45 },
      { field: 'volume', bars: 1, largest: 124_000 },
    ] as const;
    expect(differenceLines({ differences }, 2)).toEqual([
      'close in 12 bars, by up to 0.45',
      'volume in 1 bar, by up to 1.24 L',
    ]);
    expect(lateWords({ lateRevisions: 1 })).toBe('1 bar was changed by late ticks');
    expect(lateWords({ lateRevisions: 2 })).toBe('2 bars were changed by late ticks');
    expect(lateWords({ lateRevisions: 0 })).toBeUndefined();
  });

  it('name a date by its Indian weekday', () => {
    expect(dateWords(FAKE_DAY)).toBe('Fri 20 Nov 2026');
    expect(dateWords('2026-11-08' as TradingDate)).toBe('Sun 8 Nov 2026');
  });

  it('say why there is no table', () => {
    expect(emptyLedger({ ...day(), date: '2026-11-21' as TradingDate })).toBe('No session on Sat 21 Nov 2026.');
    expect(emptyLedger(day(ledgerRow('A', { expected: 0, received: 0 })))).toBe(
      'No minute of this session is over yet.',
    );
    const nothing = { received: 0, missing: 92, missingBefore: 92, grade: 'amber' } as const;
    expect(emptyLedger(day(ledgerRow('A', nothing)))).toBe('Nothing is recorded of this session.');
    expect(emptyLedger(day(ledgerRow('A', nothing), ledgerRow('B'))), 'one is enough for a table').toBeUndefined();
    const repaired = { ...nothing, repaired: 92, missing: 0 };
    expect(emptyLedger(day(ledgerRow('A', repaired)))).toBeUndefined();
  });
});
