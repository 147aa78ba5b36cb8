import type { EpochMs } from '../../../core/brand.ts';

const DECIMAL = /^\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/;

/** Prices and sizes come as text, times now and then as a number. Undefined for what is not a plain number of 0 or more. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string' || !DECIMAL.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A price: above 0. */
export function readPrice(value: unknown): number | undefined {
  const price = readNumber(value);
  return price !== undefined && price > 0 ? price : undefined;
}

/** Before KuCoin opened (2017-09). */
const EARLIEST = Date.UTC(2017, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Undefined for an instant at which this market was not there, or that is no number. */
export function readTime(ms: number | undefined): EpochMs | undefined {
  if (ms === undefined) return undefined;
  const whole = Math.floor(ms);
  return whole >= EARLIEST && whole < LATEST ? (whole as EpochMs) : undefined;
}

/** Digits of a nanosecond stamp that are milliseconds. */
const NS_DIGITS = 19;
const MS_DIGITS = 13;
const NS_PER_MS = 1e6;
/** As a number the stamp is off by up to 128 ns: a whole millisecond must not become the one before. */
const ROUNDING = 0.0003;

/** A stamp in nanoseconds, best as text: no number holds all its digits. */
export function readNanoseconds(value: unknown): EpochMs | undefined {
  if (typeof value === 'number') return readTime(value / NS_PER_MS + ROUNDING);
  if (typeof value !== 'string' || value.length !== NS_DIGITS || !/^\d+$/.test(value)) return undefined;
  return readTime(Number(value.slice(0, MS_DIGITS)));
}

/** A short text, such as a symbol or an id. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 128 ? value : undefined;
}
