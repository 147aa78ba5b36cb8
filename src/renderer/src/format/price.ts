import { type Grouping, groupingOf, type PriceStyle } from './price-style.ts';

/** What stands where a number is unknown. */
export const UNKNOWN = '–';

const MINUS = '\u2212';
const formats = new Map<string, Intl.NumberFormat>();
const LOCALE = { indian: 'en-IN', western: 'en-US' } as const;

function grouped(decimals: number, grouping: Grouping): Intl.NumberFormat {
  const name = `${decimals} ${grouping}`;
  const known = formats.get(name);
  if (known !== undefined) return known;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = new Intl.NumberFormat(LOCALE[grouping], digits);
  formats.set(name, format);
  return format;
}

/** A number with a true minus sign, in Indian grouping unless told otherwise: `1,23,456.50`, `−0.42`. */
export function formatNumber(value: number | undefined, decimals: number, grouping: Grouping = 'indian'): string {
  if (value === undefined || !Number.isFinite(value)) return UNKNOWN;
  const text = grouped(decimals, grouping).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** A price in the instrument's currency, in its style; a bare number is decimals of rupees. */
export function formatPrice(price: number | undefined, style: number | PriceStyle = 2): string {
  return formatNumber(price, typeof style === 'number' ? style : style.decimals, groupingOf(style));
}

/** A signed difference: `+1.20`, `−1.20`, `0.00`. */
export function formatChange(change: number | undefined, style: number | PriceStyle = 2): string {
  const text = formatPrice(change, style);
  return change !== undefined && change > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A signed change in percent: `+0.42%`, `−0.77%`. */
export function formatPercent(percent: number | undefined): string {
  const text = formatChange(percent, 2);
  return text === UNKNOWN ? text : `${text}%`;
}
