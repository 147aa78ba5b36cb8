import type { Mute } from '../../../../contract/events.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '../../../../core/brand.ts';
import { dateAt, IST_OFFSET_MS, midnight } from '../../../../core/calendar-date.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { formatSpan } from '../../format/time.ts';
import type { Muted } from '../../stores/mute-store.ts';

/** How long something can be kept quiet. */
export const MUTE_SPANS = [
  { name: '15 min', minutes: () => 15 },
  { name: '1 h', minutes: () => 60 },
  { name: 'Today', minutes: minutesToday },
] as const;

/** Minutes of the Indian date that are left, the begun one included. */
export function minutesToday(now: EpochMs): number {
  const end = midnight(dateAt(now, IST_OFFSET_MS), IST_OFFSET_MS) + DAY_MS;
  return Math.ceil((end - now) / MINUTE_MS);
}

/** `EMA cross`, `RELIANCE`, `EMA cross on RELIANCE`. */
export function mutedWords({ rule, instrument }: Muted, nameOf: (rule: string) => string): string {
  if (instrument === null) return rule === null ? 'Everything' : nameOf(rule);
  const symbol = symbolOf(instrument);
  return rule === null ? symbol : `${nameOf(rule)} on ${symbol}`;
}

/** `Muted for 42 min: RELIANCE`. It counts down, because the market's clock need not be the one on the wall. */
export function muteLine(mute: Mute, now: number, nameOf: (rule: string) => string): string {
  return `Muted for ${formatSpan(mute.until - now)}: ${mutedWords(mute, nameOf)}`;
}
