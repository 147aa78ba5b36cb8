import type { CandleUpdate } from './update.ts';

/** A state of a candle, to be told. */
export interface CandleNews {
  readonly candle: CandleUpdate;
  readonly closed: boolean;
  /** It was told as closed before: this corrects it. */
  readonly revision: boolean;
}

/**
 * The candles of one topic in turn. KuCoin sends no sign that one has closed: it has when the next begins, or when its
 * time is over and nothing came (`close`). Every frame is a candle's whole state, so it replaces the one before; a
 * state that is older than the one we have, or the same, is left out. So two connections may carry one topic.
 *
 * Source: docs/wire-formats/kucoin.md, "Candles".
 */
export class CandleRoll {
  #current: CandleUpdate | undefined;
  #isClosed = false;
  /** The one before, to tell a correction from a repetition. */
  #before: CandleUpdate | undefined;

  /** The candle that has not been told as closed. */
  get running(): CandleUpdate | undefined {
    return this.#isClosed ? undefined : this.#current;
  }

  /** What a frame tells, in order. */
  next(candle: CandleUpdate): readonly CandleNews[] {
    const current = this.#current;
    if (current === undefined || candle.openTime > current.openTime) {
      const ended = this.close();
      this.#before = current;
      this.#current = candle;
      this.#isClosed = false;
      return [...ended, { candle, closed: false, revision: false }];
    }
    if (candle.openTime === current.openTime) {
      if (!isNews(candle, current)) return [];
      this.#current = candle;
      return [{ candle, closed: this.#isClosed, revision: this.#isClosed }];
    }
    const before = this.#before;
    if (before !== undefined && candle.openTime === before.openTime) {
      if (!isNews(candle, before)) return [];
      this.#before = candle;
    }
    return [{ candle, closed: true, revision: true }];
  }

  /** Its time is over: tells the running candle as closed, once. */
  close(): readonly CandleNews[] {
    const candle = this.running;
    if (candle === undefined) return [];
    this.#isClosed = true;
    return [{ candle, closed: true, revision: false }];
  }
}

function isNews(candle: CandleUpdate, known: CandleUpdate): boolean {
  if (candle.eventTime !== undefined && known.eventTime !== undefined && candle.eventTime < known.eventTime)
    return false;
  return (
    candle.open !== known.open ||
    candle.high !== known.high ||
    candle.low !== known.low ||
    candle.close !== known.close ||
    candle.volume !== known.volume ||
    candle.turnover !== known.turnover
  );
}
