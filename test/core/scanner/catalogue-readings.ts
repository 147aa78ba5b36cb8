import type { EpochMs } from '../../../src/core/brand.ts';
import { dateAt, IST_OFFSET_MS } from '../../../src/core/calendar-date.ts';
import type { Bar } from '../../../src/core/indicators/indicator.ts';
import type { Arithmetic, ScanFunction } from '../../../src/core/scanner/scan-function.ts';

export const closeOf = ({ close }: Bar): number => close;
export const dayOf = (openTime: number): string => dateAt(openTime as EpochMs, IST_OFFSET_MS);

/** At least one: a function without parts has its value as the first. */
export function partCount({ parts }: ScanFunction): number {
  return Math.max(1, parts.length);
}

/** The usual numbers, 20 where there is none. */
export function usualNumbers({ numbers }: ScanFunction): readonly number[] {
  return numbers.map(({ usual }) => usual ?? 20);
}

interface HowRead {
  readonly arithmetic: Arithmetic;
  readonly series?: (bar: Bar) => number;
}

/** What each part says after each bar. */
export function partReadings(
  scanFunction: ScanFunction,
  numbers: readonly number[],
  bars: readonly Bar[],
  { arithmetic, series = closeOf }: HowRead,
): readonly (readonly (number | undefined)[])[] {
  let now = scanFunction.build(numbers, { arithmetic, dayOf });
  return bars.map((bar) => {
    now = now.next(bar, series(bar));
    return Array.from({ length: partCount(scanFunction) }, (_, part) => now.value(part));
  });
}
