import { MINUTE_MS } from '../../core/brand.ts';
import type { AppError } from '../../core/errors.ts';
import type { Clock, Logger } from './ports.ts';
import type { Publisher } from './publisher.ts';

/** How long the same sentence is not repeated. */
const QUIET_MS = MINUTE_MS;

/** Sentences remembered: there are few kinds of trouble, but some of them count something. */
const MAX_SENTENCES = 50;

/** Brings trouble to the log and to the screens: a full disk has something to say with every bar, and one line will do. */
export class TroubleDesk {
  readonly #clock: Clock;
  readonly #logger: Pick<Logger, 'error'>;
  readonly #publisher: Publisher;
  readonly #post: (sentence: string) => void;
  readonly #toldAt = new Map<string, number>();

  /** `clock` is the one on the wall. `post` takes a sentence for screens that come later, while there is none. */
  constructor(
    clock: Clock,
    logger: Pick<Logger, 'error'>,
    publisher: Publisher,
    post: (sentence: string) => void = () => undefined,
  ) {
    this.#clock = clock;
    this.#logger = logger;
    this.#publisher = publisher;
    this.#post = post;
  }

  /** Logs and shows the error, unless its sentence was told within the last minute. Never throws. */
  tell(error: AppError): void {
    const now = this.#clock.now();
    if (now - (this.#toldAt.get(error.message) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return;
    if (this.#toldAt.size >= MAX_SENTENCES) this.#toldAt.clear();
    this.#toldAt.set(error.message, now);
    this.#logger.error(error);
    if (this.#publisher.isHeard) this.#publisher.publish({ type: 'notice', level: 'error', text: error.message });
    else this.#post(error.message);
  }
}
