import { type EpochMs, type InstrumentKey, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { type Calendar, dayClose } from '../../../core/calendar.ts';
import type { Tick } from '../../../core/tick.ts';
import type { PacedClock } from '../paced-clock.ts';
import type { Playlist } from '../play.ts';
import { type Reel, reelsOf, standingAt } from './reel.ts';
import type { Listing } from './simulated-market.ts';
import { nextPlayTime } from './trading-time.ts';

/** Market time between the end of a stretch that is played and the leap: the last bars close, and the eye sees an end. */
const PAUSE_MS = MINUTE_MS;
const SECONDS = 60;

/** Who hears the market, and of what. */
export interface Audience {
  wants(instrument: InstrumentKey): boolean;
  /** Every second that the market is played, and when a stretch of it ends; often there is nothing to tell. */
  hear(ticks: readonly Tick[]): void;
}

interface Scene {
  readonly time: EpochMs;
  deliver(): void;
}

/**
 * The market as it happens from the clock's present on: each second's trades in one delivery, session after
 * session without end. Nights, weekends, pauses and the idle minutes of auctions are leapt over.
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
  const standing = listings.flatMap((listing) => standingAt(listing, start) ?? []);
  if (standing.length > 0) {
    const wanted = (): readonly Tick[] => standing.filter(({ instrument }) => audience.wants(instrument));
    yield { time: start, deliver: () => audience.hear(wanted()) };
  }
  for (let minute = (Math.floor(start / MINUTE_MS) * MINUTE_MS) as EpochMs; ; ) {
    const next = nextPlayTime(calendars, minute);
    if (next === undefined) return;
    if (next > minute) {
      // The moment at which trading ends.
      yield sceneOf(reelsOf(listings, minute), 0, minute, audience);
      yield* leaps(minute, next, calendars, clock);
      minute = next;
    }
    const reels = reelsOf(listings, minute);
    for (let second = 0; second < SECONDS; second += 1) {
      const time = (minute + second * SECOND_MS) as EpochMs;
      if (time < start) passOver(reels, second);
      else yield sceneOf(reels, second, time, audience);
    }
    minute = (minute + MINUTE_MS) as EpochMs;
  }
}

/** From the end of a stretch that is played to the next one; after a closing auction by way of the day's end. */
function* leaps(from: EpochMs, to: EpochMs, calendars: readonly Calendar[], clock: PacedClock): Generator<Scene, void> {
  const ends = calendars.flatMap((calendar) => {
    const session = calendar.session(calendar.dateOf(from));
    return session === undefined ? [] : [dayClose(session)];
  });
  const stops = ends.filter((end) => end > from && end < to).sort((a, b) => a - b);
  let at = from;
  for (const stop of [...stops, to]) {
    if (stop === at) continue;
    const time = Math.min(at + PAUSE_MS, stop) as EpochMs;
    yield { time, deliver: () => clock.skipTo(stop) };
    at = stop;
  }
}

/** A second as it is told. It is heard where nothing is: all that was traded up to it has been told. */
function sceneOf(reels: readonly Reel[], second: number, time: EpochMs, audience: Audience): Scene {
  return { time, deliver: () => audience.hear(ticksAt(reels, second, time, audience)) };
}

function passOver(reels: readonly Reel[], second: number): void {
  for (const reel of reels) if (reel.second[reel.row] === second) reel.row += 1;
}

function ticksAt(reels: readonly Reel[], second: number, now: EpochMs, audience: Audience): readonly Tick[] {
  const ticks: Tick[] = [];
  for (const reel of reels) {
    if (reel.second[reel.row] !== second) continue;
    if (audience.wants(reel.instrument)) ticks.push(reel.tick(reel.row, now));
    reel.row += 1;
  }
  return ticks;
}
