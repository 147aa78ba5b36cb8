import { type EpochMs, type InstrumentKey, MINUTE_MS, type TradingDate } from '../brand.ts';
import type { Side } from '../signal.ts';

/** A signal as the noise preview counts it. */
export interface Fire {
  readonly instrument: InstrumentKey;
  readonly side: Side;
  readonly barTime: EpochMs;
  readonly date: TradingDate;
  /** When its bar closed, in minutes of trading since the session opened; undefined on days and longer bars. */
  readonly minute: number | undefined;
}

/** Cooldowns that the preview tries, in minutes; the last is once a day. */
export const COOLDOWNS = [0, 5, 15, 30, 60, 1_440] as const;

/** How much a rule would have said. */
export interface NoiseCount {
  readonly sessions: number;
  readonly perDay: number;
  readonly busiest: { readonly date: TradingDate; readonly count: number } | null;
  readonly quietDays: number;
  readonly repeats: number;
  readonly clusters: number;
  readonly inClusters: number;
  readonly cooldowns: readonly { readonly minutes: number; readonly perDay: number }[];
  readonly days: readonly { readonly date: TradingDate; readonly count: number }[];
}

/** A repeat is the same symbol and side again within this. */
const REPEAT_MS = 30 * MINUTE_MS;
/** So many symbols on one bar are a cluster. */
const CLUSTER = 5;

/**
 * How much a rule would have said on `dates`. `fires` are those of a run without a cooldown, oldest first; the counts are
 * of what `cooldown` leaves of them.
 */
export function countNoise(fires: readonly Fire[], dates: readonly TradingDate[], cooldown: number): NoiseCount {
  const told = afterCooldown(fires, cooldown);
  const counts = new Map(dates.map((date) => [date, 0]));
  for (const { date } of told) counts.set(date, (counts.get(date) ?? 0) + 1);
  const days = [...counts].map(([date, count]) => ({ date, count })).sort((a, b) => (a.date < b.date ? -1 : 1));
  const perDay = (count: number): number => (days.length === 0 ? 0 : count / days.length);
  const most = Math.max(0, ...days.map(({ count }) => count));
  const clusters = [...Map.groupBy(told, ({ barTime }) => barTime).values()].filter(
    (bar) => new Set(bar.map(({ instrument }) => instrument)).size >= CLUSTER,
  );
  return {
    sessions: days.length,
    perDay: perDay(told.length),
    busiest: most === 0 ? null : (days.find(({ count }) => count === most) ?? null),
    quietDays: days.filter(({ count }) => count === 0).length,
    repeats: countRepeats(told),
    clusters: clusters.length,
    inClusters: clusters.reduce((sum, bar) => sum + bar.length, 0),
    cooldowns: COOLDOWNS.map((minutes) => ({ minutes, perDay: perDay(afterCooldown(fires, minutes).length) })),
    days,
  };
}

/**
 * What a cooldown leaves: an instrument that was told is quiet for so many minutes of trading, at the longest until the
 * day ends. A cooldown comes after re-arming, so it changes nothing of what fires later; on days and longer bars there
 * is none.
 */
export function afterCooldown(fires: readonly Fire[], minutes: number): readonly Fire[] {
  const last = new Map<InstrumentKey, Fire>();
  return fires.filter((fire) => {
    const before = last.get(fire.instrument);
    if (before?.minute !== undefined && fire.minute !== undefined && before.date === fire.date)
      if (fire.minute - before.minute < minutes) return false;
    last.set(fire.instrument, fire);
    return true;
  });
}

function countRepeats(fires: readonly Fire[]): number {
  const last = new Map<string, Fire>();
  return fires.filter((fire) => {
    const key = `${fire.side} ${fire.instrument}`;
    const before = last.get(key);
    last.set(key, fire);
    return before !== undefined && before.date === fire.date && fire.barTime - before.barTime <= REPEAT_MS;
  }).length;
}
