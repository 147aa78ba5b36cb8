import type { EpochMs } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import { pause } from '../../engine/pause.ts';
import type { Clock, Logger } from '../../engine/ports.ts';
import { type KucoinApi, WEIGHT } from './api.ts';
import { readNumber, readTime } from './read-values.ts';
import { SERVER_TIME_MS } from './wire.ts';

/** Beyond this the person's clock is worth a word. */
const NOTABLE_MS = 2_000;

export interface ServerClockParts {
  readonly api: Pick<KucoinApi, 'get'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The venue's time: ours, and what ours is off by. Whether a candle is over is the venue's clock's to say. */
export class ServerClock {
  readonly #parts: ServerClockParts;
  #offset = 0;
  #askedAt: EpochMs | undefined;

  constructor(parts: ServerClockParts) {
    this.#parts = parts;
  }

  now(): EpochMs {
    return (this.#parts.clock.now() + this.#offset) as EpochMs;
  }

  /** Asks at once and then every hour, until `stop` aborts. */
  async keep(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.freshen(stop);
      await pause(this.#parts.clock, SERVER_TIME_MS, stop);
    }
  }

  /** Asks, unless that was done within the hour. An answer that does not come leaves things as they are. */
  async freshen(stop: AbortSignal): Promise<void> {
    const now = this.#parts.clock.now();
    if (this.#askedAt !== undefined && Math.abs(now - this.#askedAt) < SERVER_TIME_MS) return;
    this.#askedAt = now;
    await this.#measure(stop);
  }

  async #measure(stop: AbortSignal): Promise<void> {
    const { api, clock, logger } = this.#parts;
    try {
      const asked = clock.now();
      const time = readTime(readNumber(await api.get('/api/v1/timestamp', WEIGHT.timestamp, stop, 1)));
      const answered = clock.now();
      if (time === undefined || answered < asked) return;
      // The answer was written about half way.
      this.#offset = Math.round(time - (asked + answered) / 2);
      if (Math.abs(this.#offset) > NOTABLE_MS)
        logger.warn("The computer's clock differs from KuCoin's.", { offsetMs: this.#offset });
    } catch (thrown) {
      if (!stop.aborted) logger.warn("KuCoin's time could not be asked.", { code: AppError.from(thrown).code });
    }
  }
}
