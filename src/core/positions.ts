import type { EpochMs } from './brand.ts';
import { divide, type ExactMoney, moneyOf, numberOf, stepsOf } from './exact-money.ts';
import type { Side } from './signal.ts';

/** Bought or sold. */
export interface Fill {
  readonly side: Side;
  readonly quantity: number;
  /** In the instrument's currency. */
  readonly price: number;
  readonly at: EpochMs;
}

/** What fills have come to. All sums are exact: the realised is `cash` + `cost` to the last step. */
export interface Holding {
  /** In steps (`stepsOf`); below zero for a short. */
  readonly quantity: bigint;
  /** What was paid for what is held now; below zero for a short. */
  readonly cost: ExactMoney;
  /** What sales brought less what purchases took. */
  readonly cash: ExactMoney;
  /** Profit of what was closed again. */
  readonly realised: ExactMoney;
  /** Of what is held now. */
  readonly openedAt: EpochMs | undefined;
}

export const NOTHING_HELD: Holding = { quantity: 0n, cost: 0n, cash: 0n, realised: 0n, openedAt: undefined };

/**
 * One fill more. What closes a part of a position takes its share of the cost along, by the average price; what goes
 * beyond it opens one of the other side.
 */
export function addFill(holding: Holding, { side, quantity, price, at }: Fill): Holding {
  const signed = side === 'buy' ? stepsOf(quantity) : -stepsOf(quantity);
  const each = stepsOf(price);
  const closing = isOpposite(holding.quantity, signed) ? least(signed, -holding.quantity) : 0n;
  const opening = signed - closing;
  // The share of the cost that leaves has the sign of what is held, `closing` the other.
  const share = closing === 0n ? 0n : divide(holding.cost * magnitude(closing), magnitude(holding.quantity));
  const held = holding.quantity + signed;
  return {
    quantity: held,
    cost: holding.cost - share + opening * each,
    cash: holding.cash - signed * each,
    realised: holding.realised - closing * each - share,
    openedAt: held === 0n ? undefined : opening === 0n ? holding.openedAt : (keptOpening(holding, closing) ?? at),
  };
}

/** When what is held was opened, where the fill added to it. */
function keptOpening({ quantity, openedAt }: Holding, closing: bigint): EpochMs | undefined {
  return quantity === 0n || closing !== 0n ? undefined : openedAt;
}

/** Shares or lots held; below zero for a short. */
export function quantityOf({ quantity }: Holding): number {
  return numberOf(quantity);
}

/** What a share of it cost, or brought; undefined where nothing is held. */
export function averageOf({ quantity, cost }: Holding): number | undefined {
  return quantity === 0n ? undefined : numberOf(divide(magnitude(cost), magnitude(quantity)));
}

/** Profit or loss of what is held, at a price. */
export function unrealisedAt({ quantity, cost }: Holding, price: number): number {
  return moneyOf(quantity * stepsOf(price) - cost);
}

function isOpposite(a: bigint, b: bigint): boolean {
  return (a > 0n && b < 0n) || (a < 0n && b > 0n);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Of two of the same sign, the one nearer to zero. */
function least(a: bigint, b: bigint): bigint {
  return magnitude(a) < magnitude(b) ? a : b;
}
