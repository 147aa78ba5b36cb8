import type { BarMoment, DayClock } from './day-clock.ts';
import type { Frame } from './node-frame.ts';
import type { RulePlan, SidePlan } from './plan.ts';
import { type Arming, armingAfter, armingAtStart, FIRED, isTold, type Told } from './trigger.ts';
import { TRUE, type TruthCode, UNKNOWN } from './truth.ts';

/** Where a rule stands with one instrument: which sides are armed, and when it was last told. */
export class RuleState {
  readonly #plan: RulePlan;
  readonly #clock: DayClock;
  #buy: Arming = 0;
  #sell: Arming = 0;
  #told: Told | undefined;

  constructor(plan: RulePlan, clock: DayClock) {
    this.#plan = plan;
    this.#clock = clock;
  }

  /**
   * The side that fires, and is told, on the bar that `own` has evaluated. Where both are true the buy alone may.
   * Remembers it only where the bar `isClosed`. `startsAnew`: it is the lane's first bar, or the first of a date.
   */
  judge(own: Frame, moment: BarMoment, startsAnew: boolean, isClosed: boolean): SidePlan | undefined {
    const { buy, sell } = this.#plan;
    const buyTruth = buy === undefined ? UNKNOWN : own.truth(buy.slot);
    const sellTruth = sell === undefined ? UNKNOWN : own.truth(sell.slot);
    const armedBuy = this.#after(buy, this.#buy, buyTruth, own, startsAnew);
    // True as it may be, it does not fire then, and is not armed by it.
    const sellAlone = buyTruth === TRUE && sellTruth === TRUE ? UNKNOWN : sellTruth;
    const armedSell = this.#after(sell, this.#sell, sellAlone, own, startsAnew);
    if (isClosed) {
      this.#buy = armedBuy;
      this.#sell = armedSell;
    }
    if (armedBuy !== FIRED && armedSell !== FIRED) return undefined;
    if (!isTold(this.#plan.quieting, moment, this.#told, this.#clock)) return undefined;
    if (isClosed) this.#told = { date: moment.date, closeTime: moment.closeTime };
    return armedBuy === FIRED ? buy : sell;
  }

  #after(side: SidePlan | undefined, arming: Arming, truth: TruthCode, own: Frame, startsAnew: boolean): Arming {
    if (side === undefined) return 0;
    const from = startsAnew ? armingAtStart(own.lastTruth(side.slot)) : arming;
    return armingAfter(from, truth, this.#plan.bars, side.again === undefined ? undefined : own.truth(side.again));
  }
}
