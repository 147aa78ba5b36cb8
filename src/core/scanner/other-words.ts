import { SCAN_FUNCTIONS } from './catalogue.ts';

/** What a word of another program, or of everyday speech, is called here. */
export interface Meant {
  readonly message: string;
  /** What to write in its place; '' to leave it out, null where that cannot be said. */
  readonly suggestion: string | null;
  /** Words that belong to it and are replaced with it. */
  readonly with?: readonly string[];
}

const CANDLE = ['candle', 'candles', 'bar', 'bars', 'pattern'];

/** Candle patterns, written out. */
const PATTERNS: ReadonlyMap<string, string> = new Map([
  ['green', 'close > open'],
  ['bullish', 'close > open'],
  ['red', 'close < open'],
  ['bearish', 'close < open'],
  ['doji', 'abs(close - open) < 0.1 * (high - low)'],
  ['hammer', 'lesser(open, close) - low > 2 * abs(close - open)'],
  ['engulfing', 'close[1] < open[1] and open <= close[1] and close > open[1]'],
  ['inside', 'high < high[1] and low > low[1]'],
  ['outside', 'high > high[1] and low < low[1]'],
  ['nr7', 'high - low <= min(high - low, 7)'],
]);

/** Words for numbers that have another name here. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['pdh', 'previous day high'],
  ['pdl', 'previous day low'],
  ['pdc', 'previous day close'],
  ['pdo', 'previous day open'],
  ['pchange', 'day change'],
  ['pchg', 'day change'],
  ['chg', 'day change'],
  ['percent', 'day change'],
  ['signal', 'macd.signal'],
  ['upper', 'bollinger(20, 2).upper'],
  ['lower', 'bollinger(20, 2).lower'],
  ['bbands', 'bollinger'],
]);

const NEWEST = ['latest', 'current', 'this'];
const AROUND = ['if', 'when', 'where', 'alert', 'buy', 'sell', 'short', 'entry', 'scan'];
const MONEY = ['rs', 'inr'];
const TIMEFRAMES = new Map([
  ['hourly', '1h'],
  ['daily', '1d'],
  ['weekly', '1w'],
  ['monthly', '1mo'],
]);
const UNHEARD = ['market', 'marketcap', 'mcap', 'pe', 'eps', 'oi', 'delivery', 'roe', 'dividend', 'fii', 'vix'];
const MISSING = [
  ...[
    'wma',
    'hma',
    'vwma',
    'dema',
    'tema',
    'kama',
    'cci',
    'mfi',
    'cmf',
    'psar',
    'sar',
    'ichimoku',
    'williams',
    'aroon',
  ],
  ...['stochrsi', 'keltner', 'pivot', 'pivots', 'cpr', 'heikin', 'renko', 'fib', 'fibonacci', 'trix', 'zigzag'],
];

/** What was meant by a word with which no number and no condition begins; undefined where nobody says it. */
export function otherWord(word: string, shown: string): Meant | undefined {
  const pattern = PATTERNS.get(word);
  if (pattern !== undefined)
    return { message: `Candles are written out: ${shown} is ${pattern}.`, suggestion: pattern, with: CANDLE };
  const number = NUMBERS.get(word);
  if (number !== undefined)
    return {
      message: `${shown} is written ${number}.`,
      suggestion: number,
      with: ['change', 'band', 'bollinger', 'bb', 'line'],
    };
  if (NEWEST.includes(word))
    return {
      message: `Numbers are of the newest bar anyway: leave "${shown}" out. Those of a day are day high, or close on 1d.`,
      suggestion: '',
    };
  if (AROUND.includes(word))
    return { message: `A rule is the condition alone: leave "${shown}" out.`, suggestion: '', with: ['if', 'when'] };
  if (MONEY.includes(word)) return { message: `Prices are plain numbers: leave "${shown}" out.`, suggestion: '' };
  const timeframe = TIMEFRAMES.get(word);
  if (timeframe !== undefined)
    return {
      message: `The timeframe comes after the number: close on ${timeframe}, or rsi(14, ${timeframe}).`,
      suggestion: null,
    };
  if (word === 'crossover' || word === 'crossunder')
    return {
      message: `A crossing is written between the two: ema(9) crosses ${word === 'crossover' ? 'above' : 'below'} ema(21).`,
      suggestion: null,
    };
  if (word === 'ref')
    return { message: 'A bar before is written after the number: close[1], high[3].', suggestion: null };
  if (word === 'request' || word === 'input' || word === 'strategy')
    return { message: 'This is not Pine: a rule is a sentence, like ema(9) crosses above ema(21).', suggestion: null };
  if (UNHEARD.includes(word))
    return { message: `Nothing is known of "${shown}": a rule sees prices and volumes.`, suggestion: null };
  if (MISSING.includes(word)) return { message: `There is no "${shown}" here. ${functionList()}`, suggestion: null };
  return undefined;
}

function functionList(): string {
  return `Functions are ${SCAN_FUNCTIONS.map(({ name }) => name).join(', ')}.`;
}
