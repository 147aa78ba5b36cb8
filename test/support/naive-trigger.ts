import { barCloseTime } from '../../src/core/bar-time.ts';
import { type EpochMs, MINUTE_MS } from '../../src/core/brand.ts';
import type { CompiledRule } from '../../src/core/scanner/compile-rule.ts';
import type { Condition, Truth } from '../../src/core/scanner/expression.ts';
import type { Side } from '../../src/core/signal.ts';
import { isIntraday } from '../../src/core/timeframe.ts';
import type { NaiveMarket } from './naive-market.ts';
import { NaiveScan } from './naive-scan.ts';

/** What a rule is on each of a lane's bars. */
export interface NaiveVerdict {
  readonly buy: Truth;
  readonly sell: Truth;
  /** The side that was told. */
  readonly told: Side | undefined;
}

/** What a rule says and tells on each of the lane's bars, by the words of its definition. */
export function naiveVerdicts(compiled: CompiledRule, market: NaiveMarket): readonly NaiveVerdict[] {
  const { rule } = compiled;
  const scan = new NaiveScan(market, rule.arithmetic);
  const truths = (condition: Condition | undefined): readonly Truth[] =>
    scan.own.map((_bar, at) => (condition === undefined ? undefined : scan.truth(condition, at)));
  const [buy, sell] = [truths(compiled.buy), truths(compiled.sell)];
  const again = { buy: truths(compiled.rearmBuy), sell: truths(compiled.rearmSell) };
  const hasAgain = { buy: compiled.rearmBuy !== undefined, sell: compiled.rearmSell !== undefined };
  const least = rule.rearm.kind === 'bars' ? rule.rearm.bars : 1;
  const start = (at: number): number =>
    isIntraday(rule.timeframe) ? scan.own.findIndex((_bar, index) => scan.date(index) === scan.date(at)) : 0;

  const fires = (side: Side, wanted: number): boolean => {
    const own = side === 'buy' ? buy : sell;
    const first = start(wanted);
    let isArmed = own[first - 1] === false;
    let inARow = 0;
    let fired = false;
    for (let at = first; at <= wanted; at += 1) {
      if (hasAgain[side] && again[side][at] === true) isArmed = true;
      fired = isArmed && own[at] === true && !(side === 'sell' && buy[at] === true);
      inARow = own[at] === false && !fired ? inARow + 1 : 0;
      if (fired) isArmed = false;
      else if (!hasAgain[side] && inARow >= least) isArmed = true;
    }
    return fired;
  };

  const closeOf = (at: number): EpochMs =>
    barCloseTime(scan.own[at]?.openTime ?? (0 as EpochMs), rule.timeframe, market.calendar);
  const toldAt: number[] = [];
  const isQuiet = (at: number): boolean => {
    if (rule.expiresOn !== null && scan.date(at) > rule.expiresOn) return true;
    const { activeHours } = rule;
    if (activeHours !== null) {
      const time = `${String(Math.floor(scan.minute(at) / 60)).padStart(2, '0')}:${String(scan.minute(at) % 60).padStart(2, '0')}`;
      if (time < activeHours.from || time >= activeHours.to) return true;
    }
    const today = toldAt.filter((told) => scan.date(told) === scan.date(at));
    if (rule.onlyNew && today.length > 0) return true;
    const last = today.at(-1);
    return last !== undefined && (closeOf(at) - closeOf(last)) / MINUTE_MS < rule.cooldownMinutes;
  };

  return scan.own.map((_bar, at) => {
    const side = fires('buy', at) ? 'buy' : fires('sell', at) ? 'sell' : undefined;
    const told = side === undefined || isQuiet(at) ? undefined : side;
    if (told !== undefined) toldAt.push(at);
    return { buy: buy[at], sell: sell[at], told };
  });
}
