import type { MarketState } from '../../contract/events.ts';
import { SECOND_MS } from '../../core/brand.ts';
import type { Clock } from './ports.ts';

/** How often a simulated market's time is written down: so much of it a crash may play again. */
const SAVE_MS = 5 * SECOND_MS;

export interface PulseParts {
  readonly wall: Clock;
  readonly stop: AbortSignal;
  market(): MarketState;
  /** Once a second. */
  onBeat(): void;
  onMarket(market: MarketState): void;
  onSave(): void;
}

/** What happens once a second, by the clock on the wall, for as long as a world lives. */
export class Pulse {
  readonly #parts: PulseParts;
  #market: MarketState | undefined;
  #savedAt: number;

  constructor(parts: PulseParts) {
    this.#parts = parts;
    this.#savedAt = parts.wall.now();
  }

  beat(): void {
    const { wall, stop, onBeat, onMarket, onSave } = this.#parts;
    if (stop.aborted) return;
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
    wall.after(SECOND_MS, () => this.beat());
  }
}
