import { type Rule, USUAL_CHANNELS } from '../../../src/core/rule.ts';
import { type CompiledRule, compileRule } from '../../../src/core/scanner/compile-rule.ts';

/** A plain rule on bars of 15 minutes that looks for nothing, but for the fields given. */
export function sampleRule(fields: Partial<Rule>): Rule {
  return {
    id: 'sample',
    name: 'Sample',
    note: '',
    enabled: true,
    timeframe: '15m',
    buy: null,
    sell: null,
    universe: { kind: 'all' },
    arithmetic: 'trading-view',
    forming: false,
    rearm: { kind: 'bars', bars: 1 },
    cooldownMinutes: 0,
    onlyNew: false,
    activeHours: null,
    expiresOn: null,
    channels: USUAL_CHANNELS,
    paper: null,
    ...fields,
  };
}

export function compiled(fields: Partial<Rule>): CompiledRule {
  return compileRule(sampleRule(fields));
}
