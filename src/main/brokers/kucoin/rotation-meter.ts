import type { Clock, Logger } from '../../engine/ports.ts';
import { Meter } from '../transport/meter.ts';

/** Counts, and writes each rotation into the log. */
export class RotationMeter extends Meter {
  readonly #name: string;
  readonly #logger: Logger;

  constructor(name: string, clock: Clock, logger: Logger) {
    super(name, clock);
    this.#name = name;
    this.#logger = logger;
  }

  override rotated(): void {
    super.rotated();
    this.#logger.info('A fresh connection to KuCoin took over, without a gap.', { connection: this.#name });
  }
}
