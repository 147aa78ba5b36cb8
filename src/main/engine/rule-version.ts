import { hash } from 'node:crypto';
import { ruleSchema } from '../../contract/rules.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import { AppError } from '../../core/errors.ts';
import { isRecord } from '../../core/is-record.ts';
import type { RuleVersion } from '../../core/passport.ts';
import type { Rearm, Rule } from '../../core/rule.ts';
import { formatScan } from '../../core/scanner/format.ts';
import { parseScan } from '../../core/scanner/parse.ts';

/**
 * What of a rule decides whether it fires, with its sentences in their canonical form: rules that judge alike have one
 * hash, however they were typed. Throws an AppError('invalid-input') when a sentence cannot be read.
 */
export function versionOf(rule: Rule): RuleVersion {
  const { id, name, timeframe, arithmetic, universe, cooldownMinutes, onlyNew, activeHours, expiresOn } = rule;
  const policy = canonicalJson({
    rearm: canonicalRearm(rule.rearm),
    cooldownMinutes,
    onlyNew,
    activeHours,
    expiresOn,
  });
  const judged = { buy: canonical(rule.buy), sell: canonical(rule.sell), timeframe, arithmetic, universe, policy };
  return { id, name, ...judged, hash: hashOfVersion(judged) };
}

/** SHA-256 in hex of what judges, as canonical JSON. */
export function hashOfVersion({
  buy,
  sell,
  timeframe,
  arithmetic,
  universe,
  policy,
}: Omit<RuleVersion, 'id' | 'name' | 'hash'>): string {
  return hash('sha256', canonicalJson({ buy, sell, timeframe, arithmetic, universe, policy }));
}

/**
 * The rule as a version tells it, to be judged by once more: whom it told and what it traded is not in it. Undefined
 * for what no rule of this Tickscope can be.
 */
export function ruleOf(version: RuleVersion): Rule | undefined {
  const { id, name, buy, sell, timeframe, arithmetic, universe } = version;
  const policy = policyOf(version);
  const rule = ruleSchema.safeParse({ ...policy, id, name, buy, sell, timeframe, arithmetic, universe });
  return rule.success ? rule.data : undefined;
}

function policyOf({ policy }: RuleVersion): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(policy);
    return isRecord(value) ? value : {};
  } catch {
    // It was not written by us: what is missing is then as it usually is, and the proof differs.
    return {};
  }
}

function canonical(text: string | null): string | null {
  if (text === null) return null;
  const parsed = parseScan(text);
  if (parsed.ok) return formatScan(parsed.condition);
  throw new AppError('invalid-input', `The sentence "${text}" cannot be read: ${parsed.problem.message}`);
}

function canonicalRearm(rearm: Rearm): Rearm {
  if (rearm.kind === 'bars') return { kind: 'bars', bars: rearm.bars };
  return { kind: 'condition', buy: canonical(rearm.buy), sell: canonical(rearm.sell) };
}
