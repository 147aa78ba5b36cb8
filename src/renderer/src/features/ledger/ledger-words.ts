import type { Ledger, LedgerRow } from '../../../../contract/coverage.ts';
import type { TradingDate } from '../../../../core/brand.ts';
import type { Span } from '../../../../core/calendar.ts';
import { IST_OFFSET_MS, midnight } from '../../../../core/calendar-date.ts';
import type { Grade } from '../../../../core/day-coverage.ts';
import { formatNumber, formatPrice } from '../../format/price.ts';
import { groupingOf, type PriceStyle } from '../../format/price-style.ts';
import { formatCount, formatQuantity } from '../../format/quantity.ts';
import { formatFullDate, formatMinute } from '../../format/time.ts';

/** Worst first, which is also the order of the rows. */
export const GRADES = ['red', 'amber', 'green'] as const satisfies readonly Grade[];

export const GRADE_MEANS: Readonly<Record<Grade, string>> = {
  green: 'Nothing is missing.',
  amber: 'What is missing can still be repaired.',
  red: 'What is missing could not be repaired.',
};

/** Rows of a day, worst first: by grade, then by missing minutes, then as they came. */
export function worstFirst(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const rank = ({ grade }: LedgerRow): number => GRADES.indexOf(grade);
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.missing - a.missing || b.missingBefore - a.missingBefore || 0);
}

/** How many instruments have each grade, best first: what a trader hopes to read. */
export function gradeCounts(rows: readonly LedgerRow[]): readonly (readonly [grade: Grade, count: number])[] {
  return GRADES.toReversed().map((grade) => [grade, rows.filter((row) => row.grade === grade).length]);
}

/** What there is to say instead of a table; undefined where the table says it. */
export function emptyLedger({ date, rows }: Ledger): string | undefined {
  if (rows.length === 0) return `No session on ${dateWords(date)}.`;
  if (rows.every(({ expected }) => expected === 0)) return 'No minute of this session is over yet.';
  if (rows.every(({ received, repaired }) => received === 0 && repaired === 0))
    return 'Nothing is recorded of this session.';
  return undefined;
}

/** `41 missing, 0 after repair`; `3 missing` where nothing was repaired; undefined where nothing ever was missing. */
export function missingWords({
  missing,
  missingBefore,
}: Pick<LedgerRow, 'missing' | 'missingBefore'>): string | undefined {
  if (missingBefore > missing) return `${formatCount(missingBefore)} missing, ${formatCount(missing)} after repair`;
  return missing === 0 ? undefined : `${formatCount(missing)} missing`;
}

/** The same of a whole day as a sentence, in minutes of all its instruments together. */
export function dayMissingWords(rows: readonly LedgerRow[]): string | undefined {
  const sum = (field: 'missing' | 'missingBefore'): number => rows.reduce((total, row) => total + row[field], 0);
  const [now, before] = [sum('missing'), sum('missingBefore')];
  const all = rows.length === 1 ? '' : ', all instruments together';
  if (before <= now) return now === 0 ? undefined : `${minutes(now)} ${now === 1 ? 'is' : 'are'} missing${all}.`;
  const were = `${minutes(before)} ${before === 1 ? 'was' : 'were'} missing${all}.`;
  return `${were} ${now === 0 ? 'All have been repaired.' : `After repair ${formatCount(now)} still ${now === 1 ? 'is' : 'are'}.`}`;
}

function minutes(count: number): string {
  return count === 1 ? '1 minute' : `${formatCount(count)} minutes`;
}

/** A hole in Indian time, its end exclusive: `11:02–11:43`. */
export function holeWords({ open, close }: Span): string {
  return `${formatMinute(open)}–${formatMinute(close)}`;
}

/** The first holes, and how many more there are: `11:02–11:43, 13:10–13:12 and 3 more`. */
export function holesInShort(holes: readonly Span[], most: number): string {
  const named = holes.slice(0, most).map(holeWords).join(', ');
  return holes.length <= most ? named : `${named} and ${formatCount(holes.length - most)} more`;
}

/** How history differed, a line per field: `close in 12 bars, by up to 0.45`. */
export function differenceLines(
  { differences }: Pick<LedgerRow, 'differences'>,
  style: number | PriceStyle,
): readonly string[] {
  return differences.map(({ field, bars, largest }) => {
    const most = field === 'volume' ? formatQuantity(largest, groupingOf(style)) : formatPrice(largest, style);
    return `${field} in ${bars === 1 ? '1 bar' : `${formatNumber(bars, 0)} bars`}, by up to ${most}`;
  });
}

/** Ticks that came after their bar had closed; undefined when there were none. */
export function lateWords({ lateRevisions }: Pick<LedgerRow, 'lateRevisions'>): string | undefined {
  if (lateRevisions === 0) return undefined;
  return `${lateRevisions === 1 ? '1 bar was' : `${formatCount(lateRevisions)} bars were`} changed by late ticks`;
}

const weekday = new Intl.DateTimeFormat('en-IN', { timeZone: 'Asia/Kolkata', weekday: 'short' });

/** A date on the wall in India: `Fri 20 Nov 2026`. */
export function dateWords(date: TradingDate): string {
  const start = midnight(date, IST_OFFSET_MS);
  return `${weekday.format(start)} ${formatFullDate(start)}`;
}
