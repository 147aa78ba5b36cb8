import { formatNumber, formatPrice } from './price.ts';
import { groupingOf, type PriceStyle } from './price-style.ts';
import { formatQuantity } from './quantity.ts';

/** Functions and fields whose value is a share, an index or a direction, not a price. */
const PLAIN = /^(rsi|adx|plus-?di|minus-?di|di|stochastic|roc|day change|gap)\b|\.direction\b/;
const QUANTITY = /^(volume|day volume|previous day volume|obv)\b|\(\s*((previous )?day )?volume\b/;

/** An operand's value as a trader reads it: a price, a quantity, or a plain number, by what the operand is. */
export function readingText(operand: string, value: number, style: number | PriceStyle): string {
  if (QUANTITY.test(operand)) return formatQuantity(value, groupingOf(style));
  if (PLAIN.test(operand)) return formatNumber(value, 1);
  return formatPrice(value, style);
}
