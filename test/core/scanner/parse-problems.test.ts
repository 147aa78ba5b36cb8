import { describe, expect, it } from 'vitest';
import { parseScan } from '../../../src/core/scanner/parse.ts';
import { problemOf } from './read.ts';

/** A text, what its problem is about, words of the message, and the text with the suggestion in place. */
const PROBLEMS = [
  ['', '', 'Write a condition', null],
  ['emaa(9) > 5', 'emaa', 'not known', 'ema(9) > 5'],
  ['ema(9) croses above ema(21)', 'croses', 'not known', 'ema(9) crosses above ema(21)'],
  ['close > vol', 'vol', 'not known', 'close > volume'],
  ['ltp > 5', 'ltp', 'not known', 'close > 5'],
  ['close > open adn low > 5', 'adn', 'not known', 'close > open and low > 5'],
  ['banana > 5', 'banana', 'Fields are open', null],
  ['close => 5', '=>', 'written >=', 'close >= 5'],
  ['close > (open - 5', '(open - 5', 'does not close', 'close > (open - 5)'],
  ['close > open)', ')', 'No parenthesis was opened', 'close > open'],
  ['close > ema(9', '(9', 'does not end', 'close > ema(9)'],
  ['rsi(14 > 50)', '14 > 50)', 'closes too late', 'rsi(14) > 50'],
  ['ema > 5', 'ema', 'needs its period', 'ema(21) > 5'],
  ['sma(volume) > 5', 'sma(volume)', 'needs its period', 'sma(volume, 20) > 5'],
  ['ema(0) > 5', '0', 'from 1 to 1000', 'ema(1) > 5'],
  ['ema(2.5) > 5', '2.5', 'whole number', 'ema(3) > 5'],
  ['ema(-9) > 5', '-9', 'from 1 to 1000', 'ema(1) > 5'],
  ['ema(5000) > 5', '5000', 'from 1 to 1000', 'ema(1000) > 5'],
  ['supertrend(10, 0) > 5', '0', 'above 0', 'supertrend(10, 1) > 5'],
  ['ema(9, 21) > 5', '21', 'takes one number', null],
  ['vwap(5) > 5', '5', 'takes no numbers', null],
  ['macd(26, 12, 9) > 0', 'macd(26, 12, 9)', 'fast period', null],
  ['max(20) > 5', 'max(20)', 'needs a series first', 'max(high, 20)[1] > 5'],
  ['sma(20, volume) > 5', '20, volume', 'The series comes first', 'sma(volume, 20) > 5'],
  ['max(close, open) > 3', 'open', 'greater(close, open)', null],
  ['atr(close, 14) > 3', 'close', 'whole bars', null],
  ['rsi(7 * 2) > 50', '7 * 2', 'as they are', null],
  ['rsi(15m, 14) > 50', '14', 'comes last', null],
  ['macd.sgnal > 0', '.sgnal', 'these parts', 'macd.signal > 0'],
  ['rsi(14).upper > 0', '.upper', 'no parts', 'rsi(14) > 0'],
  ['rsi(14)', 'rsi(14)', 'rsi(14) alone is a number; compare it with something, like rsi(14) > 50.', null],
  ['close > 5 and volume', 'volume', 'alone is a number', null],
  ['close > (open > 5)', '(open > 5)', 'where a number belongs', null],
  ['(close > open) > 5', '(close > open)', 'cannot be compared', null],
  ['30 < rsi(14) < 70', '30 < rsi(14) <', 'rsi(14) between 30 and 70', null],
  ['close open', 'open', 'A comparison is missing', 'close > open'],
  ['close > 5 rsi(14) > 3', 'rsi', '"and" or "or" is missing', 'close > 5 and rsi(14) > 3'],
  ['ema(9) crosses ema(21)', 'ema', 'crosses above or crosses below', null],
  ['volume > 1,00,000', ',', 'without commas', null],
  ['day change > 2%', '%', 'plain numbers', 'day change > 2'],
  ['close > 5x', '5x', 'neither a number nor a timeframe', 'close > 5'],
  ['close > 15m', '15m', 'is a timeframe', null],
  ['close on 7m > 3', '7m', 'no bars of 7m', 'close on 5m > 3'],
  ['close on daily > 3', 'daily', 'timeframe is missing', 'close on 1d > 3'],
  ['ema(9) on 15 > 3', '15', 'how long', 'ema(9) on 15m > 3'],
  ['close on 1h on 1d > 3', 'close on 1h on 1d', 'Two timeframes', null],
  ['day high on 1h > 3', 'day high on 1h', 'the same on every timeframe', 'day high > 3'],
  ['5 on 1h > 3', '5 on 1h', 'the same on every timeframe', '5 > 3'],
  ['5[1] > 3', '5[1]', 'the same on every bar', '5 > 3'],
  ['close[-1] > 3', '-', 'without a minus', 'close[1] > 3'],
  ['close[501] > 3', '501', 'from 0 to 500', 'close[500] > 3'],
  ['close[1 > 3', '[1', 'bracket does not end', 'close[1] > 3'],
  ['close(1) > 3', '(', 'no function', null],
  ['(close > open)[1]', '[', 'Only numbers', null],
  ['(close > open) on 1h', '(close > open) on', 'its own timeframe', null],
  ['close > day close', 'day close', 'no day close', 'close > close'],
  ['close > previous close', 'previous close', 'which one is meant', 'close > previous day close'],
  ['day hihg > 3', 'day hihg', 'Say what of the day', 'day high > 3'],
  ['within 3 of close > open', 'of', 'Count in bars', 'within 3 bars of close > open'],
  ['within 3 bars close > open', 'close', '"of" is missing', 'within 3 bars of close > open'],
  ['within 0 bars of close > open', '0', 'from 1 to 500', 'within 1 bars of close > open'],
  ['rsi(14) between 40, 60', ',', 'second bound', null],
  ['close is 5', '5', 'After "is"', null],
  ['time after 9.30', '9.30', 'written like 09:30', 'time after 09:30'],
  ['time > 10:00', '>', 'Say when', 'time after 10:00'],
  ['time after 25:00', '25:00', 'no time of day', 'time after 23:00'],
  ['close > 10:00', '10:00', 'compared with time', null],
  ['symbol INFY', 'INFY', 'symbol is INFY', null],
  ['symbol in INFY', 'INFY', 'in parentheses', null],
  ['symbol in (INFY', '(INFY', 'does not end', 'symbol in (INFY)'],
  ['symbol in (INFY,)', ')', 'name of a symbol is missing', null],
  ['sector is "Power', '"Power', 'do not end', 'sector is "Power"'],
  ['sector is and', 'and', 'needs quotes', 'sector is "and"'],
  ['"Power" > 5', '"Power"', 'after symbol or sector', null],
  ['close > €', '€', 'means nothing', null],
  ['close > ()', '()', 'Nothing stands', null],
  ['close > * 5', '*', 'is missing before', null],
  ['and close > 5', 'and', 'is missing before', null],
] as const;

describe('a text that cannot be read', () => {
  it.each(PROBLEMS)('%s', (text, stretch, words, mended) => {
    const { start, end, message, suggestion } = problemOf(text);
    expect(text.slice(start, end)).toBe(stretch);
    expect(message).toContain(words);
    expect(message).toMatch(/[.]$/u);
    if (mended === null) return;
    expect(text.slice(0, start) + suggestion + text.slice(end)).toBe(mended);
    expect(parseScan(mended)).toMatchObject({ ok: true });
  });

  it.each([
    ['too long', 'close > 1 and '.repeat(200), 'characters; 2000 are allowed'],
    ['too deep in parentheses', `${'('.repeat(33)}close${')'.repeat(33)} > 1`, '32 deep'],
    ['too deep in operators', `${'close + '.repeat(40)}close > 1`, '32 deep'],
    ['too deep in nots', `${'not '.repeat(40)}close > 1`, '32 deep'],
    ['too many nodes', `${'1>0 or '.repeat(120)}1>0`, '300 numbers'],
    ['too far back', 'within 300 bars of close[300] > 1', '599 bars'],
    ['too long when written out', `${'macd>macd or '.repeat(60)}macd>macd`, 'Written out'],
    ['too large a number', 'close > 1e999', 'too large'],
  ])('%s', (_name, text, words) => {
    expect(problemOf(text).message).toContain(words);
  });

  it('may be just within the limits', () => {
    expect(parseScan(`${'('.repeat(31)}close > 1${')'.repeat(31)}`)).toMatchObject({ ok: true });
    expect(parseScan(`${'close + '.repeat(29)}close > 1`)).toMatchObject({ ok: true });
    expect(parseScan('within 250 bars of close[251] > 1')).toMatchObject({ ok: true });
  });
});
