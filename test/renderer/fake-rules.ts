import type { RuleBookState, RuleState } from '../../src/contract/rules.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { type Rule, USUAL_CHANNELS } from '../../src/core/rule.ts';

/** A rule of plain choices, with what a test cares for laid over it. */
export function ruleOf(changes: Partial<Rule> = {}): Rule {
  return {
    id: 'ema-cross',
    name: 'EMA cross',
    note: 'The fast average crosses the slow one, with momentum behind it.',
    enabled: true,
    timeframe: '5m',
    buy: 'ema(9) crosses above ema(21) and rsi(14) > 50',
    sell: 'ema(9) crosses below ema(21) and rsi(14) < 50',
    universe: { kind: 'all' },
    arithmetic: 'trading-view',
    forming: true,
    rearm: { kind: 'bars', bars: 1 },
    cooldownMinutes: 0,
    onlyNew: false,
    activeHours: null,
    expiresOn: null,
    channels: USUAL_CHANNELS,
    paper: null,
    ...changes,
  };
}

export function ruleState(rule: Rule, changes: Partial<RuleState> = {}): RuleState {
  return { rule, isShipped: true, resting: null, instruments: 30, unknown: 0, cannot: [], ...changes };
}

const NIFTY = 'NSE:NIFTY 50' as InstrumentKey;

/** A book with rules in every state a person meets. */
export const FAKE_BOOK: RuleBookState = {
  rules: [
    ruleState(ruleOf()),
    ruleState(
      ruleOf({
        id: 'volume-surge',
        name: 'Volume surge',
        note: 'Twice the usual volume, and the price goes along.',
        buy: 'volume > 2 * sma(volume, 20) and close > open',
        sell: null,
        forming: false,
      }),
      { unknown: 2, cannot: [{ instrument: NIFTY, reason: 'An index has no volume.' }] },
    ),
    ruleState(
      ruleOf({
        id: 'rsi-dip',
        name: 'RSI dip',
        note: 'Oversold on 15 minutes, above the average price of the day.',
        enabled: false,
        timeframe: '15m',
        buy: 'rsi(14) < 30 and close > vwap',
        sell: null,
        forming: false,
      }),
    ),
    ruleState(
      ruleOf({
        id: 'my-breakout',
        name: 'My breakout',
        note: '',
        universe: { kind: 'list', instruments: ['NSE:RELIANCE' as InstrumentKey, 'NSE:INFY' as InstrumentKey] },
        buy: 'close > max(high, 20)[1]',
        sell: 'close < min(low, 20)[1]',
        forming: false,
      }),
      { isShipped: false, resting: 'Its last day was 19 Nov 2026. Give it a later one, or switch it off.' },
    ),
  ],
  sectors: ['Automobile', 'Banks', 'Information Technology', 'Oil & Gas'],
};
