import { barCloseTime } from '../../src/core/bar-time.ts';
import { type EpochMs, MINUTE_MS } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { symbolOf } from '../../src/core/instrument.ts';
import { findFunction } from '../../src/core/scanner/catalogue.ts';
import type { Condition, NumberExpression, Truth } from '../../src/core/scanner/expression.ts';
import type { Arithmetic } from '../../src/core/scanner/scan-function.ts';
import { allOf, anyOf, finite, isAbove, not, ordered, type Value } from './naive-logic.ts';
import { laneBars, longerOf, type NaiveMarket } from './naive-market.ts';

type Field = Extract<NumberExpression, { kind: 'field' }>['name'];
type Call = Extract<NumberExpression, { kind: 'call' }>;
type On = Extract<NumberExpression, { kind: 'on' }>;

/**
 * Says what an expression is on a bar, by its definition and from all bars, each time anew: nothing is kept, shared or
 * prepared. Slow, and written beside the lane rather than after it.
 */
export class NaiveScan {
  readonly #market: NaiveMarket;
  readonly #arithmetic: Arithmetic;

  constructor(market: NaiveMarket, arithmetic: Arithmetic) {
    this.#market = market;
    this.#arithmetic = arithmetic;
  }

  get own(): readonly Candle[] {
    return laneBars(this.#market);
  }

  number(expression: NumberExpression, at: number): Value {
    return this.#on(this.own, expression, at);
  }

  truth(condition: Condition, at: number): Truth {
    if (at < 0) return undefined;
    switch (condition.kind) {
      case 'compare': {
        const [left, right] = [this.number(condition.left, at), this.number(condition.right, at)];
        if (left === undefined || right === undefined) return undefined;
        const { op } = condition;
        const order = Math.sign(left - right);
        return { '>': [1], '>=': [1, 0], '<': [-1], '<=': [-1, 0], '=': [0], '!=': [1, -1] }[op].includes(order);
      }
      case 'between': {
        const [of, low, high] = [condition.of, condition.low, condition.high].map((each) => this.number(each, at));
        return allOf([ordered(low, of), ordered(of, high)]);
      }
      case 'crosses': {
        const isBeyond = (bar: number): Truth => {
          const [left, right] = [this.number(condition.left, bar), this.number(condition.right, bar)];
          return condition.direction === 'above' ? isAbove(left, right) : isAbove(right, left);
        };
        return allOf([isBeyond(at), not(at === 0 ? undefined : isBeyond(at - 1))]);
      }
      case 'turns': {
        const went = (bar: number): Truth => this.#went(condition, bar);
        return allOf([went(at), not(at === 0 ? undefined : went(at - 1))]);
      }
      case 'moves': {
        const { of, direction, bars } = condition;
        return allOf(last(bars, at).map((bar) => this.#moved(of, direction === 'rising', bar)));
      }
      case 'within':
        return anyOf(last(condition.bars, at).map((bar) => this.truth(condition.of, bar)));
      case 'for':
        return allOf(last(condition.bars, at).map((bar) => this.truth(condition.of, bar)));
      case 'and':
        return allOf(condition.of.map((part) => this.truth(part, at)));
      case 'or':
        return anyOf(condition.of.map((part) => this.truth(part, at)));
      case 'not':
        return not(this.truth(condition.of, at));
      case 'time': {
        const minute = this.minute(at);
        return minute >= (condition.from ?? 0) && minute < (condition.to ?? 9_999);
      }
      case 'member':
        return this.#isMember(condition);
    }
  }

  /** Minutes after midnight at which a bar closes. */
  minute(at: number): number {
    const { calendar, timeframe } = this.#market;
    const { openTime } = this.#bar(this.own, at);
    const closeTime = barCloseTime(openTime, timeframe, calendar);
    return (closeTime - calendar.midnight(calendar.dateOf((closeTime - 1) as EpochMs))) / MINUTE_MS;
  }

  date(at: number): string {
    return this.#market.calendar.dateOf(this.#bar(this.own, at).openTime);
  }

  #went({ of, direction }: Extract<Condition, { kind: 'turns' }>, at: number): Truth {
    const isUp = direction === 'up';
    const call = of.kind === 'on' || of.kind === 'offset' ? of.of : of;
    if (call.kind !== 'call' || call.name !== 'supertrend') return this.#moved(of, isUp, at);
    const trend = { ...call, part: 'direction' };
    const value = this.number(of.kind === 'on' || of.kind === 'offset' ? { ...of, of: trend } : trend, at);
    return value === undefined ? undefined : value === (isUp ? 1 : -1);
  }

  #moved(of: NumberExpression, isRising: boolean, at: number): Truth {
    const [now, before] = [this.number(of, at), this.number(of, at - 1)];
    return isRising ? isAbove(now, before) : isAbove(before, now);
  }

  #isMember({ of, names }: Extract<Condition, { kind: 'member' }>): Truth {
    const { key, sector } = this.#market.instrument;
    const own = of === 'symbol' ? symbolOf(key) : sector;
    return own === undefined ? undefined : names.some((name) => name.toUpperCase() === own.toUpperCase());
  }

  /** What `expression` is on bar `at` of these. */
  #on(bars: readonly Candle[], expression: NumberExpression, at: number): Value {
    if (at < 0) return undefined;
    const value = (of: NumberExpression): Value => this.#on(bars, of, at);
    switch (expression.kind) {
      case 'number':
        return expression.value;
      case 'field':
        return this.#field(bars, expression.name, at);
      case 'call':
        return this.#call(bars, expression, at);
      case 'offset':
        return this.#on(bars, expression.of, at - expression.bars);
      case 'on':
        return this.#longer(expression, at);
      case 'plain': {
        const of = expression.of.map(value);
        if (of.includes(undefined)) return undefined;
        const [first = 0, second = 0] = of;
        if (expression.name === 'abs') return first < 0 ? -first : first;
        return (expression.name === 'greater') === first > second ? first : second;
      }
      case 'negate':
        return finite((of) => 0 - of, value(expression.of));
      case 'arithmetic': {
        const { op, left, right } = expression;
        return finite((a, b) => ({ '+': a + b, '-': a - b, '*': a * b, '/': a / b })[op], value(left), value(right));
      }
    }
  }

  #field(bars: readonly Candle[], name: Field, at: number): Value {
    const { calendar } = this.#market;
    const bar = this.#bar(bars, at);
    const { open, high, low, close, volume } = bar;
    const today = bars
      .slice(0, at + 1)
      .filter((each) => calendar.dateOf(each.openTime) === calendar.dateOf(bar.openTime));
    const before = (field: 'open' | 'high' | 'low' | 'close' | 'volume'): Value => {
      if (this.#market.timeframe === '1d') return bars[at - 1]?.[field];
      return this.#longer({ kind: 'on', of: { kind: 'field', name: field }, timeframe: '1d', forming: false }, at);
    };
    const percent = (of: Value): Value => finite((now, then) => (100 * (now - then)) / then, of, before('close'));
    switch (name) {
      case 'open':
        return open;
      case 'high':
        return high;
      case 'low':
        return low;
      case 'close':
        return close;
      case 'volume':
        return volume;
      case 'hl2':
        return (high + low) / 2;
      case 'hlc3':
        return (high + low + close) / 3;
      case 'ohlc4':
        return (open + high + low + close) / 4;
      case 'day open':
        return today[0]?.open;
      case 'day high':
        return Math.max(...today.map((each) => each.high));
      case 'day low':
        return Math.min(...today.map((each) => each.low));
      case 'day volume':
        return today.some((each) => each.volume === undefined)
          ? undefined
          : today.reduce((sum, each) => sum + (each.volume ?? 0), 0);
      case 'day change':
        return percent(close);
      case 'gap':
        return percent(today[0]?.open);
      default:
        // `previous day …`: the last word is a field of a bar.
        return before(name.split(' ').at(-1) as 'open' | 'high' | 'low' | 'close' | 'volume');
    }
  }

  /** From the very first bar; bars on which the source is unknown are left out. */
  #call(bars: readonly Candle[], { name, source, numbers, part }: Call, at: number): Value {
    const of = findFunction(name);
    if (of === undefined) throw new RangeError(`There is no function ${name}.`);
    const { calendar } = this.#market;
    const dayOf = (time: number): string => calendar.dateOf(time as EpochMs);
    let now = of.build(numbers, { arithmetic: this.#arithmetic, dayOf });
    let isKnown = false;
    for (let index = 0; index <= at; index += 1) {
      const bar = this.#bar(bars, index);
      const series = source === undefined ? bar.close : this.#on(bars, source, index);
      isKnown = series !== undefined;
      if (series !== undefined) now = now.next(bar, series);
    }
    return isKnown ? finite((value) => value, now.value(part === undefined ? 0 : of.parts.indexOf(part))) : undefined;
  }

  #longer({ of, timeframe, forming }: On, at: number): Value {
    const { timeframe: own } = this.#market;
    if (timeframe === own) return this.#on(this.own, of, at);
    const bars = longerOf(this.#market, timeframe, at);
    const shown = forming ? bars.all : bars.closed;
    return this.#on(shown, of, shown.length - 1);
  }

  #bar(bars: readonly Candle[], at: number): Candle {
    const bar = bars[at];
    if (bar === undefined) throw new RangeError(`There is no bar ${at} of ${bars.length}.`);
    return bar;
  }
}

const last = (bars: number, at: number): readonly number[] => Array.from({ length: bars }, (_, back) => at - back);
