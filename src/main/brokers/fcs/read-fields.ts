import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';

/** Open, high, low and close of a candle frame, with its start. */
export interface FcsBar {
  readonly openTime: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** The candle's, so far; undefined where it is not told. */
  readonly volume: number | undefined;
}

export type Fields = Readonly<Record<string, unknown>>;

const LONGEST_TEXT = 200;
/** The year 2100. */
const FURTHEST_SECONDS = 4_102_444_800;

/** A candle, or why it is none. Also used for rows of history. */
export function readBar(fields: Fields): FcsBar | 'bad-time' | 'bad-price' {
  const openTime = timeIn(fields['t']);
  if (openTime === undefined) return 'bad-time';
  const [open, high, low, close] = [
    priceIn(fields['o']),
    priceIn(fields['h']),
    priceIn(fields['l']),
    priceIn(fields['c']),
  ];
  if (open === undefined || high === undefined || low === undefined || close === undefined) return 'bad-price';
  if (low > Math.min(open, close) || high < Math.max(open, close)) return 'bad-price';
  const volume = numberIn(fields['v']);
  return { openTime, open, high, low, close, volume: volume !== undefined && volume >= 0 ? volume : undefined };
}

/** Seconds since the epoch, within this century: milliseconds would be a year beyond 50,000. */
export function timeIn(value: unknown): EpochMs | undefined {
  const seconds = numberIn(value);
  if (seconds === undefined || seconds <= 0 || seconds >= FURTHEST_SECONDS) return undefined;
  return (Math.floor(seconds) * SECOND_MS) as EpochMs;
}

/** Above zero; 0 is no price. */
export function priceIn(value: unknown): number | undefined {
  const price = numberIn(value);
  return price !== undefined && price > 0 ? price : undefined;
}

/** The vendor's pages run every value through parseFloat, so texts are taken too. */
export function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST_TEXT) : undefined;
}

export function shortText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, LONGEST_TEXT);
}
