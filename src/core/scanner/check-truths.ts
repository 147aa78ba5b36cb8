import { LESS, MORE, SAME, type Standing } from './check-order.ts';
import type { Comparison, Condition } from './expression.ts';

type Kind<Name extends Condition['kind']> = Extract<Condition, { kind: Name }>;

/** A condition without `not` but before what cannot be turned round. */
export type Plain =
  | Exclude<Condition, { kind: 'not' | 'and' | 'or' }>
  | { readonly kind: 'and' | 'or'; readonly of: readonly Plain[] }
  | { readonly kind: 'not-member'; readonly of: Kind<'member'> }
  | { readonly kind: 'opaque' };

/** What is wanted of a comparison's two sides. */
export const WANTED: Readonly<Record<Comparison, Standing>> = {
  '>': MORE,
  '>=': MORE | SAME,
  '<': LESS,
  '<=': LESS | SAME,
  '=': SAME,
  '!=': LESS | MORE,
};

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '=': '!=',
  '!=': '=',
};

/** The same condition, or its opposite, with `not` moved inwards as far as that can be said. */
export function plainly(condition: Condition, isNot: boolean): Plain {
  switch (condition.kind) {
    case 'not':
      return plainly(condition.of, !isNot);
    case 'and':
    case 'or': {
      const kind = isNot === (condition.kind === 'and') ? 'or' : 'and';
      return { kind, of: condition.of.map((part) => plainly(part, isNot)) };
    }
    case 'compare':
      return isNot ? { ...condition, op: OPPOSITE[condition.op] } : condition;
    case 'between': {
      const { of, low, high } = condition;
      const parts: readonly Condition[] = [
        { kind: 'compare', op: '>=', left: of, right: low },
        { kind: 'compare', op: '<=', left: of, right: high },
      ];
      return plainly({ kind: 'and', of: parts }, isNot);
    }
    case 'time':
      return isNot ? otherHours(condition) : condition;
    case 'member':
      return isNot ? { kind: 'not-member', of: condition } : condition;
    default:
      return isNot ? { kind: 'opaque' } : condition;
  }
}

function otherHours({ from, to }: Kind<'time'>): Plain {
  const parts: Plain[] = [];
  if (from !== undefined) parts.push({ kind: 'time', from: undefined, to: from });
  if (to !== undefined) parts.push({ kind: 'time', from: to, to: undefined });
  return { kind: 'or', of: parts };
}

/** The standing seen from the other side. */
export function turned(standing: Standing): Standing {
  return (standing & SAME) | (standing & LESS ? MORE : 0) | (standing & MORE ? LESS : 0);
}
