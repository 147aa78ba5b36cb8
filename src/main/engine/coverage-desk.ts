import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import { type Calendar, isTrading, sessionAtOrBefore } from '../../core/calendar.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import { subtractSpans } from '../../core/spans.ts';
import { BASE_TIMEFRAME } from '../../core/timeframe.ts';
import type { Hearing } from './hearing.ts';
import type { Journal } from './journal.ts';
import type { MarketLag } from './market-lag.ts';
import type { Clock } from './ports.ts';
import type { RepairDesk } from './repair-desk.ts';
import type { LedgerStore } from './store-port.ts';
import type { Track } from './track.ts';

/** The longest that a venue's line may be mute in market hours before the feed says `stale`. */
const MUTE_MS = MINUTE_MS;

export interface CoverageDeskParts {
  /** The market's clock, and the exchange's. */
  readonly clock: Clock;
  readonly exchangeClock: Clock;
  readonly hearing: Hearing;
  readonly lag: MarketLag;
  readonly journal: Journal;
  readonly store: LedgerStore;
  tracks(): Iterable<Track>;
  /** Undefined without history. */
  readonly repair: RepairDesk | undefined;
  /** False for a recording: what it lacks was never there to be told. */
  readonly isLive: boolean;
  /** Bars that closed after `time` were taken for whole, and the feed had fallen silent before. */
  onCutShort(time: EpochMs): void;
  onChanged(): void;
}

/** Knows since when the feed has told every trade, writes down what it told, and asks for what it missed. */
export class CoverageDesk {
  readonly #parts: CoverageDeskParts;
  #isTelling = false;
  #claimedMinute: number | undefined;

  constructor(parts: CoverageDeskParts) {
    this.#parts = parts;
  }

  /** What the store knows to be whole from `from` on, of an earlier run. */
  recall(track: Track, from: EpochMs): void {
    const { store, exchangeClock } = this.#parts;
    const now = exchangeClock.now();
    const today = track.calendar.midnight(track.calendar.dateOf(now));
    const end = Number.MAX_SAFE_INTEGER as EpochMs;
    for (const { timeframe, provenance, open, close } of store.covered(track.instrument.key, from, end)) {
      if (provenance === 'live') track.coverage.saw({ open, close });
      // What was told of a day while it lasted is asked once more when the day is over.
      else track.coverage.known({ open, close }, timeframe, provenance === 'official' || open >= today);
    }
  }

  /** `isStreaming` is false while quotes are polled: looks now and then make no bar whole. */
  follow(status: FeedStatus, isStreaming: boolean): void {
    const isTelling = isStreaming && status.state === 'live';
    if (isTelling === this.#isTelling) return;
    this.#isTelling = isTelling;
    if (!isTelling && isStreaming && status.state === 'stale') this.#doubt(status.lastTickAt);
    if (!isTelling && isStreaming && status.state === 'waiting') this.#doubt(this.#parts.clock.now() - MUTE_MS);
    if (isTelling) this.#begin();
    else this.#end();
    this.#parts.onChanged();
  }

  /** Our clock leapt, or the computer slept: whether the feed told all of it nobody knows. */
  leap(): void {
    const { hearing, lag } = this.#parts;
    if (hearing.isTelling) this.#end();
    lag.forget();
    if (this.#isTelling) this.#begin();
    this.#parts.onChanged();
  }

  /** What the feed told since `time` did not reach the disk. */
  lose(time: EpochMs): void {
    const { hearing } = this.#parts;
    if (hearing.isTelling) this.#end();
    for (const track of this.#parts.tracks()) track.coverage.lose(time);
    if (this.#isTelling) this.#begin();
    this.#parts.onChanged();
  }

  /** Bars that ended at or before `time` are on their way to the disk: what the feed told up to there is kept. */
  claim(time: EpochMs): void {
    const { journal, hearing, onChanged } = this.#parts;
    if (!hearing.isTelling) return;
    const minute = Math.floor(time / MINUTE_MS);
    if (minute !== this.#claimedMinute) onChanged();
    this.#claimedMinute = minute;
    for (const { instrument, calendar, coverage } of this.#parts.tracks()) {
      const session = sessionAtOrBefore(calendar, time);
      const current = session !== undefined && time >= session.close ? coverage.currentAtClose : coverage.current;
      if (current === undefined || current.open >= time) continue;
      const close = Math.min(current.close, time) as EpochMs;
      const { open } = current;
      journal.covered({ instrument: instrument.key, timeframe: BASE_TIMEFRAME, provenance: 'live', open, close });
    }
  }

  /** The feed broke while all markets traded: it may have been mute since `then`, with nothing but heartbeats. */
  #doubt(then: number): void {
    const { hearing, journal, exchangeClock } = this.#parts;
    const tracks = [...this.#parts.tracks()];
    const now = exchangeClock.now();
    if (!tracks.every(({ calendar }) => isTradingAt(calendar, now))) return;
    hearing.doubt(then);
    const from = (hearing.told?.close ?? hearing.since) as EpochMs;
    for (const { instrument } of tracks) journal.takeBack({ instrument: instrument.key, from });
  }

  #begin(): void {
    const { clock, exchangeClock, hearing, repair } = this.#parts;
    // What a recording lacks nobody can add: without history every bar is as whole as it will ever be.
    hearing.begin(clock.now(), repair === undefined);
    for (const track of this.#parts.tracks()) {
      if (repair === undefined) this.#giveUpBefore(track, exchangeClock.now());
      if (repair !== undefined && isIncomplete(track, exchangeClock.now())) repair.ask(track);
    }
  }

  /** Without history nobody can tell what a live feed did not: the rule goes on, and its signals say so. */
  #giveUpBefore(track: Track, now: EpochMs): void {
    const { calendar, coverage } = track;
    const session = sessionAtOrBefore(calendar, now);
    if (!this.#parts.isLive || session === undefined || now >= session.close) return;
    this.recall(track, session.open);
    for (const hole of subtractSpans([{ open: session.open, close: now }], coverage.live)) coverage.giveUp(hole);
  }

  #end(): void {
    const { hearing, repair, exchangeClock, onCutShort } = this.#parts;
    for (const track of this.#parts.tracks()) {
      track.coverage.settle();
      // Now, not when the feed tells again: its first word, which says where the day stands by then, may come before.
      track.forgetVolume();
    }
    const told = hearing.end();
    if (repair === undefined) return;
    for (const track of this.#parts.tracks()) if (isIncomplete(track, exchangeClock.now())) repair.ask(track);
    if (told !== undefined) onCutShort(told.close);
  }
}

function isTradingAt(calendar: Calendar, time: EpochMs): boolean {
  const session = calendar.session(calendar.dateOf(time));
  return session !== undefined && isTrading(session, time);
}

/** Whether anything is missing between the session's open and now, the minute in progress included. */
function isIncomplete({ calendar, coverage }: Track, now: EpochMs): boolean {
  const session = sessionAtOrBefore(calendar, now);
  return session !== undefined && !coverage.isWhole(session.open, Math.min(now, session.close) as EpochMs);
}
