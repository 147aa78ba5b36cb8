import { formatNumber, UNKNOWN } from './price.ts';
import type { Grouping } from './price-style.ts';

const LAKH = 1e5;
const CRORE = 1e7;

/** A traded quantity: the Indian way as `8,640`, `1.24 L`, `3.05 Cr`, elsewhere as `0.42`, `8,640`, `1.24 M`. */
export function formatQuantity(quantity: number | undefined, grouping: Grouping = 'indian'): string {
  if (quantity === undefined || !Number.isFinite(quantity)) return UNKNOWN;
  if (grouping === 'western') return western(quantity);
  const size = Math.abs(quantity);
  // Rounding first: 99,999.6 would read 1,00,000, which is 1.00 L.
  if (Math.round(size) < LAKH) return formatNumber(quantity, 0);
  if (Number((size / LAKH).toFixed(2)) < 100) return `${formatNumber(quantity / LAKH, 2)} L`;
  return `${formatNumber(quantity / CRORE, 2)} Cr`;
}

const WESTERN = [
  [1e9, 'B'],
  [1e6, 'M'],
] as const;

/** Coins are traded in parts: what is small keeps its decimals. */
function western(quantity: number): string {
  for (const [unit, letter] of WESTERN)
    if (Number((Math.abs(quantity) / unit).toFixed(2)) >= 1)
      return `${formatNumber(quantity / unit, 2, 'western')} ${letter}`;
  const size = Math.abs(quantity);
  const decimals = Number.isInteger(quantity) || size >= 1_000 ? 0 : size >= 1 ? 2 : 4;
  return formatNumber(quantity, decimals, 'western');
}

/** A plain count: `1,24,300`. */
export function formatCount(count: number | undefined): string {
  return formatNumber(count, 0);
}

/** A size in decimal units: `420 B`, `212 MB`, `1.4 GB`. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined || !Number.isFinite(bytes)) return UNKNOWN;
  if (bytes < 1e3) return `${formatNumber(bytes, 0)} B`;
  if (bytes < 1e6) return `${formatNumber(bytes / 1e3, 0)} kB`;
  if (bytes < 1e9) return `${formatNumber(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;
  return `${formatNumber(bytes / 1e9, 1)} GB`;
}
