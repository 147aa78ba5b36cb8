import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { COLUMN_KINDS } from '../../../src/core/indicators/column-kinds.ts';
import { columnForm, parseColumn, parseColumns } from '../../../src/core/indicators/columns.ts';
import { describeIndicator, feed } from '../../support/indicator-contract.ts';
import { BARS } from './samples.ts';

const dayOf = (openTime: number): string => String(Math.floor(openTime / 86_400_000));
const reading = (name: string): number | undefined => feed(parseColumn(name, dayOf).study, BARS).value;

/** The sentence a list is refused with. */
function refusal(list: string): string {
  try {
    parseColumns(list, dayOf);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'invalid-input') return thrown.message;
    throw thrown;
  }
  throw new Error(`"${list}" was accepted.`);
}

describe('column list', () => {
  it('parts names at commas outside parentheses, and keeps them as written', () => {
    const names = parseColumns(' ema(9), macd(12, 26,9),BB_Upper(20,2.5) ,rsi14,vwap', dayOf).map(({ name }) => name);
    expect(names).toEqual(['ema(9)', 'macd(12, 26,9)', 'BB_Upper(20,2.5)', 'rsi14', 'vwap']);
  });

  it.each([
    ['ema9', 'ema(9)'],
    ['ema9_first', 'ema_first(9)'],
    ['sma20', 'SMA( 20 )'],
    ['rma7', 'rma(7)'],
    ['rsi14', 'rsi(14)'],
    ['atr14', 'atr(14)'],
    ['atr14_talib', 'atr_talib(14)'],
    ['macd', 'macd(12,26,9)'],
    ['macd_signal', 'macd_signal(12, 26, 9)'],
    ['macd_hist_talib', 'macd_hist_talib(12,26,9)'],
    ['bb_mid', 'bb_mid(20,2)'],
    ['bb_lower', 'bb_lower(20,2.0)'],
    ['supertrend', 'supertrend(10,3)'],
    ['supertrend_dir', 'supertrend_dir(10,3)'],
    ['plus_di14', 'plus_di(14)'],
    ['minus_di14_talib', 'minus_di_talib(14)'],
    ['adx14', 'adx(14)'],
    ['vwap', 'vwap()'],
    ['stoch_k', 'stoch_k(14,3,3)'],
    ['stoch_d_talib', 'stoch_d_talib(14, 3, 3)'],
    ['roc10', 'roc(10)'],
    ['change1', 'change(1)'],
    ['highest20', 'highest(20)'],
    ['lowest20', 'lowest(20)'],
    ['sum20', 'sum(20)'],
    ['stddev20', 'stddev(20)'],
    ['donchian_upper', 'donchian_upper(20)'],
    ['donchian_mid20', 'donchian_mid'],
    ['obv', 'obv()'],
  ])('takes %s for %s', (short, long) => {
    expect(reading(short)).toBeTypeOf('number');
    expect(reading(short)).toBe(reading(long));
  });

  it('heeds the numbers', () => {
    expect(reading('ema(9)')).not.toBe(reading('ema(21)'));
    expect(reading('macd_hist(3,5,4)')).not.toBe(reading('macd_hist'));
    expect(reading('bb_upper(20,2.5)')).not.toBe(reading('bb_upper'));
    expect(reading('supertrend(3,1.2)')).not.toBe(reading('supertrend'));
  });

  it('reads the fields of the bar itself', () => {
    const last = BARS.at(-1);
    expect(['open', 'high', 'low', 'close', 'volume'].map(reading)).toEqual([
      last?.open,
      last?.high,
      last?.low,
      last?.close,
      last?.volume,
    ]);
  });

  it.each([
    ['ema', 'Write it as ema(n), for example ema(14).'],
    ['ema(9,21)', 'Write it as ema(n)'],
    ['ema(nine)', 'Write it as ema(n)'],
    ['ema(-9)', 'Write it as ema(n)'],
    ['macd(12,26)', 'Write it as macd(fast,slow,signal), for example macd(12,26,9), or just macd.'],
    ['vwap(5)', 'Write it as vwap.'],
    ['ema(0)', 'EMA needs a whole number of bars, at least 1; it was given 0.'],
    ['rsi(14.5)', 'RSI needs a whole number of bars'],
    ['macd(26,12,9)', 'fast period below the slow one'],
    ['adx_talib(1)', 'at least 2'],
    ['wma(9)', 'There is no column "wma(9)". There are: ema(n), ema_first(n), sma(n)'],
    ['ema(9)x', 'There is no column "ema(9)x"'],
    ['constructor', 'There is no column "constructor"'],
    ['ema(9', 'parentheses in "ema(9" do not match'],
    ['ema)9(', 'parentheses'],
    ['ema(9),,rsi(14)', 'empty name'],
    ['', 'empty name'],
    ['ema(9),', 'empty name'],
  ])('refuses "%s" with a sentence that helps', (list, sentence) => {
    expect(refusal(list)).toContain(sentence);
  });

  it('finds each kind by the form it is documented with', () => {
    const numbers: Readonly<Record<string, string>> = {
      n: '5',
      k: '2',
      fast: '3',
      slow: '5',
      signal: '4',
      smooth: '2',
    };
    for (const kind of COLUMN_KINDS) {
      const name = columnForm(kind).replace(/[a-z]+(?=[,)])/g, (parameter) => numbers[parameter] ?? parameter);
      expect(reading(name), name).toBeTypeOf('number');
    }
  });
});

describeIndicator('the column macd_signal(3,5,4)', parseColumn('macd_signal(3,5,4)', dayOf).study, {
  warmup: 8,
  inputs: BARS,
});
describeIndicator('the column ema(5)', parseColumn('ema(5)', dayOf).study, { warmup: 5, inputs: BARS });
describeIndicator('the column high', parseColumn('high', dayOf).study, { warmup: 1, inputs: BARS });
