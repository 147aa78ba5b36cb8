import type { FeedStatus } from '../../core/feed-status.ts';
import type { Clock } from './ports.ts';
import type { RepairDesk } from './repair-desk.ts';
import type { Track } from './track.ts';

export interface CoverageDeskParts {
  /** The market's clock. */
  readonly clock: Clock;
  tracks(): Iterable<Track>;
  /** Undefined without history. */
  readonly repair: RepairDesk | undefined;
}

/** Knows since when the feed has told every trade, and asks for what it missed. */
export class CoverageDesk {
  readonly #parts: CoverageDeskParts;
  #isTelling = false;

  constructor(parts: CoverageDeskParts) {
    this.#parts = parts;
  }

  /** `isStreaming` is false while quotes are polled: looks now and then make no bar whole. */
  follow(status: FeedStatus, isStreaming: boolean): void {
    const isTelling = isStreaming && status.state === 'live';
    if (isTelling === this.#isTelling) return;
    this.#isTelling = isTelling;
    const { clock, repair } = this.#parts;
    for (const track of this.#parts.tracks()) {
      if (!isTelling) {
        if (repair !== undefined) track.coverage.end();
        continue;
      }
      // What a recording lacks nobody can add: without history every bar is as whole as it will ever be.
      track.coverage.begin(repair === undefined ? Number.NEGATIVE_INFINITY : clock.now());
      if (track.coverage.hole !== undefined) repair?.ask(track);
    }
  }
}
