import type { EpochMs } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import type { BarKind } from '../../core/candle-builder.ts';
import type { Indicator } from '../../core/indicators/indicator.ts';
import {
  EMA_CROSS,
  type EmaCrossParameters,
  type EmaCrossReading,
  emaCrossStudy,
  judgeEmaCross,
  type Verdict,
} from '../../core/scanner/ema-cross.ts';
import type { Signal } from '../../core/signal.ts';

/** A rule on one instrument: its indicators, fed with closed bars in order, each bar once. */
export class RuleLane {
  readonly kind: BarKind;
  readonly #parameters: EmaCrossParameters;
  #study: Indicator<EmaCrossReading>;
  #lastOpenTime = Number.NEGATIVE_INFINITY;
  #bars = 0;
  #verdict: Verdict = { kind: 'unknown' };

  constructor(kind: BarKind, parameters: EmaCrossParameters) {
    this.kind = kind;
    this.#parameters = parameters;
    this.#study = emaCrossStudy(parameters);
  }

  /** Opening time of the newest bar it has seen; -Infinity before the first. */
  get lastOpenTime(): number {
    return this.#lastOpenTime;
  }

  /** How many bars it has seen. */
  get bars(): number {
    return this.#bars;
  }

  /** What the rule said of the newest closed bar. */
  get verdict(): Verdict {
    return this.#verdict;
  }

  /** Takes the next closed bar and judges it. A bar it has seen, or one before that, changes nothing. */
  close(bar: Candle): Signal | undefined {
    if (bar.openTime <= this.#lastOpenTime) return undefined;
    const before = this.#study.value;
    this.#study = this.#study.next(bar.close);
    this.#lastOpenTime = bar.openTime;
    this.#bars += 1;
    this.#verdict = judgeEmaCross(this.#parameters, before, this.#study.value);
    return this.#signal(this.#verdict, bar.openTime, bar.close);
  }

  /** The operands as if the forming bar closed at `ltp`. Nothing is remembered. */
  preview(ltp: number): EmaCrossReading | undefined {
    return this.#study.next(ltp).value;
  }

  /** The signal the forming bar would give if it closed at `ltp` now. */
  judgeForming(barTime: EpochMs, ltp: number): Signal | undefined {
    if (barTime <= this.#lastOpenTime) return undefined;
    return this.#signal(judgeEmaCross(this.#parameters, this.#study.value, this.preview(ltp)), barTime, ltp);
  }

  #signal(verdict: Verdict, barTime: EpochMs, price: number): Signal | undefined {
    if (verdict.kind !== 'fires') return undefined;
    const { instrument, timeframe } = this.kind;
    return { instrument, timeframe, rule: EMA_CROSS, side: verdict.side, barTime, price, values: verdict.values };
  }
}
