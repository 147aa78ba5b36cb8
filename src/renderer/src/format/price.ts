/** What stands where a number is unknown. */
export const UNKNOWN = '–';

const MINUS = '\u2212';
const byDecimals = new Map<number, Intl.NumberFormat>();

function grouped(decimals: number): Intl.NumberFormat {
  const known = byDecimals.get(decimals);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en-IN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  byDecimals.set(decimals, format);
  return format;
}

/** A number with Indian grouping and a true minus sign: `1,23,456.50`, `−0.42`. */
export function formatNumber(value: number | undefined, decimals: number): string {
  if (value === undefined || !Number.isFinite(value)) return UNKNOWN;
  const text = grouped(decimals).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** A price in the instrument's currency; decimals come from the instrument. */
export function formatPrice(price: number | undefined, decimals = 2): string {
  return formatNumber(price, decimals);
}

/** A signed difference: `+1.20`, `−1.20`, `0.00`. */
export function formatChange(change: number | undefined, decimals = 2): string {
  const text = formatNumber(change, decimals);
  return change !== undefined && change > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A signed change in percent: `+0.42%`, `−0.77%`. */
export function formatPercent(percent: number | undefined): string {
  const text = formatChange(percent, 2);
  return text === UNKNOWN ? text : `${text}%`;
}
