import { describe, expect, it } from 'vitest';
import { checkScan } from '../../../src/core/scanner/check.ts';
import { NO_FACTS } from '../../../src/core/scanner/check-facts.ts';
import { formatScan } from '../../../src/core/scanner/format.ts';
import { parseScan } from '../../../src/core/scanner/parse.ts';

/** Takes what is suggested until the sentence can be read: how often, and what it says then. */
function followed(text: string): { readonly times: number; readonly text: string } {
  let now = text;
  for (let times = 0; times < 12; times += 1) {
    const parsed = parseScan(now);
    if (parsed.ok) return { times, text: formatScan(parsed.condition) };
    const { start, end, suggestion } = parsed.problem;
    if (suggestion === null) return { times, text: `${now} | ${parsed.problem.message}` };
    now = `${now.slice(0, start)}${suggestion}${now.slice(end)}`;
  }
  return expect.unreachable(`it goes round in circles: ${now}`);
}

function warningsOf(text: string) {
  const parsed = parseScan(text);
  return parsed.ok ? checkScan(parsed.condition, parsed.places, NO_FACTS) : expect.unreachable(parsed.problem.message);
}

describe('habits of other programs', () => {
  it.each([
    // Chartink
    ['latest close > latest ema( latest close , 20 )', 'close > ema(20)'],
    ['close > 1 day ago high', 'close > previous day high'],
    ['close > 3 days ago high', 'close > high[2] on 1d'],
    ['close > 20 day high', 'close > max(high, 20, 1d)'],
    ['close < 52 week low', 'close < min(low, 52, 1w)'],
    ['( {cash} ( latest close > latest open ) )', 'close > open'],
    ['close > 200 dma', 'close > sma(200, 1d)'],
    ['9 ema crosses above 21 ema', 'ema(9) crosses above ema(21)'],
    ['volume > 2 times sma(volume, 20)', 'volume > 2 * sma(volume, 20)'],
    ['volume > 2x sma(volume, 20)', 'volume > 2 * sma(volume, 20)'],
    ['%change > 2', 'day change > 2'],
    ['percent change > 2', 'day change > 2'],
    // TradingView
    ['ta.ema(close, 9) > ta.vwap', 'ema(9) > vwap'],
    ['ta.supertrend(10, 3) > close', 'supertrend(10, 3) > close'],
    ['rsi(14, 15) > 50', 'rsi(14, 15m) > 50'],
    ['rsi(14, "15m") > 50', 'rsi(14, 15m) > 50'],
    ['rsi(14) 15m > 50', 'rsi(14, 15m) > 50'],
    ['rsi on 15 m > 50', 'rsi(14, 15m) > 50'],
    ['ema9 > ema_21', 'ema(9) > ema(21)'],
    ['ema 9 > ema 21', 'ema(9) > ema(21)'],
    ['ema(9) crossover ema(21)', 'ema(9) crosses above ema(21)'],
    ['ema(9) crossunder ema(21)', 'ema(9) crosses below ema(21)'],
    ['ema(9) crosses up ema(21)', 'ema(9) crosses above ema(21)'],
    ['ema(9) crosses ema(21)', 'ema(9) crosses above ema(21)'],
    ['ema(9) crosses abov ema(21)', 'ema(9) crosses above ema(21)'],
    ['ema(9) crosses belwo ema(21)', 'ema(9) crosses below ema(21)'],
    ['+di > -di and adx > 25', 'plus_di(14) > minus_di(14) and adx(14) > 25'],
    ['di+ crosses below di-', 'plus_di(14) crosses below minus_di(14)'],
    ['macd line crosses above macd signal', 'macd(12, 26, 9) crosses above macd(12, 26, 9).signal'],
    ['close > bb upper & rsi > 50', 'close > bollinger(20, 2).upper and rsi(14) > 50'],
    ['close > upper bollinger band | rsi > 80', 'close > bollinger(20, 2).upper or rsi(14) > 80'],
    // Amibroker, and speech
    ['c > o', 'close > open'],
    ['cmp > pdh', 'close > previous day high'],
    ['close > high of day', 'close > day high'],
    ['"close" > open', 'close > open'],
    ['if close > vwap then rsi > 50', 'close > vwap and rsi(14) > 50'],
    ['buy when close > vwap', 'close > vwap'],
    ['close > vwap then buy', 'close > vwap'],
    ['close > Rs 100', 'close > 100'],
    ['close > ₹100; volume > 1', 'close > 100 and volume > 1'],
    ['gap up', 'gap > 0'],
    ['inside bar', 'high < high[1] and low > low[1]'],
    ['green candle and close exceeds vwap', 'close > open and close > vwap'],
    ['supertrend(7, 2) is green', 'supertrend(7, 2).direction > 0'],
    ['supertrend turns red', 'supertrend(10, 3) turns down'],
    ['close is not above vwap', 'not (close > vwap)'],
    ['in the last 3 bars close > open', 'within 3 bars of close > open'],
    ['last 3 candles close > open', 'within 3 bars of close > open'],
    ['within three bars of close > open', 'within 3 bars of close > open'],
    ['close rising 3 bars', 'close rising for 3 bars'],
    ['close > open for 3 days', 'close > open for 3 bars'],
    ['supertrend turned up 2 bars ago', 'within 2 bars of supertrend(10, 3) turns up'],
    ['time between 9:30 am and 2:30 pm', 'time between 09:30 and 14:30'],
    ['time before 3pm', 'time before 15:00'],
    ['time after 12:05 am', 'time after 00:05'],
    ['stock in (INFY)', 'symbol is INFY'],
  ])('by what is suggested, %s comes to say %s', (written, meant) => {
    const { times, text } = followed(written);
    expect(text).toBe(meant);
    expect(times, 'it is not the language').toBeGreaterThan(0);
  });

  it.each([
    ['volume > 1.5 lac', 'volume > 150000'],
    ['volume > 2 million', 'volume > 2000000'],
    ['close higher than open', 'close > open'],
    ['close is lower than open', 'close < open'],
  ])('reads %s', (written, meant) => {
    expect(followed(written)).toEqual({ times: 0, text: meant });
  });

  it.each([
    ['[0] 15 minute close > 5', '[', /^Bars come after the number: close on 15m, close\[1\]/],
    ['15 minute close > 5', '15 minute', /close on 15m, or rsi\(14, 15m\)/],
    ['15 min rsi(14) < 30', '15 min', /close on 15m/],
    ['weekly close > 5', 'weekly', /close on 1w/],
    ['crossover(ema(9), ema(21))', 'crossover', /ema\(9\) crosses above ema\(21\)/],
    ['ta.crossunder(ema(9), ema(21))', 'ta.crossunder', /crosses below/],
    ['cci(20) > 100', 'cci', /^There is no "cci" here\. Functions are ema, sma, /],
    ['wma(20) > 100', 'wma', /^There is no "wma" here/],
    ['market cap > 1', 'market', /a rule sees prices and volumes/],
    ['ref(close, 1) > 1', 'ref', /close\[1\]/],
    ['ema(9 crosses above ema(21)', '9 crosses above ema(21)', /within the parentheses of ema/],
    ['close > vwap by 1', 'by', /^"by" is not known here\. A condition ends/],
    ['close > 1.5.2', '1.5.2', /write it like 1\.5/],
  ])('points at what cannot be guessed in %s', (written, stretch, message) => {
    const parsed = parseScan(written);
    if (parsed.ok) return expect.unreachable('it is not the language');
    const { start, end, suggestion } = parsed.problem;
    expect(written.slice(start, end)).toBe(stretch);
    expect(parsed.problem.message).toMatch(message);
    expect(suggestion).toBeNull();
  });

  it('never suggests to join what is known nowhere', () => {
    for (const word of ['xyzzy', 'of', 'by', 'please'])
      expect(parseScan(`close > open ${word}`)).toMatchObject({ ok: false, problem: { suggestion: null } });
    expect(parseScan('close > open rsi > 50')).toMatchObject({ problem: { suggestion: 'and rsi' } });
  });

  it('takes the line of a supertrend for no direction, and lets prices equal their extremes', () => {
    for (const text of ['supertrend = 1', 'supertrend > 0', '-1 = supertrend(7, 2)[1]'])
      expect(warningsOf(text)).toMatchObject([{ kind: 'style', message: expect.stringContaining('.direction') }]);
    for (const text of ['open = low', 'high = max(high, 20)', 'supertrend.direction = 1', 'day open = day low'])
      expect(warningsOf(text), text).toEqual([]);
  });
});
