import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Tick } from '../../../core/tick.ts';
import type { Feed, QuoteSource } from '../../engine/ports.ts';
import type { BrokerModule, OpenContext } from '../broker-module.ts';
import { PacedClock } from '../paced-clock.ts';
import { type Playlist, play } from '../play.ts';
import { type Audience, liveMarket } from './live-market.ts';
import { manifest } from './manifest.ts';
import { simulatedHistory } from './simulated-history.ts';
import { createMarket, type Listing } from './simulated-market.ts';
import { tickAt } from './tick-at.ts';
import { startTime } from './trading-time.ts';

/** The market that runs when nothing else is set up: at any hour, without an account. */
export const simulator: BrokerModule = {
  manifest,
  async open(context) {
    const { clock: wall, settings, calendarOf, resumeAt } = context;
    const listings = createMarket(settings.simulator.seed, context.instruments, calendarOf);
    const segments = new Set([...listings.values()].map(({ instrument }) => instrument.segment));
    const calendars = [...(segments.size === 0 ? (['nse-cas'] as const) : segments)].map(calendarOf);
    const clock = new PacedClock(wall, startTime(calendars, wall.now(), resumeAt), settings.simulator.speed);
    const stage = createStage(listings, clock);
    const playlist = liveMarket([...listings.values()], calendars, clock, stage);
    return {
      instruments: [...listings.values()].map(({ instrument }) => instrument),
      feed: simulatedFeed(playlist, clock, stage, context),
      quotes: simulatedQuotes(listings, clock),
      history: simulatedHistory(listings, clock),
      playback: {
        clock,
        setSpeed: (speed) => clock.setSpeed(speed),
        run: (stop) => play(playlist, clock, wall, stop),
      },
    };
  },
};

/** Who listens changes while the market goes on. */
interface Stage extends Audience {
  watched: ReadonlySet<InstrumentKey>;
  receive: ((ticks: readonly Tick[]) => void) | undefined;
  /** Where each stands that trades now: what the first trade is counted from, as a venue sends it on subscribing. */
  pictures(): readonly Tick[];
}

function createStage(listings: ReadonlyMap<InstrumentKey, Listing>, clock: PacedClock): Stage {
  return {
    watched: new Set(),
    receive: undefined,
    wants(instrument) {
      return this.receive !== undefined && this.watched.has(instrument);
    },
    hear(ticks) {
      this.receive?.(ticks);
    },
    pictures() {
      return [...this.watched].flatMap((key) => {
        const listing = listings.get(key);
        return (listing && pictureOf(listing, clock.now())) ?? [];
      });
    },
  };
}

/** The newest trade before `now` of a session in progress; what is traded at `now` is still to be told. */
function pictureOf(listing: Listing, now: EpochMs): Tick | undefined {
  const session = listing.calendar.session(listing.calendar.dateOf(now));
  if (session === undefined || now <= session.open || now >= session.close) return undefined;
  const tick = tickAt(listing, (now - 1) as EpochMs);
  return tick !== undefined && tick.time >= session.open ? tick : undefined;
}

function simulatedFeed(
  playlist: Playlist,
  clock: PacedClock,
  stage: Stage,
  { clock: wall, logger }: OpenContext,
): Feed {
  return {
    watch(instruments) {
      stage.watched = new Set(instruments);
    },
    async run(sink, stop) {
      stage.receive = (ticks) => {
        // A second without a trade is told too: nothing that was traded up to it is missing.
        sink.heard(0);
        if (ticks.length > 0) sink.ticks(ticks);
      };
      sink.status({ state: 'live', since: clock.now() });
      sink.quotes(stage.pictures());
      try {
        await play(playlist, clock, wall, stop);
        sink.status({ state: 'stopped', reason: 'by-user' });
      } catch (thrown) {
        const error = AppError.from(thrown);
        logger.error(error);
        sink.status({ state: 'stopped', reason: 'failed', message: error.message });
      } finally {
        stage.receive = undefined;
      }
    },
  };
}

function simulatedQuotes(listings: ReadonlyMap<InstrumentKey, Listing>, clock: PacedClock): QuoteSource {
  return {
    async quotes(instruments) {
      return instruments.flatMap((key) => {
        const listing = listings.get(key);
        return (listing && tickAt(listing, clock.now())) ?? [];
      });
    },
  };
}
