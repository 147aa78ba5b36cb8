import type { Settings } from '../../../../contract/settings.ts';
import { parseClock } from './schedule-rows.ts';

export type QuietHours = NonNullable<Settings['alerts']['quiet']>;

/** The hours with another beginning or end, or why that cannot be. */
export function withQuietTime(
  hours: QuietHours,
  which: keyof QuietHours,
  text: string,
): { readonly hours: QuietHours } | { readonly problem: string } {
  const time = parseClock(text);
  if (time === undefined) return { problem: `“${text.trim().slice(0, 12)}” is no time of day. Write it like 22:00.` };
  return { hours: { ...hours, [which]: time } };
}

/** What hours mean: that they span midnight, or the whole day, is not seen at once. */
export function quietWords({ from, to }: QuietHours): string {
  if (from === to) return 'Indian time: all day.';
  return from < to ? 'Indian time.' : 'Indian time, over midnight.';
}
