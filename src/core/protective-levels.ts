import type { Offset } from './paper-order.ts';
import type { PricePrint } from './price-print.ts';
import type { Distance } from './rule.ts';
import type { Side } from './signal.ts';

/** Room for the noise of fractions: 99 / 0.05 is 1,979.999…. */
const EPSILON = 1e-6;

/** Prices at which a position is closed. */
export interface Levels {
  readonly stop: number | undefined;
  readonly target: number | undefined;
}

/** What a rule's distance comes to, with the average true range of the signal's bar; undefined where that is unknown. */
export function offsetOf(distance: Distance, atr: number | undefined): Offset | undefined {
  if (distance.kind === 'percent') return { kind: 'percent', percent: distance.percent };
  return atr === undefined || !(atr > 0) ? undefined : { kind: 'points', points: distance.multiple * atr };
}

/**
 * Stop and target of a position that was opened by `side` at `price`. They lie on the instrument's grid of prices,
 * the next step outwards, so neither is nearer than the rule says.
 */
export function levelsOf(
  { stop, target }: { readonly stop: Offset | undefined; readonly target: Offset | undefined },
  side: Side,
  price: number,
  tickSize: number | undefined,
): Levels {
  const away = (offset: Offset | undefined, direction: 1 | -1): number | undefined => {
    if (offset === undefined) return undefined;
    const points = offset.kind === 'percent' ? (price * offset.percent) / 100 : offset.points;
    return outwards(price + direction * points, direction, tickSize);
  };
  return side === 'buy'
    ? { stop: away(stop, -1), target: away(target, 1) }
    : { stop: away(stop, 1), target: away(target, -1) };
}

/** Which level a print touches; where it touches both, nobody knows which came first, and the stop is assumed. */
export function touched(
  { stop, target }: Levels,
  side: Side,
  { high, low }: Pick<PricePrint, 'high' | 'low'>,
): 'stop' | 'target' | undefined {
  const [stopped, reached] =
    side === 'buy'
      ? [stop !== undefined && low <= stop, target !== undefined && high >= target]
      : [stop !== undefined && high >= stop, target !== undefined && low <= target];
  return stopped ? 'stop' : reached ? 'target' : undefined;
}

function outwards(level: number, direction: 1 | -1, tickSize: number | undefined): number {
  if (tickSize === undefined || !(tickSize > 0)) return level;
  const steps = level / tickSize;
  const whole = direction === 1 ? Math.ceil(steps - EPSILON) : Math.floor(steps + EPSILON);
  return Number((whole * tickSize).toFixed(8));
}
