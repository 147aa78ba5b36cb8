import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../src/contract/coverage.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Session } from '../../src/core/calendar.ts';
import { type CountedLedger, countLedger } from '../../src/core/count-ledger.ts';
import type { CoveredSpan } from '../../src/core/day-coverage.ts';
import type { Revision } from '../../src/core/revision.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const INFY = 'NSE:INFY' as InstrumentKey;
const session = nse().session(day('2026-08-03')) as Session;
const at = (clock: string) => ist(`2026-08-03 ${clock}`);

function covered(open: string, close: string, fields: Partial<CoveredSpan> = {}): CoveredSpan {
  return { instrument: INFY, timeframe: '5s', provenance: 'live', open: at(open), close: at(close), ...fields };
}
const history = { provenance: 'history', timeframe: '1m' } as const;

function revision(clock: string, fields: Partial<Revision> = {}): Revision {
  const values = { open: 100, high: 105, low: 99, close: 104, volume: 1_000 };
  return {
    instrument: INFY,
    timeframe: '1m',
    openTime: at(clock),
    reason: 'history',
    at: at('16:00'),
    before: values,
    after: values,
    ...fields,
  };
}

/** The ledger's row on the evening of the day. */
function row(spans: readonly CoveredSpan[], revisions: readonly Revision[] = []): CountedLedger {
  return countLedger({ session, instrument: INFY, covered: spans, revisions, now: at('18:00') });
}

describe('a row of the ledger', () => {
  it('has the fields that screens and the command line read', () => {
    const asRow: LedgerRow = row([]);
    expect(asRow).toMatchObject({ instrument: INFY, date: '2026-08-03', expected: 360, missing: 360 });
  });

  it('is green when the feed told the whole day', () => {
    expect(row([covered('09:15', '15:15')])).toMatchObject({
      expected: 360,
      received: 360,
      repaired: 0,
      missing: 0,
      missingBefore: 0,
      grade: 'green',
      holes: [],
    });
  });

  it('counts what history repaired apart from what it could not', () => {
    // The feed was gone from 10:01:30 to 10:41:10: the minutes it told in part need history as well.
    const live = [covered('09:15', '10:01:30'), covered('10:41:10', '15:15')];
    expect(row([...live, covered('10:00', '10:30', history)])).toMatchObject({
      received: 319,
      repaired: 29,
      missing: 12,
      missingBefore: 41,
      grade: 'red',
      holes: [{ open: at('10:30'), close: at('10:42') }],
    });
  });

  it('takes seconds and minutes of history, but nothing longer and nobody else’s', () => {
    const whole = (fields: Partial<CoveredSpan>) => row([covered('09:15', '15:15', fields)]).repaired;
    expect(whole({ provenance: 'history', timeframe: '1m' })).toBe(360);
    expect(whole({ provenance: 'official', timeframe: '30s' })).toBe(360);
    expect(whole({ provenance: 'history', timeframe: '5m' }), 'five minutes tell no single one').toBe(0);
    expect(whole({ provenance: 'history', timeframe: '45s' }), 'no minute is made of these').toBe(0);
    expect(whole({ ...history, instrument: 'NSE:TCS' as InstrumentKey })).toBe(0);
  });

  it('joins stretches that touch, be they of different frames', () => {
    const spans = [covered('09:15', '10:00:30'), covered('10:00:30', '15:15', { timeframe: '1s' })];
    expect(row(spans).received).toBe(360);
  });

  it.each([
    ['a minute before half an hour has passed since the close', '15:44', undefined, 'amber'],
    ['half an hour after the close', '15:45', undefined, 'red'],
    ['later, while history is still asked', '18:00', true, 'amber'],
    ['in the midst of the day', '11:00', undefined, 'amber'],
  ] as const)('is, %s, %s/%s: %s', (_when, clock, isRepairable, grade) => {
    const inputs = { session, instrument: INFY, covered: [covered('09:15', '10:00')], revisions: [], now: at(clock) };
    expect(countLedger(isRepairable === undefined ? inputs : { ...inputs, isRepairable }).grade).toBe(grade);
  });

  it('is red at once where nobody can tell what is missing', () => {
    const inputs = { session, instrument: INFY, covered: [covered('09:15', '10:00')], revisions: [], now: at('11:00') };
    expect(countLedger({ ...inputs, isRepairable: true, isFinal: true }).grade).toBe('red');
    expect(countLedger({ ...inputs, covered: [covered('09:15', '11:00')], isFinal: true }).grade).toBe('green');
  });

  it('counts only minutes that are over', () => {
    const inputs = { session, instrument: INFY, covered: [covered('09:15', '09:20:30')], revisions: [] };
    expect(countLedger({ ...inputs, now: at('09:20:30') })).toMatchObject({ expected: 5, received: 5, grade: 'green' });
  });
});

describe('differences in the ledger', () => {
  const values = { open: 100, high: 105, low: 99, close: 104, volume: 1_000 };

  it('are counted field by field, each bar once, with the largest', () => {
    const revisions = [
      revision('09:15', { after: { ...values, open: 102.5, volume: 1_010 } }),
      revision('09:16', { after: { ...values, open: 101, low: 98.5 } }),
      // The exchange's own word on a bar that history had told otherwise before.
      revision('09:15', { reason: 'official', after: { ...values, open: 103 } }),
    ];
    expect(row([], revisions).differences).toEqual([
      { field: 'open', bars: 2, largest: 3 },
      { field: 'low', bars: 1, largest: 0.5 },
      { field: 'volume', bars: 1, largest: 10 },
    ]);
  });

  it('leave out what was not known before, other frames, other days and other instruments', () => {
    const after = { ...values, close: 90 };
    const revisions = [
      revision('09:15', { before: undefined, after }),
      revision('09:16', { before: { ...values, volume: undefined } }),
      revision('09:17', { timeframe: '5m', after }),
      revision('09:19', { instrument: 'NSE:TCS' as InstrumentKey, after }),
      revision('09:20', { openTime: ist('2026-08-04 09:20'), after }),
    ];
    expect(row([], revisions)).toMatchObject({ differences: [], lateRevisions: 0 });
  });

  it('count what an import changed beside what history and the exchange did', () => {
    const after = { ...values, close: 90 };
    const revisions = [
      revision('09:15', { reason: 'import', after }),
      revision('09:15', { after: { ...values, close: 100 } }),
      revision('09:16', { reason: 'import', after: { ...values, close: 103 } }),
    ];
    expect(row([], revisions)).toMatchObject({ differences: [{ field: 'close', bars: 2, largest: 14 }] });
  });

  it('count a bar that ticks changed late once, however many ticks and frames', () => {
    const late = { reason: 'late-tick' } as const;
    const revisions = [
      revision('09:15', { ...late, timeframe: '5s' }),
      revision('09:15', { ...late, timeframe: '5s' }),
      revision('09:15:05', { ...late, timeframe: '5s' }),
      revision('09:15', { ...late, timeframe: '1m' }),
    ];
    expect(row([], revisions)).toMatchObject({ lateRevisions: 2, differences: [] });
  });
});
