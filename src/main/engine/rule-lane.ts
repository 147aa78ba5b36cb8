import type { Candle } from '../../core/candle.ts';
import type { BarKind } from '../../core/candle-builder.ts';
import type { Indicator } from '../../core/indicators/indicator.ts';
import type { CompiledRule } from '../../core/scanner/compile-rule.ts';
import { type EmaCrossParameters, type EmaCrossReading, emaCrossStudy } from '../../core/scanner/ema-cross.ts';
import type { Finding, Judgement } from '../../core/scanner/finding.ts';
import type { LaneContext, LongerStart } from '../../core/scanner/lane-context.ts';
import { ScanLane } from '../../core/scanner/scan-lane.ts';
import type { Timeframe } from '../../core/timeframe.ts';

/** What a lane looks for, and what the watchlist shows of it. */
export interface LaneRules {
  readonly timeframe: Timeframe;
  readonly rules: readonly CompiledRule[];
  /** The averages and the strength that the watchlist shows; undefined where it shows another timeframe's. */
  readonly study: EmaCrossParameters | undefined;
}

/** The rules of one timeframe on one instrument, and the readings shown of it: fed with closed bars in order, each once. */
export class RuleLane {
  readonly kind: BarKind;
  readonly #scan: ScanLane;
  #study: Indicator<EmaCrossReading> | undefined;

  constructor({ timeframe, rules, study }: LaneRules, context: LaneContext) {
    this.kind = { instrument: context.instrument.key, timeframe, calendar: context.calendar };
    this.#scan = new ScanLane(rules, timeframe, context);
    this.#study = study && emaCrossStudy(study);
  }

  /** Opening time of the newest bar it has seen; -Infinity before the first. */
  get lastOpenTime(): number {
    return this.#scan.lastOpenTime;
  }

  get firstOpenTime(): number | undefined {
    return this.#scan.firstOpenTime;
  }

  /** How many bars it has seen. */
  get bars(): number {
    return this.#scan.bars;
  }

  /** The bar before the newest. */
  get previousBar(): Candle | undefined {
    return this.#scan.previousBar;
  }

  /** The newest closed bar of each longer timeframe that a rule looks at. */
  newestLonger(): readonly Candle[] {
    return this.#scan.newestLonger();
  }

  /** Where the bars of those began. */
  longerStarts(): readonly LongerStart[] {
    return this.#scan.longerStarts();
  }

  /** Whether some rule can say nothing of the newest closed bar, or there was none. */
  get isUnknown(): boolean {
    return this.bars === 0 || this.#scan.isUnknown;
  }

  /** What the rules said of the newest closed bar. */
  judgements(): readonly Judgement[] {
    return this.#scan.judgements();
  }

  /** Takes the next closed bar and judges it. A bar it has seen, or one before that, changes nothing. */
  close(bar: Candle): readonly Finding[] {
    if (bar.openTime <= this.lastOpenTime) return [];
    this.#study = this.#study?.next(bar.close);
    return this.#scan.close(bar);
  }

  /** The readings shown, as if the forming bar closed at `ltp`; undefined where they are another lane's. */
  preview(ltp: number): EmaCrossReading | undefined {
    return this.#study?.next(ltp).value;
  }

  /** What the rules would find if the forming bar closed now. Nothing is remembered. */
  judgeForming(bar: Candle): readonly Finding[] {
    return bar.openTime <= this.lastOpenTime ? [] : this.#scan.preview(bar);
  }
}
