import { SCAN_FUNCTIONS } from '../../../../../core/scanner/catalogue.ts';
import { BAR_FIELDS, DAY_FIELDS } from '../../../../../core/scanner/expression.ts';
import { TIMEFRAMES } from '../../../../../core/timeframe.ts';
import { timeframeName } from '../../../format/timeframe.ts';

/** Something that can be written, with what it means. */
export interface Word {
  /** What is typed to find it. */
  readonly label: string;
  /** What is put into the text; the label where it is left out. */
  readonly insert?: string;
  /** Beside the label, such as an example. */
  readonly detail: string;
  /** A line about it. */
  readonly means: string;
  readonly kind: 'function' | 'field' | 'word' | 'timeframe' | 'name';
}

const FIELD_MEANS: Partial<Record<string, string>> = {
  hl2: 'middle of high and low',
  hlc3: 'mean of high, low and close',
  ohlc4: 'mean of open, high, low and close',
  'day change': 'close against the previous day’s, in percent',
  gap: 'the day’s open against the previous close, in percent',
};

const FUNCTIONS: readonly Word[] = SCAN_FUNCTIONS.flatMap(({ name, aliases, summary, example }): readonly Word[] => [
  { label: name, insert: example, detail: example, means: summary, kind: 'function' },
  ...aliases.map(
    (alias): Word => ({ label: alias, insert: example, detail: example, means: summary, kind: 'function' }),
  ),
]);

const PLAIN: readonly Word[] = [
  { label: 'abs', insert: 'abs(', detail: 'abs(close - open)', means: 'size without its sign', kind: 'function' },
  {
    label: 'greater',
    insert: 'greater(',
    detail: 'greater(open, close)',
    means: 'the greater of two',
    kind: 'function',
  },
  { label: 'lesser', insert: 'lesser(', detail: 'lesser(open, close)', means: 'the lesser of two', kind: 'function' },
];

const FIELDS: readonly Word[] = [
  ...BAR_FIELDS.map(
    (name): Word => ({ label: name, detail: 'bar', means: FIELD_MEANS[name] ?? `${name} of the bar`, kind: 'field' }),
  ),
  ...DAY_FIELDS.map(
    (name): Word => ({
      label: name,
      detail: 'day',
      means: FIELD_MEANS[name] ?? `${name}, so far known`,
      kind: 'field',
    }),
  ),
];

/** Where a number or a condition begins. */
export const OPENERS: readonly Word[] = [
  ...FUNCTIONS,
  ...PLAIN,
  ...FIELDS,
  word('not', 'not (close > open)', 'turns a condition round'),
  word('within', 'within 3 bars of …', 'true on at least one of the last bars', 'within 3 bars of '),
  word('time', 'time after 09:30', 'when the bar closes, by the market’s clock', 'time after 09:30'),
  word('symbol', 'symbol in (RELIANCE, INFY)', 'only these symbols', 'symbol in ('),
  word('sector', 'sector in (Banks, Power)', 'only these sectors', 'sector in ('),
];

/** What may follow a number or a condition. */
export const FOLLOWERS: readonly Word[] = [
  word('crosses above', 'ema(9) crosses above ema(21)', 'beyond now, not on the bar before'),
  word('crosses below', 'ema(9) crosses below ema(21)', 'below now, not on the bar before'),
  word('and', 'a and b', 'both hold'),
  word('or', 'a or b', 'at least one holds'),
  word('between', 'rsi(14) between 40 and 60', 'both ends included'),
  word('turning up', 'supertrend(10, 3) turning up', 'it begins to rise'),
  word('turning down', 'supertrend(10, 3) turning down', 'it begins to fall'),
  word('rising', 'vwap rising', 'higher than on the bar before'),
  word('falling', 'vwap falling', 'lower than on the bar before'),
  word('for', 'close > vwap for 3 bars', 'true on each of the last bars', 'for 3 bars'),
  word('within', '… within 3 bars', 'true on at least one of the last bars', 'within 3 bars'),
  word('on', 'close on 15m', 'on bars of a longer timeframe'),
];

/** After `on`, and among a function’s numbers. */
export const FRAMES: readonly Word[] = [
  ...TIMEFRAMES.map(
    (timeframe): Word => ({
      label: timeframe,
      detail: timeframeName(timeframe),
      means: 'its last closed bar',
      kind: 'timeframe',
    }),
  ),
  word('forming', 'forming 1h', 'the bar in progress, which repaints', 'forming '),
];

function word(label: string, detail: string, means: string, insert = label): Word {
  return { label, detail, means, insert, kind: 'word' };
}
