import type { EpochMs } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import { type BarKind, type FormingBar, foldPiece, type Piece } from '../../core/candle-builder.ts';

/** What became of a piece: see `BarStep`. */
export type PushOutcome = 'updated' | 'rolled' | 'late' | 'outside-session';

/** The bars of one instrument on one timeframe, as they are being built. */
export class BarMaker {
  readonly kind: BarKind;
  #forming: FormingBar | undefined;
  #closed: Candle | undefined;
  /** Bars up to here have closed: a piece before it is late, whether or not a bar is forming. */
  #sealedThrough = Number.NEGATIVE_INFINITY;
  /** Bars that ended by then have closed, those without a trade too: a first piece that falls into one is late. */
  #sealedAt = Number.NEGATIVE_INFINITY;

  constructor(kind: BarKind, seed?: FormingBar) {
    this.kind = kind;
    this.#forming = seed;
  }

  get forming(): FormingBar | undefined {
    return this.#forming;
  }

  /** The bar that the last `push` or `seal` closed, if it closed one. */
  get closed(): Candle | undefined {
    return this.#closed;
  }

  push(piece: Piece): PushOutcome {
    this.#closed = undefined;
    if (piece.time < this.#sealedThrough) return 'late';
    const step = foldPiece(this.#forming, piece, this.kind);
    if (step.kind === 'ignored') return step.reason;
    if (step.forming.closeTime <= this.#sealedAt) return 'late';
    if (step.kind === 'rolled') {
      this.#closed = step.closed;
      this.#sealedThrough = this.#forming?.closeTime ?? this.#sealedThrough;
    }
    this.#forming = step.forming;
    return step.kind;
  }

  /** Closes the forming bar if it ended at or before `time`. */
  seal(time: EpochMs): Candle | undefined {
    this.#closed = undefined;
    this.#sealedAt = Math.max(this.#sealedAt, time);
    if (this.#forming === undefined || this.#forming.closeTime > time) return undefined;
    this.#closed = this.#forming.candle;
    this.#sealedThrough = this.#forming.closeTime;
    this.#forming = undefined;
    return this.#closed;
  }
}
