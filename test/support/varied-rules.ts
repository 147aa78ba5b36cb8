import { ruleSchema } from '../../src/contract/rules.ts';
import type { Rule } from '../../src/core/rule.ts';

/** Rules that use the language widely: days, longer timeframes, windows, re-arming and every filter. */
export const VARIED_RULES: readonly Rule[] = [
  {
    id: 'cross',
    timeframe: '5m',
    buy: 'ema(9) crosses above ema(21) and rsi(14) > 50',
    sell: 'ema(9) crosses below ema(21)',
  },
  { id: 'level', timeframe: '5m', buy: 'rsi(14) < 40', sell: 'rsi(14) > 60', cooldownMinutes: 20 },
  { id: 'breakout', timeframe: '5m', buy: 'close > max(high, 20)[1] and volume > sma(volume, 20)' },
  { id: 'longer', timeframe: '5m', buy: 'rsi(14, 15m) < 45 and close > vwap', sell: 'close on 1h < ema(10, 1h)' },
  {
    id: 'days',
    timeframe: '5m',
    buy: 'close crosses above previous day high',
    sell: 'day change < -0.5',
    onlyNew: true,
  },
  {
    id: 'memory',
    timeframe: '5m',
    buy: 'within 3 bars of supertrend(10, 3) turning up',
    rearm: { kind: 'bars', bars: 5 },
  },
  {
    id: 'again',
    timeframe: '3m',
    buy: 'stochastic(14, 3, 3).k < 20 and time between 10:00 and 14:00',
    rearm: { kind: 'condition', buy: 'stochastic(14, 3, 3).k > 50', sell: null },
    activeHours: { from: '10:30', to: '13:30' },
  },
  { id: 'forming', timeframe: '5m', sell: 'close on forming 1h < sma(close, 3, 1h)', cooldownMinutes: 60 },
  { id: 'quarter', timeframe: '15m', buy: 'macd(12, 26, 9).histogram turning up', sell: 'close falling for 3 bars' },
].map((rule) => ruleSchema.parse({ ...rule, name: rule.id, enabled: true }));

/** Rules of short bars, for recordings of an hour. */
export const SHORT_RULES: readonly Rule[] = [
  {
    id: 'seconds',
    timeframe: '5s',
    buy: 'close crosses above ema(9)',
    sell: 'close < min(low, 10)[1]',
    cooldownMinutes: 2,
  },
  { id: 'quarter', timeframe: '15s', buy: 'rsi(5) < 30', sell: 'rsi(5, 1m) > 60 and volume > sma(volume, 10)' },
  { id: 'minutes', timeframe: '1m', buy: 'close rising for 2 bars', sell: 'within 3 bars of close crosses below vwap' },
].map((rule) => ruleSchema.parse({ ...rule, name: rule.id, enabled: true }));
