import type { Timeframe } from '../timeframe.ts';

/**
 * A scan as a tree: what the parser makes of a sentence, what the formatter writes as one, what the lane evaluates.
 * The grammar is in docs/scan-language.md. Trees are plain data without positions; `Parsed.places` tells where in the
 * text a node stood.
 */

/** What a bar itself says, and means of its prices. */
export const BAR_FIELDS = ['open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3', 'ohlc4'] as const;
/**
 * What the day says, as of the bar's close and in continuous trading; `previous day …` is the last closed bar of 1d,
 * the auction included. `day change` is the close against the previous day's in percent, `gap` the day's open against it.
 */
export const DAY_FIELDS = [
  'day open',
  'day high',
  'day low',
  'day volume',
  'day change',
  'gap',
  'previous day open',
  'previous day high',
  'previous day low',
  'previous day close',
  'previous day volume',
] as const;
export type Field = (typeof BAR_FIELDS)[number] | (typeof DAY_FIELDS)[number];

export const ARITHMETIC = ['+', '-', '*', '/'] as const;
export const COMPARISONS = ['>', '>=', '<', '<=', '=', '!='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Has a number on a bar, or none that anybody knows. */
export type NumberExpression =
  /** Finite, as written; never negative (that is a `negate`). */
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'field'; readonly name: Field }
  /**
   * An indicator of the catalogue. `source` is the series it looks at, undefined where it takes whole bars or its
   * usual series (the close) was not written; `numbers` are all of its numbers, the usual ones filled in; `part` is
   * one of the catalogue's, undefined for a function of one part.
   */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly source: NumberExpression | undefined;
      readonly numbers: readonly number[];
      readonly part: string | undefined;
    }
  /** `abs(x)`, or the greater or lesser of two: `greater(x, y)`, `lesser(x, y)`. */
  | { readonly kind: 'plain'; readonly name: 'abs' | 'greater' | 'lesser'; readonly of: readonly NumberExpression[] }
  /** The value so many bars before, in bars of the timeframe it stands in; at least 1. */
  | { readonly kind: 'offset'; readonly of: NumberExpression; readonly bars: number }
  /** On bars of a longer timeframe: the last closed one, or the one in progress, which repaints. */
  | { readonly kind: 'on'; readonly of: NumberExpression; readonly timeframe: Timeframe; readonly forming: boolean }
  | { readonly kind: 'negate'; readonly of: NumberExpression }
  | {
      readonly kind: 'arithmetic';
      readonly op: (typeof ARITHMETIC)[number];
      readonly left: NumberExpression;
      readonly right: NumberExpression;
    };

/** Is true or false on a bar, or unknown. */
export type Condition =
  | {
      readonly kind: 'compare';
      readonly op: Comparison;
      readonly left: NumberExpression;
      readonly right: NumberExpression;
    }
  /** `of` lies between the two, both included. */
  | {
      readonly kind: 'between';
      readonly of: NumberExpression;
      readonly low: NumberExpression;
      readonly high: NumberExpression;
    }
  /** Beyond now, and not beyond on the bar before. */
  | {
      readonly kind: 'crosses';
      readonly direction: 'above' | 'below';
      readonly left: NumberExpression;
      readonly right: NumberExpression;
    }
  /**
   * For supertrend: the trend is up now and was not on the bar before. For any other number: it rose to this bar, and
   * had not risen to the bar before.
   */
  | { readonly kind: 'turns'; readonly direction: 'up' | 'down'; readonly of: NumberExpression }
  /** Higher (lower) than on the bar before, on each of the last `bars` bars. */
  | {
      readonly kind: 'moves';
      readonly direction: 'rising' | 'falling';
      readonly of: NumberExpression;
      readonly bars: number;
    }
  /** True on at least one of the last `bars` bars, this one included. */
  | { readonly kind: 'within'; readonly bars: number; readonly of: Condition }
  /** True on each of the last `bars` bars, this one included. */
  | { readonly kind: 'for'; readonly bars: number; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** When the bar closes, in minutes after midnight by the market's own clock; `[from, to)`, either end open. */
  | { readonly kind: 'time'; readonly from: number | undefined; readonly to: number | undefined }
  /** Whether the instrument is one of these symbols, or its sector one of these names, whatever their capitals. */
  | { readonly kind: 'member'; readonly of: 'symbol' | 'sector'; readonly names: readonly string[] };

export type Expression = NumberExpression | Condition;

/** Kleene's three values: undefined is unknown, and never fires. */
export type Truth = boolean | undefined;

/** A stretch of text, in UTF-16 units: `[start, end)`. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}
