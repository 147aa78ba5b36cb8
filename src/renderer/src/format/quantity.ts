import { formatNumber, UNKNOWN } from './price.ts';

const LAKH = 1e5;
const CRORE = 1e7;

/** A traded quantity the Indian way: `8,640`, `1.24 L`, `3.05 Cr`. */
export function formatQuantity(quantity: number | undefined): string {
  if (quantity === undefined || !Number.isFinite(quantity)) return UNKNOWN;
  const size = Math.abs(quantity);
  // Rounding first: 99,999.6 would read 1,00,000, which is 1.00 L.
  if (Math.round(size) < LAKH) return formatNumber(quantity, 0);
  if (Number((size / LAKH).toFixed(2)) < 100) return `${formatNumber(quantity / LAKH, 2)} L`;
  return `${formatNumber(quantity / CRORE, 2)} Cr`;
}

/** A plain count: `1,24,300`. */
export function formatCount(count: number | undefined): string {
  return formatNumber(count, 0);
}

/** A size on disk in decimal units: `212 MB`, `1.4 GB`. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined || !Number.isFinite(bytes)) return UNKNOWN;
  if (bytes < 1e6) return `${formatNumber(bytes / 1e3, 0)} kB`;
  if (bytes < 1e9) return `${formatNumber(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;
  return `${formatNumber(bytes / 1e9, 1)} GB`;
}
