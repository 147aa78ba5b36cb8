import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TradingDate } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Rule } from '../../src/core/rule.ts';
import { ruleOf, versionOf } from '../../src/main/engine/rule-version.ts';
import { plainRule } from '../support/raised-alerts.ts';

const rule = plainRule({ buy: 'ema(9) crosses above ema(21) and rsi(14) > 50' });

describe('the version of a rule', () => {
  it('is hashed as is written down, keys sorted', () => {
    const policy =
      '{"activeHours":null,"cooldownMinutes":0,"expiresOn":null,"onlyNew":false,"rearm":{"bars":1,"kind":"bars"}}';
    const text =
      '{"arithmetic":"trading-view","buy":"ema(9) crosses above ema(21) and rsi(14) > 50",' +
      `"policy":${JSON.stringify(policy)},"sell":null,"timeframe":"5m","universe":{"kind":"all"}}`;
    expect(versionOf(rule)).toMatchObject({ id: 'plain', name: 'Plain', policy });
    expect(versionOf(rule).hash).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it.each<[string, Partial<Rule>]>([
    ['how it is typed', { buy: '  EMA( 9 ) crosses above  ema(close, 21) AND rsi > 50.0 ' }],
    ['its id and name', { id: 'other', name: 'Other' }],
    ['its note, and whether it is on', { note: 'x', enabled: false }],
    ['whom it tells', { channels: { ...rule.channels, webhook: true, volume: 0 } }],
    ['what it trades', { paper: { enabled: true, quantity: 1, stop: null, target: null } }],
    ['whether it looks at forming bars', { forming: true }],
  ])('is the same whatever %s', (_what, other) => {
    expect(versionOf({ ...rule, ...other }).hash).toBe(versionOf(rule).hash);
  });

  it.each<[string, Partial<Rule>]>([
    ['a number', { buy: 'ema(9) crosses above ema(21) and rsi(14) > 51' }],
    ['a side', { sell: 'close < open' }],
    ['the bars', { timeframe: '15m' }],
    ['the arithmetic', { arithmetic: 'ta-lib' }],
    ['the universe', { universe: { kind: 'sector', sectors: ['IT'] } }],
    ['the re-arming', { rearm: { kind: 'bars', bars: 2 } }],
    ['what arms it', { rearm: { kind: 'condition', buy: 'rsi(14) < 40', sell: null } }],
    ['the cooldown', { cooldownMinutes: 5 }],
    ['new ones only', { onlyNew: true }],
    ['the hours', { activeHours: { from: '10:00', to: '11:00' } }],
    ['the end', { expiresOn: '2026-12-01' as TradingDate }],
  ])('is another with another %s, and tells the rule again', (_what, other) => {
    const changed = { ...rule, ...other };
    expect(versionOf(changed).hash).not.toBe(versionOf(rule).hash);
    const again = ruleOf(versionOf(changed));
    expect(again).toMatchObject({ ...other, id: 'plain' });
    expect(again && versionOf(again)).toEqual(versionOf(changed));
  });

  it('is none of a sentence that cannot be read', () => {
    expect(() => versionOf({ ...rule, buy: 'ema(9 crosses' })).toThrow(AppError);
  });

  it.each(['', '[]', 'null', '{"rearm":{"kind":"moon"}}', '{"cooldownMinutes":-1}'])(
    'that nobody of ours wrote is no rule, or another one: %s',
    (policy) => {
      const again = ruleOf({ ...versionOf(rule), policy });
      expect(again === undefined || versionOf(again).hash === versionOf(rule).hash).toBe(true);
    },
  );
});
