import { settingsSchema } from '../../contract/settings.ts';
import { type Instrument, symbolOf } from '../../core/instrument.ts';
import type { Rule } from '../../core/rule.ts';
import { caretText } from '../../core/scanner/caret-text.ts';
import { checkScan } from '../../core/scanner/check.ts';
import { type CheckFacts, NO_FACTS } from '../../core/scanner/check-facts.ts';
import { compileRule, longerProblem, needsOf } from '../../core/scanner/compile-rule.ts';
import { defaultRule, USUAL_OPTIONS } from '../../core/scanner/default-rule.ts';
import { parseScan } from '../../core/scanner/parse.ts';
import { SHIPPED_RULES } from '../../core/scanner/shipped-rules.ts';
import { nearest } from '../../core/scanner/suggest.ts';
import { SIDES } from '../../core/signal.ts';
import { isTimeframe, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import { UsageError } from './cli-command.ts';

/** For `parseArgs`: which rule a verb is about. */
export const RULE_OPTIONS = {
  rule: { type: 'string' },
  sell: { type: 'string' },
  timeframe: { type: 'string' },
} as const;

/** For `--help`. */
export const RULE_HELP = `  --rule TEXT      a sentence of the scan language (docs/scan-language.md) for buying, such as
                   "ema(9) crosses above ema(21) and rsi(14) > 50"; or the id of a rule that came with the app,
                   such as ema-cross or opening-range: rules list tells them
  --sell TEXT      a sentence for selling, beside one for buying
  --timeframe TF   bars the rule judges: ${TIMEFRAMES.join(' ')}
                   (default 5m, or the rule's own)`;

/** What signals of a sentence on the command line say their rule is. */
const ID = 'scan';

export interface RuleChoice {
  readonly rule?: string | undefined;
  readonly sell?: string | undefined;
  readonly timeframe?: string | undefined;
}

/** A sentence cannot be read: `lines` show where, and what to do. */
export class UnreadableRule extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/**
 * The rule of the command line. Throws a UsageError when none is given or the options do not go together, UnreadableRule
 * for a sentence that cannot be read, and an AppError for one that asks for bars that cannot be had.
 */
export function ruleOption({ rule: text, sell, timeframe: frame }: RuleChoice, usage: string): Rule {
  if (text === undefined || text.trim() === '')
    throw new UsageError(`Say with --rule what to look for, such as "rsi(14) < 30". Usage: ${usage}`);
  const timeframe = frame === undefined ? undefined : timeframeOption(frame);
  const known = knownRules().find(({ id }) => id === text.trim());
  if (known !== undefined && sell !== undefined)
    throw new UsageError(`${text} is a rule with sides of its own: leave --sell out, or give --rule a sentence.`);
  const asked = known ?? { ...USUAL_OPTIONS, id: ID, name: 'scan', buy: text, sell: sell ?? null };
  const rule: Rule = { enabled: true, forming: false, ...asked, timeframe: timeframe ?? known?.timeframe ?? '5m' };
  for (const side of SIDES) {
    const sentence = rule[side];
    if (sentence === null) continue;
    const parsed = parseScan(sentence);
    const problem = parsed.ok ? longerProblem(parsed, rule.timeframe) : parsed.problem;
    if (problem !== undefined) throw new UnreadableRule([...caretText(sentence, problem), ...idHint(text)]);
  }
  compileRule(rule);
  return rule;
}

/** What is questionable about a rule on these instruments, as lines with carets. */
export function ruleWarnings(
  rule: Rule,
  instruments: readonly Instrument[],
  withoutVolume: readonly Instrument[],
): readonly string[] {
  const symbolsOf = (list: readonly Instrument[]): readonly string[] => list.map(({ key }) => symbolOf(key));
  const facts: CheckFacts = {
    ...NO_FACTS,
    sectors: [...new Set(instruments.flatMap(({ sector }) => sector ?? []))],
    symbols: symbolsOf(instruments),
    withoutVolume: symbolsOf(withoutVolume),
    needs: needsOf([compileRule(rule)], rule.timeframe),
  };
  return SIDES.flatMap((side) => {
    const text = rule[side];
    const parsed = text === null ? undefined : parseScan(text);
    if (text === null || parsed?.ok !== true) return [];
    const warnings = checkScan(parsed.condition, parsed.places, facts).filter(({ kind }) => kind !== 'style');
    return warnings.flatMap((warning) => [`Warning (${warning.kind}):`, ...caretText(text, warning)]);
  });
}

/** A line for what looks like the id of a rule, and is none. */
function idHint(text: string): readonly string[] {
  if (!/^[a-z\d]+(-[a-z\d]+)+$/u.test(text.trim())) return [];
  const ids = knownRules().map(({ id }) => id);
  const meant = nearest(text.trim(), ids);
  return [`Nor is it the id of a rule. ${meant === undefined ? `There are ${ids.join(', ')}.` : `Perhaps ${meant}?`}`];
}

function knownRules(): readonly Rule[] {
  return [defaultRule(settingsSchema.parse({}).rule), ...SHIPPED_RULES];
}

function timeframeOption(text: string): Timeframe {
  if (isTimeframe(text)) return text;
  throw new UsageError(`There is no timeframe "${text}". Known: ${TIMEFRAMES.join(' ')}.`);
}
