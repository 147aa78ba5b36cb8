import { type EpochMs, type InstrumentKey, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { Calendar } from '../../../core/calendar.ts';
import type { Tick } from '../../../core/tick.ts';
import type { PacedClock } from '../paced-clock.ts';
import type { Playlist } from '../play.ts';
import { type MarketDay, minuteAtOrBefore } from './market-day.ts';
import { type MinuteTrades, minuteTrades } from './minute-trades.ts';
import type { Listing } from './simulated-market.ts';
import { tickOf } from './tick-at.ts';
import { nextTradingTime } from './trading-time.ts';

/** Market time between a close and the leap to the next open: the last bars close, and the eye sees an end. */
const EVENING_MS = MINUTE_MS;

/** Who hears the market, and of what. */
export interface Audience {
  wants(instrument: InstrumentKey): boolean;
  hear(ticks: readonly Tick[]): void;
}

/** One instrument's minute, and the row of it that comes next. */
interface Reel {
  readonly listing: Listing;
  readonly day: MarketDay;
  readonly minute: number;
  readonly trades: MinuteTrades;
  row: number;
}

interface Scene {
  readonly time: EpochMs;
  deliver(): void;
}

/**
 * The market as it happens from the clock's present on: each second's trades in one delivery, session after
 * session without end. Nights, weekends and pauses are leapt over.
 */
export function liveMarket(
  listings: readonly Listing[],
  calendars: readonly Calendar[],
  clock: PacedClock,
  audience: Audience,
): Playlist {
  const scenes = scenesFrom(listings, calendars, clock, audience);
  let next = scenes.next();
  return {
    nextTime: () => (next.done === true ? undefined : next.value.time),
    deliver() {
      if (next.done === true) return;
      next.value.deliver();
      next = scenes.next();
    },
  };
}

function* scenesFrom(
  listings: readonly Listing[],
  calendars: readonly Calendar[],
  clock: PacedClock,
  audience: Audience,
): Generator<Scene, void> {
  const start = clock.now();
  for (let minute = (Math.floor(start / MINUTE_MS) * MINUTE_MS) as EpochMs; ; ) {
    const open = nextTradingTime(calendars, minute);
    if (open === undefined) return;
    if (open > minute) {
      const time = Math.min(minute + EVENING_MS, open) as EpochMs;
      yield { time, deliver: () => clock.skipTo(open) };
      minute = open;
    }
    const reels = listings.flatMap((listing) => reelOf(listing, minute) ?? []);
    for (let second = nextSecond(reels); second !== undefined; second = nextSecond(reels)) {
      const time = (minute + second * SECOND_MS) as EpochMs;
      const due = second;
      if (time < start) passOver(reels, due);
      else yield { time, deliver: () => tell(reels, due, time, audience) };
    }
    minute = (minute + MINUTE_MS) as EpochMs;
  }
}

function reelOf(listing: Listing, time: EpochMs): Reel | undefined {
  const day = listing.day(listing.calendar.dateOf(time));
  if (day === undefined) return undefined;
  const minute = minuteAtOrBefore(day, time);
  if (day.minutes[minute] !== time) return undefined;
  return { listing, day, minute, trades: minuteTrades(day, minute), row: 0 };
}

function nextSecond(reels: readonly Reel[]): number | undefined {
  let next: number | undefined;
  for (const { trades, row } of reels) {
    const second = trades.second[row];
    if (second !== undefined && (next === undefined || second < next)) next = second;
  }
  return next;
}

function passOver(reels: readonly Reel[], second: number): void {
  for (const reel of reels) if (reel.trades.second[reel.row] === second) reel.row += 1;
}

function tell(reels: readonly Reel[], second: number, now: EpochMs, audience: Audience): void {
  const ticks: Tick[] = [];
  for (const reel of reels) {
    const { listing, day, minute, trades, row } = reel;
    if (trades.second[row] !== second) continue;
    if (audience.wants(listing.instrument.key)) ticks.push(tickOf(listing, day, minute, trades, row, now));
    reel.row += 1;
  }
  if (ticks.length > 0) audience.hear(ticks);
}
