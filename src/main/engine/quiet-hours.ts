import type { Told } from '../../contract/events.ts';
import type { Settings } from '../../contract/settings.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { RuleChannels } from '../../core/rule.ts';
import { wallClock } from '../../core/wall-clock.ts';

type AlertSettings = Settings['alerts'];

/** Indian Standard Time. */
const INDIA = wallClock({ utcOffsetMinutes: 330 });

/**
 * Whether `now`, the time on the wall, is within the quiet hours, `[from, to)` by Indian time. Hours that end before
 * they begin span midnight; equal ones are the whole day.
 */
export function isQuietAt(quiet: AlertSettings['quiet'], now: EpochMs): boolean {
  if (quiet === null) return false;
  const today = INDIA.dateOf(now);
  const [from, to] = [INDIA.at(today, quiet.from), INDIA.at(today, quiet.to)];
  return from < to ? now >= from && now < to : now >= from || now < to;
}

/** How a screen tells of an alert whose rule wants these channels: as rule and settings say, and not in quiet hours. */
export function toldOf(channels: RuleChannels, alerts: AlertSettings, now: EpochMs): Told {
  const volume = channels.volume ?? alerts.volume;
  const isHeard = alerts.sound && volume > 0 && !isQuietAt(alerts.quiet, now);
  return { sound: isHeard && channels.sound, spoken: isHeard && channels.spoken, volume };
}
