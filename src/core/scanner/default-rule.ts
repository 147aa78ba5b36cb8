import { type Rule, USUAL_CHANNELS } from '../rule.ts';
import type { Timeframe } from '../timeframe.ts';
import { EMA_CROSS, type EmaCrossParameters } from './ema-cross.ts';

/** The numbers of the default rule, as a person sets them. */
export interface DefaultRuleNumbers extends EmaCrossParameters {
  readonly enabled: boolean;
  readonly timeframe: Timeframe;
  readonly forming: boolean;
}

/** What of the default rule does not follow from its numbers. */
export type DefaultRuleOptions = Omit<Rule, 'id' | 'enabled' | 'timeframe' | 'buy' | 'sell' | 'forming'>;

export const USUAL_OPTIONS: DefaultRuleOptions = {
  name: 'EMA cross',
  note: 'The fast average crosses the slow one, with momentum behind it.',
  universe: { kind: 'all' },
  arithmetic: 'trading-view',
  rearm: { kind: 'bars', bars: 1 },
  cooldownMinutes: 0,
  onlyNew: false,
  activeHours: null,
  expiresOn: null,
  channels: USUAL_CHANNELS,
  paper: null,
};

/** The rule that comes switched on: its sentences are made of the numbers in the settings. */
export function defaultRule(numbers: DefaultRuleNumbers, options: DefaultRuleOptions = USUAL_OPTIONS): Rule {
  const { enabled, timeframe, forming, fast, slow, rsi, momentum } = numbers;
  return {
    ...options,
    id: EMA_CROSS,
    enabled,
    timeframe,
    forming,
    buy: `ema(${fast}) crosses above ema(${slow}) and rsi(${rsi}) > ${momentum}`,
    sell: `ema(${fast}) crosses below ema(${slow}) and rsi(${rsi}) < ${100 - momentum}`,
  };
}
