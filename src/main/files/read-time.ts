import { SECOND_MS } from '../../core/brand.ts';

/** A number below is in seconds (until the year 5138), one above in milliseconds (from 1973 on). */
const SECONDS_END = 1e11;
const PLAIN_NUMBER = /^\d+(\.\d+)?$/;
/** RFC 3339 with a zone, a space allowed for the T and seconds left out. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)? ?(Z|[+-]\d{2}:?\d{2})$/i;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A time written in unix seconds, in milliseconds, or in ISO 8601 with its zone, as epoch ms; NaN for anything
 * else, and so for a clock time without a zone, which could be anybody's, and for a day that no month has. A date
 * alone, as daily bars have, is its midnight in UTC.
 */
export function timeOf(text: string): number {
  if (PLAIN_NUMBER.test(text)) {
    const number = Number(text);
    return Math.round(number < SECONDS_END ? number * SECOND_MS : number);
  }
  if (!ISO_DATE.test(text) && !ISO_TIME.test(text)) return Number.NaN;
  const date = text.slice(0, 10);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // Date.parse makes 2 March of 30 February.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date)) return Number.NaN;
  if (text.length === date.length) return midnight;
  const spelled = text.replace(/^(.{10}) /, '$1T').replace(' ', '');
  return Date.parse(spelled.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}
