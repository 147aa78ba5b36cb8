import { isRecord } from '../../../core/is-record.ts';
import { member } from './member.ts';

const NANO = 1_000_000_000;
/** Below it `units * 1e9 + nano` is a whole number that a double holds exactly. */
const EXACT_UNITS = 9_000_000;
const INT64 = /^-?\d{1,19}$/;

/**
 * A `Quotation`, units + nano / 1e9, as the number nearest to it. Both parts carry the same sign; a member that
 * is not there is 0. Undefined when it is no quotation.
 *
 * Source: the API's page on custom types; `{"units":"-0","nano":-10000000}` is -0.01.
 */
export function readQuotation(value: unknown): number | undefined {
  if (!isRecord(value)) return undefined;
  const units = int64Text(member(value, 'units'));
  const nano = member(value, 'nano') ?? 0;
  if (units === undefined || typeof nano !== 'number' || !Number.isInteger(nano) || Math.abs(nano) >= NANO)
    return undefined;
  const whole = Number(units);
  if (whole !== 0 && nano !== 0 && whole > 0 !== nano > 0) return undefined;
  // One division of exact numbers rounds once; a sum of two rounded ones would show 250.07000000000002.
  if (Math.abs(whole) < EXACT_UNITS) return (whole * NANO + nano) / NANO || 0;
  return Number(`${units}.${String(Math.abs(nano)).padStart(9, '0')}`);
}

/** Nothing is dearer. */
const HIGHEST_PRICE = 1_000_000_000;

/** A price: a quotation above zero, and within reason. */
export function readPrice(value: unknown): number | undefined {
  const price = readQuotation(value);
  return price !== undefined && price > 0 && price < HIGHEST_PRICE ? price : undefined;
}

/**
 * A count of lots. JSON carries int64 as text; an absent one is 0. Undefined below zero, and above what a double
 * counts exactly.
 */
export function readCount(value: unknown): number | undefined {
  const text = int64Text(value);
  const count = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function int64Text(value: unknown): string | undefined {
  if (value === undefined || value === null) return '0';
  if (typeof value === 'string') return INT64.test(value) ? value : undefined;
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

/** How many digits after the point a price step has, as for 0.005: 3. */
export function decimalsOf(step: number): number {
  const [, fraction = ''] = step.toFixed(9).split('.');
  return fraction.replace(/0+$/, '').length;
}
