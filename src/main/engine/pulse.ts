import type { MarketState } from '../../contract/events.ts';
import { SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Clock } from './ports.ts';

/** How often a simulated market's time is written down: so much of it a crash may play again. */
const SAVE_MS = 5 * SECOND_MS;

/** A busy moment delays a beat less than this. */
const LEAP_MS = 5 * SECOND_MS;

export interface PulseParts {
  readonly wall: Clock;
  readonly stop: AbortSignal;
  market(): MarketState;
  /** Once a second. */
  onBeat(): void;
  onMarket(market: MarketState): void;
  onSave(): void;
  /** Between two beats far more or less than a second went by: the computer slept, or its clock was set. */
  onLeap(): void;
  /** One of the above threw. The pulse goes on. */
  onTrouble(error: AppError): void;
}

/** What happens once a second, by the clock on the wall, for as long as a world lives. */
export class Pulse {
  readonly #parts: PulseParts;
  #market: MarketState | undefined;
  #savedAt: number;
  #beatAt: number | undefined;
  #cancel = (): void => undefined;

  constructor(parts: PulseParts) {
    this.#parts = parts;
    this.#savedAt = parts.wall.now();
    parts.stop.addEventListener('abort', () => this.#cancel(), { once: true });
  }

  /** The first beat; the others follow by themselves until `stop` aborts. */
  beat(): void {
    const { wall, stop, onTrouble } = this.#parts;
    if (stop.aborted) return;
    try {
      this.#work();
    } catch (thrown) {
      onTrouble(AppError.from(thrown));
    }
    this.#cancel = wall.after(SECOND_MS, () => this.beat());
  }

  #work(): void {
    const { wall, onBeat, onMarket, onSave, onLeap } = this.#parts;
    const since = wall.now() - (this.#beatAt ?? wall.now() - SECOND_MS);
    this.#beatAt = wall.now();
    if (Math.abs(since - SECOND_MS) > LEAP_MS) onLeap();
    onBeat();
    const market = this.#parts.market();
    if (market.phase !== this.#market?.phase || market.until !== this.#market.until) {
      this.#market = market;
      onMarket(market);
    }
    if (wall.now() - this.#savedAt >= SAVE_MS) {
      this.#savedAt = wall.now();
      onSave();
    }
  }
}
