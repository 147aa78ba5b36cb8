import { ANY, LESS, MORE, SAME, type Standing } from './check-order.ts';
import { ANYWHERE, intersection, isEmpty, type Range, rangeOf } from './check-range.ts';
import { type Plain, plainly, turned, WANTED } from './check-truths.ts';
import type { Comparison, NumberExpression } from './expression.ts';
import { formatNumber } from './format.ts';
import { plainName } from './member.ts';
import { isConstant } from './walk.ts';

/** Whether conditions, each of which can hold, can never hold at once. Where that is not told, they can. */
export function areAtOdds(parts: readonly Plain[]): boolean {
  const wanted = new Wanted();
  return !parts.every((part) => wanted.add(part));
}

/** What must be so of the same bar. */
class Wanted {
  readonly #standings = new Map<string, Standing>();
  readonly #ranges = new Map<string, Range>();
  #from = 0;
  #to = Number.POSITIVE_INFINITY;
  readonly #members = new Map<'symbol' | 'sector', ReadonlySet<string>>();
  readonly #others = new Map<'symbol' | 'sector', Set<string>>();

  /** False where it is at odds with what was added before. */
  add(part: Plain): boolean {
    switch (part.kind) {
      case 'and':
        return part.of.every((inner) => this.add(inner));
      case 'for':
        return this.add(plainly(part.of, false));
      case 'compare':
        return this.#compare(part.op, part.left, part.right);
      case 'crosses': {
        const { left, right, direction } = part;
        const isAbove = direction === 'above';
        const now = this.#compare(isAbove ? '>' : '<', left, right);
        return now && this.#compare(isAbove ? '<=' : '>=', earlier(left), earlier(right));
      }
      case 'moves':
        return this.#compare(part.direction === 'rising' ? '>' : '<', part.of, earlier(part.of));
      case 'time':
        this.#from = Math.max(this.#from, part.from ?? 0);
        this.#to = Math.min(this.#to, part.to ?? Number.POSITIVE_INFINITY);
        return this.#from < this.#to;
      case 'member':
      case 'not-member':
        return this.#member(part);
      default:
        return true;
    }
  }

  #compare(op: Comparison, left: NumberExpression, right: NumberExpression): boolean {
    const [one, other] = [formatNumber(left), formatNumber(right)];
    const isInOrder = one <= other;
    const key = isInOrder ? `${one} ? ${other}` : `${other} ? ${one}`;
    const asked = isInOrder ? WANTED[op] : turned(WANTED[op]);
    const standing = (this.#standings.get(key) ?? ANY) & asked;
    this.#standings.set(key, standing);
    if (standing === 0) return false;
    return this.#bound(left, WANTED[op], right) && this.#bound(right, turned(WANTED[op]), left);
  }

  /** What the one's standing to the other says of where it lies. */
  #bound(bounded: NumberExpression, standing: Standing, other: NumberExpression): boolean {
    const range = rangeOf(other);
    if (isConstant(bounded) || range === undefined) return true;
    const key = formatNumber(bounded);
    let kept = this.#ranges.get(key) ?? rangeOf(bounded) ?? ANYWHERE;
    const isSame = (standing & SAME) !== 0;
    if ((standing & LESS) === 0)
      kept = intersection(kept, { ...ANYWHERE, low: range.low, isAbove: range.isAbove || !isSame });
    if ((standing & MORE) === 0)
      kept = intersection(kept, { ...ANYWHERE, high: range.high, isBelow: range.isBelow || !isSame });
    this.#ranges.set(key, kept);
    return !isEmpty(kept);
  }

  #member(part: Extract<Plain, { kind: 'member' | 'not-member' }>): boolean {
    const { of, names } = part.kind === 'member' ? part : part.of;
    const asked = new Set(names.map((name) => comparable(name, of)));
    const others = this.#others.get(of) ?? new Set();
    const members = this.#members.get(of);
    // An exchange before one of two names may make them the same or not: then nothing is said.
    if (part.kind === 'member') this.#members.set(of, members === undefined ? asked : inBoth(asked, members));
    else if (names.every((name) => !name.includes(':'))) for (const name of asked) others.add(name);
    this.#others.set(of, others);
    const left = this.#members.get(of);
    return left === undefined || [...left].some((name) => !others.has(name));
  }
}

/** `NSE:INFY` may be meant by `INFY`. */
function comparable(name: string, of: 'symbol' | 'sector'): string {
  const text = plainName(name);
  return of === 'symbol' ? text.slice(text.indexOf(':') + 1) : text;
}

/** The number on the bar before, as its text is written there. */
function earlier(of: NumberExpression): NumberExpression {
  return isConstant(of) ? of : { kind: 'offset', of, bars: 1 };
}

function inBoth(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((name) => other.has(name)));
}
